import { agencyNames } from '../../../partnership/index.ts'
import { day } from '../../../subjects/index.ts'
import { Button, fill, Form, InsetText, Link, SummaryList, Tag, type Ask } from '../../../web/index.ts'
import { Prose } from '../../prose-shown.tsx'
import { withProject, type At } from '../at-project.ts'
import { agreedBySeveral, hasAgreed } from '../gate.ts'
import { asPoints } from '../points.ts'
import type { Sponsor } from '../project.ts'
import { stateOf, type State } from '../state.ts'
import { dayOf, projectPage } from './frame.tsx'

/** What the project is for, how it works, with whom and until when; and which sponsors stand behind it. */
export const specificationPage = withProject(async (ask, at) => {
  const words = ask.w.projects.specification
  const state = await stateOf(ask.tx, at.viewer.partnership, at.project.id)
  const { aims, specification, sponsors } = state
  const latest = aims.at(-1)
  const agencies = await agencyNames(
    ask.tx,
    sponsors.map(({ agency_id }) => agency_id),
  )
  const edit = (to: string, first: boolean, text: { write: string; again: string }) =>
    at.writes && (
      <Button classes={first ? undefined : 'govuk-button--secondary'} href={ask.href(`${at.base}/${to}`)}>
        {first ? text.write : text.again}
      </Button>
    )
  return projectPage({
    ask,
    at,
    place: '/specification',
    title: words.title,
    children: (
      <>
        <h2 class="govuk-heading-m">{words.aims}</h2>
        {latest ? <Prose>{asPoints(latest.words)}</Prose> : <p class="govuk-body">{words.noAims}</p>}
        {latest && (
          <p class="trellis-quiet">
            {fill(words.version, { version: latest.version, day: day(ask, latest.written_at) })}{' '}
            {aims.length > 1 && <Link href={ask.href(`${at.base}/aims`)}>{words.versions}</Link>}
          </p>
        )}
        {edit('aims/write', !latest, { write: words.writeAims, again: words.changeAims })}
        <h2 class="govuk-heading-m">{words.how}</h2>
        {specification ? (
          <SummaryList
            rows={[
              { key: words.methods, value: <Prose>{specification.methods}</Prose> },
              { key: words.partners, value: <Prose>{specification.delivery_partners}</Prose> },
              {
                key: words.dates,
                value: fill(words.fromTo, {
                  from: dayOf(ask, specification.starts_on),
                  to: dayOf(ask, specification.ends_on),
                }),
              },
            ]}
          />
        ) : (
          <p class="govuk-body">{words.none}</p>
        )}
        {edit('specification/write', !specification, { write: words.write, again: words.change })}
        <h2 class="govuk-heading-m">{words.sponsors}</h2>
        <p class="govuk-body">{words.sponsorsHint}</p>
        <Agreed ask={ask} state={state} />
        <ul class="trellis-rows">
          {sponsors.map((one) => (
            <SponsorRow ask={ask} at={at} state={state} sponsor={one} agency={agencies.get(one.agency_id) ?? ''} />
          ))}
        </ul>
        {at.writes && (
          <Button classes="govuk-button--secondary" href={ask.href(`${at.base}/specification/sponsors`)}>
            {words.addSponsor}
          </Button>
        )}
      </>
    ),
  })
})

/** Whether it is agreed; who has not said yes is named. */
const Agreed = ({ ask, state }: { ask: Ask; state: State }) => {
  const words = ask.w.projects.specification
  if (state.sponsors.length === 0) return <InsetText>{words.noSponsors}</InsetText>
  const waiting = state.sponsors.filter((one) => !hasAgreed(state, one))
  if (waiting.length > 0)
    return <InsetText>{fill(words.waiting, { who: waiting.map(({ name }) => name).join(', ') })}</InsetText>
  return <InsetText>{agreedBySeveral(state) ? words.agreed : words.tooFew}</InsetText>
}

type Row = { ask: Ask; at: At; state: State; sponsor: Sponsor; agency: string }

const SponsorRow = ({ ask, at, state, sponsor, agency }: Row) => {
  const words = ask.w.projects.specification
  const { id, name, role, agreed, account_id } = sponsor
  const now = hasAgreed(state, sponsor)
  const contact = state.members.some((one) => one.part === 'contact' && one.account_id === account_id)
  const theirs = account_id === at.viewer.staff
  const mayAgree = !now && state.specification && state.aims.length > 0 && (theirs || (at.writes && !account_id))
  return (
    <li class="trellis-row">
      <div>
        {name}
        <span class="trellis-row__more">
          {role}, {agency}
          {contact && `. ${words.isContact}`}
          {agreed && (
            <>
              <br />
              {fill(now ? words.agreedOn : words.agreedBefore, { day: dayOf(ask, agreed.on) })}
            </>
          )}
          {!now && !theirs && account_id && (
            <>
              <br />
              {words.themself}
            </>
          )}
        </span>
      </div>
      <div class="trellis-row__tags">
        {now ? (
          <Tag classes="govuk-tag--green">{words.yes}</Tag>
        ) : (
          <Tag classes="govuk-tag--orange">{words.notYet}</Tag>
        )}
        {mayAgree && (
          <Link href={ask.href(`${at.base}/specification/sponsors/${id}`)}>
            {theirs ? words.agree : words.record} <span class="govuk-visually-hidden">{name}</span>
          </Link>
        )}
        {at.writes && (
          <Form ask={ask} action={`${at.base}/specification/sponsors/${id}/ended`}>
            <button class="trellis-link-button">
              {words.endSponsor} <span class="govuk-visually-hidden">{name}</span>
            </button>
          </Form>
        )}
      </div>
    </li>
  )
}
