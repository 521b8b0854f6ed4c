import {
  Button,
  fill,
  Form,
  Link,
  NotificationBanner,
  page,
  redirect,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import type { StaffViewer } from '../../platform/index.ts'
import { ownAccount } from '../account.ts'
import { factorsOf, type Factor } from '../factors.ts'
import { hasPassword, openSessions, signOutEverywhere, type OpenSession } from '../own-account.ts'
import { mayHavePasskeys } from '../passkey.ts'
import { namesFor } from '../queries.ts'
import { noSession, when } from './said.tsx'

export const accountPage: Handler = async (ask) => {
  const viewer = ask.viewer as StaffViewer
  const account = await ownAccount(ask.tx, viewer)
  const { factors, codesLeft } = await factorsOf(ask.tx, account)
  const sessions = await openSessions(ask, viewer)
  const agency = (await namesFor(ask.tx, [viewer.staff])).get(viewer.staff)?.agency ?? ''
  const mayChangePassword = await hasPassword(ask, viewer)
  const words = ask.w.staff.account
  const said = words.said[ask.query['said'] as keyof typeof words.said]
  const roles = viewer.roles.map((role) => ask.w.staff.roles[role]).join(', ')
  return page({
    title: words.title,
    body: (
      <>
        {said && <NotificationBanner type="success">{said}</NotificationBanner>}
        <Title>{words.title}</Title>
        <SummaryList
          rows={[
            { key: words.name, value: account.name },
            { key: words.email, value: account.email },
            { key: words.job, value: account.job_title },
            { key: words.agency, value: agency },
            { key: words.roles, value: roles || words.noRoles },
          ]}
        />
        <p class="govuk-hint">{words.details}</p>

        <h2 class="govuk-heading-m">{words.passwordTitle}</h2>
        {mayChangePassword ? (
          <p class="govuk-body">
            <Link href={ask.href('/account/password')}>{words.passwordLink}</Link>. {words.passwordText}
          </p>
        ) : (
          <p class="govuk-body">{words.passwordNone}</p>
        )}

        <Factors ask={ask} factors={factors} />
        <Codes ask={ask} left={codesLeft} />
        <Sessions ask={ask} sessions={sessions} />
      </>
    ),
  })
}

const Factors = ({ ask, factors }: { ask: Ask; factors: readonly Factor[] }) => {
  const words = ask.w.staff.account
  return (
    <>
      <h2 class="govuk-heading-m">{words.factorsTitle}</h2>
      <p class="govuk-body">{factors.length ? words.factorsText : words.factorsNone}</p>
      <ul class="trellis-rows">
        {factors.map((factor) => (
          <li class="trellis-row">
            <div>
              <strong class="trellis-words">{factor.label}</strong>
              <span class="trellis-row__more">
                {words.kinds[factor.kind]}. {fill(words.added, { when: when(ask, factor.added_at) })}.{' '}
                {factor.used_at ? fill(words.used, { when: when(ask, factor.used_at) }) : words.neverUsed}.
              </span>
            </div>
            <Link href={ask.href(`/account/factor/${factor.id}/remove`)}>
              {words.remove}
              <span class="govuk-visually-hidden"> {factor.label}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div class="govuk-button-group">
        <Button href={ask.href('/account/authenticator')} classes="govuk-button--secondary">
          {words.addApp}
        </Button>
        {mayHavePasskeys(ask.house) && (
          <Button href={ask.href('/account/passkey')} classes="govuk-button--secondary">
            {words.addPasskey}
          </Button>
        )}
      </div>
    </>
  )
}

const Codes = ({ ask, left }: { ask: Ask; left: number }) => {
  const { codesTitle, codesLeft, codesLink } = ask.w.staff.account
  const sentence = left === 0 ? codesLeft.none : left === 1 ? codesLeft.one : fill(codesLeft.many, { count: left })
  return (
    <>
      <h2 class="govuk-heading-m">{codesTitle}</h2>
      <p class="govuk-body">
        {sentence} <Link href={ask.href('/account/recovery-codes')}>{codesLink}</Link>
      </p>
    </>
  )
}

const Sessions = ({ ask, sessions }: { ask: Ask; sessions: readonly OpenSession[] }) => {
  const words = ask.w.staff.account
  return (
    <>
      <h2 class="govuk-heading-m">{words.sessionsTitle}</h2>
      <ul class="trellis-rows">
        {sessions.map((session) => (
          <li class="trellis-row">
            <div>
              <strong>{session.is_this ? words.thisBrowser : words.otherBrowser}</strong>{' '}
              {session.is_half_open && <Tag classes="govuk-tag--yellow">{words.halfOpen}</Tag>}
              <span class="trellis-row__more">
                {fill(words.since, { when: when(ask, session.started_at) })}.{' '}
                {fill(words.seen, { when: when(ask, session.seen_at) })}.
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p class="govuk-hint">{words.idle}</p>
      <Form ask={ask} action="/account/sign-out-everywhere">
        <Button classes="govuk-button--warning">{words.everywhere}</Button>
      </Form>
    </>
  )
}

export const sendSignOutEverywhere: Handler = async (ask) => {
  await signOutEverywhere(ask, ask.viewer as StaffViewer)
  return redirect('/sign-in?signed-out', [noSession])
}
