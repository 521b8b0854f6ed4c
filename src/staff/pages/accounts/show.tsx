import { NotFound, type Role } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  fill,
  Form,
  Link,
  NotificationBanner,
  page,
  redirect,
  SummaryList,
  Title,
  WarningText,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { inviteAgain } from '../../invitation.ts'
import { findAccount, historyOf, keptOf, namesFor, type Happened, type Named, type Shown } from '../../queries.ts'
import { lift } from '../../suspend.ts'
import { when } from '../said.tsx'
import { StatusTag } from '../status-tag.tsx'
import { invitedPage } from './invited.tsx'

type Kept = Awaited<ReturnType<typeof keptOf>>
type Seen = { ask: Ask; account: Shown; kept: Kept; names: Map<string, Named> }

/** One account, as an administrator sees it: who, what they may do, what was done about it, what happened. */
export const showAccountPage: Handler = async (ask) => {
  const account = await findAccount(ask.tx, ask.params['account'] ?? '')
  if (!account) throw new NotFound()
  const kept = await keptOf(ask.tx, ask.house.keys, ask.place.id, account.id)
  const history = await historyOf(ask.tx, account.id)
  const people = [
    ...kept.grants.flatMap(({ granted_by, ended_by }) => [granted_by, ended_by]),
    ...kept.suspensions.flatMap(({ suspended_by, lifted_by }) => [suspended_by, lifted_by]),
    ...kept.resets.map(({ reset_by }) => reset_by),
    ...history.map(({ staff_id }) => staff_id),
  ]
  const names = await namesFor(
    ask.tx,
    people.filter((id) => id !== null),
  )
  const seen: Seen = { ask, account, kept, names }
  const { said } = ask.w.staff.show
  const done = said[ask.query['said'] as keyof typeof said]
  return page({
    title: account.name,
    body: (
      <>
        <BackLink href={ask.href('/accounts')}>{ask.w.staff.back.accounts}</BackLink>
        {done && <NotificationBanner type="success">{done}</NotificationBanner>}
        <Title>
          <span class="trellis-words">{account.name}</span>
        </Title>
        <Standing {...seen} />
        <Details {...seen} />
        <Roles {...seen} />
        <Acts {...seen} />
        <Reasons {...seen} />
        <History {...seen} history={history} />
      </>
    ),
  })
}

const by = ({ ask, names }: Seen, sentences: { by: string; alone: string }, at: Date, who: string | null): string => {
  const name = who && names.get(who)?.name
  return name ? fill(sentences.by, { when: when(ask, at), who: name }) : fill(sentences.alone, { when: when(ask, at) })
}

const Standing = (seen: Seen) => {
  const words = seen.ask.w.staff.show
  const suspension = seen.kept.suspensions.find(({ lifted_at }) => !lifted_at)
  if (!suspension && seen.account.status === 'agency closed')
    return (
      <WarningText>
        {fill(words.agencyClosed, { agency: seen.account.agency })}{' '}
        <Link href={seen.ask.href(`/partners/${seen.account.agency_id}/access`)}>{words.agencyLink}</Link>
      </WarningText>
    )
  if (!suspension) return null
  const sentences = { by: words.suspendedBy, alone: words.suspendedAlone }
  return (
    <WarningText>
      {words.suspendedTitle}. {by(seen, sentences, suspension.suspended_at, suspension.suspended_by)}
    </WarningText>
  )
}

const Details = ({ ask, account, kept }: Seen) => {
  const words = ask.w.staff.show
  const { invitation } = kept
  const isOver = invitation && invitation.expires_at < ask.house.now()
  return (
    <>
      <SummaryList
        rows={[
          { key: words.job, value: account.jobTitle },
          { key: words.agency, value: account.agency },
          { key: words.email, value: <span class="trellis-words">{account.email}</span> },
          { key: words.status, value: <StatusTag ask={ask} status={account.status} /> },
          { key: words.since, value: when(ask, account.made_at) },
        ]}
      />
      {account.demo && <p class="govuk-body">{words.demo}.</p>}
      {invitation && (
        <p class="govuk-body">
          {fill(isOver ? words.invitedOver : words.invitedUntil, {
            when: when(ask, invitation.invited_at),
            until: when(ask, invitation.expires_at),
          })}
        </p>
      )}
    </>
  )
}

const Roles = (seen: Seen) => {
  const { ask, account, kept } = seen
  const words = ask.w.staff.show
  return (
    <>
      <h2 class="govuk-heading-m">{words.rolesTitle}</h2>
      {kept.grants.length === 0 && <p class="govuk-body">{words.rolesNone}</p>}
      <ul class="trellis-rows">
        {kept.grants.map((grant) => (
          <li class="trellis-row">
            <div>
              <strong>{ask.w.staff.roles[grant.role as Role]}</strong>
              <span class="trellis-row__more">
                {by(seen, { by: words.granted, alone: words.grantedAlone }, grant.granted_at, grant.granted_by)}
                {grant.ended_at && (
                  <>
                    <br />
                    {by(seen, { by: words.ended, alone: words.endedAlone }, grant.ended_at, grant.ended_by)}
                  </>
                )}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link href={ask.href(`/accounts/${account.id}/roles`)}>{words.rolesLink}</Link>
      </p>
    </>
  )
}

const Acts = ({ ask, account }: Seen) => {
  const words = ask.w.staff.show
  const base = `/accounts/${account.id}`
  const isOwn = ask.viewer.kind === 'staff' && ask.viewer.staff === account.id
  return (
    <>
      <h2 class="govuk-heading-m">{words.actsTitle}</h2>
      {isOwn ? (
        <p class="govuk-body">{words.own}</p>
      ) : (
        <ul class="trellis-rows">
          {account.status === 'invited' && (
            <li class="trellis-row">
              <div>
                <strong>{words.inviteAgain}</strong>
                <span class="trellis-row__more">{words.inviteAgainText}</span>
              </div>
              <Form ask={ask} action={`${base}/invitation`}>
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  {words.inviteAgain}
                </Button>
              </Form>
            </li>
          )}
          {account.status === 'active' && !account.demo && (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`${base}/reset`)} classes="trellis-row__name">
                  {words.reset}
                </Link>
                <span class="trellis-row__more">{words.resetText}</span>
              </div>
            </li>
          )}
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`${base}/work`)} classes="trellis-row__name">
                {words.work}
              </Link>
              <span class="trellis-row__more">{words.workText}</span>
            </div>
          </li>
          {account.status === 'suspended' ? (
            <li class="trellis-row">
              <div>
                <strong>{words.lift}</strong>
                <span class="trellis-row__more">{words.liftText}</span>
              </div>
              <Form ask={ask} action={`${base}/lift`}>
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  {words.lift}
                </Button>
              </Form>
            </li>
          ) : (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`${base}/suspend`)} classes="trellis-row__name">
                  {words.suspend}
                </Link>
                <span class="trellis-row__more">{words.suspendText}</span>
              </div>
            </li>
          )}
        </ul>
      )}
    </>
  )
}

const Reasons = (seen: Seen) => {
  const { ask, kept } = seen
  const words = ask.w.staff.show
  if (kept.suspensions.length + kept.resets.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{words.reasonsTitle}</h2>
      <ul class="trellis-rows">
        {kept.suspensions.map((one) => (
          <li class="trellis-row trellis-row--tall">
            <strong>{words.suspension}</strong>
            <p class="govuk-body trellis-words">{one.why}</p>
            <span class="trellis-row__more">
              {by(seen, { by: words.suspendedBy, alone: words.suspendedAlone }, one.suspended_at, one.suspended_by)}{' '}
              {one.lifted_at && by(seen, { by: words.lifted, alone: words.liftedAlone }, one.lifted_at, one.lifted_by)}
            </span>
          </li>
        ))}
        {kept.resets.map((one) => (
          <li class="trellis-row trellis-row--tall">
            <strong>{words.resetDone}</strong>
            <p class="govuk-body trellis-words">{one.why}</p>
            <span class="trellis-row__more">
              {by(seen, { by: words.granted, alone: words.grantedAlone }, one.reset_at, one.reset_by)}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

const History = ({ ask, names, history }: Seen & { history: readonly Happened[] }) => {
  const words = ask.w.staff.show
  const sentences: Record<string, string> = ask.w.staff.history
  const roleNames: Record<string, string> = ask.w.staff.roles
  return (
    <>
      <h2 class="govuk-heading-m">{words.historyTitle}</h2>
      {history.length === 0 && <p class="govuk-body">{words.historyNone}</p>}
      <ol class="trellis-happened">
        {history.map(({ kind, at, staff_id, detail }) => (
          <li>
            <time dateTime={at.toISOString()}>{when(ask, at)}</time>
            <span>{fill(sentences[kind] ?? kind, { role: roleNames[String(detail['role'])] ?? '' })}</span>
            <span class="trellis-happened__who">{(staff_id && names.get(staff_id)?.name) ?? ''}</span>
          </li>
        ))}
      </ol>
      {history.length >= 50 && <p class="govuk-hint">{words.historyMost}</p>}
    </>
  )
}

export const sendInviteAgain: Handler = async (ask) => {
  const id = ask.params['account'] ?? ''
  const made = await inviteAgain(ask.tx, ask.house, ask.viewer, id)
  if (made === 'not waiting') return redirect(`/accounts/${id}`)
  return invitedPage(ask, made, (await findAccount(ask.tx, id))?.name ?? '')
}

export const sendLift: Handler = async (ask) => {
  const id = ask.params['account'] ?? ''
  const lifted = await lift(ask.tx, ask.house, ask.viewer, id)
  return redirect(lifted === 'lifted' ? `/accounts/${id}?said=lifted` : `/accounts/${id}`)
}
