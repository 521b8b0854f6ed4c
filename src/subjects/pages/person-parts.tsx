import { abreast } from '../../platform/index.ts'
import type { ComponentChildren } from 'preact'
import { sql } from 'kysely'
import { agencyNames } from '../../partnership/index.ts'
import { codesOf, dutiesAbout, labelOf, recordWithheld, withheldFrom, type Withheld } from '../../sharing/index.ts'
import { Button, fill, Form, Link, NotificationBanner, type Ask } from '../../web/index.ts'
import { isContext } from '../contexts/context.ts'
import type { Through } from '../gate.ts'
import { holdsOn } from '../legal-hold.ts'
import { rowsToDecide } from '../queries.ts'
import { DutyBanner } from './duty-banner.tsx'
import { moment } from './moment.ts'
import { Held, RightsLinks } from './rights-links.tsx'

/** What stands first on a person's own page: what was just done, what duties ask, what is held, why the viewer is here, and
 * what most come for. */
export const personTop = async (ask: Ask, at: Through): Promise<ComponentChildren> => {
  const { partnership } = at.worker
  const [duties, held, codes] = await abreast(
    ask.tx,
    () => dutiesAbout(ask.tx, at.worker, at.subject.id, at.now),
    () => holdsOn(ask.tx, partnership, at.subject.id),
    () => codesOf(ask.tx, partnership),
  )
  const agencies = await agencyNames(
    ask.tx,
    duties.map(({ recipient_agency_id }) => recipient_agency_id),
  )
  const done = (ask.w.subjects.person.done as Record<string, string>)[ask.query['done'] ?? '']
  const { purpose, basis } = at.worker.stated
  return (
    <>
      {done && (
        <NotificationBanner type="success" title={ask.w.common.saved}>
          {done}
        </NotificationBanner>
      )}
      <DutyBanner ask={ask} duties={duties} agencies={agencies} />
      <Held ask={ask} held={held} />
      {at.ties.brokenGlass && <Running ask={ask} at={at} />}
      <Here ask={ask} at={at} purpose={labelOf(codes, 'purpose', purpose)} basis={labelOf(codes, 'basis', basis)} />
      <div class="trellis-first">
        <Button href={ask.href(`/people/${at.subject.id}/add`)}>{ask.w.subjects.person.add}</Button>
        {!isContext(at.subject) && <Link href={ask.href(`/people/${at.subject.id}/story`)}>{ask.w.story.link}</Link>}
        <a class="govuk-link trellis-first__jump" href="#side">
          {ask.w.subjects.person.side}
        </a>
      </div>
    </>
  )
}

/** What a viewer can do here, and how much is kept from them and why. */
export const personSide = async (ask: Ask, at: Through): Promise<ComponentChildren> => {
  const { subject } = at
  const [withheld, holds] = await abreast(
    ask.tx,
    () => keptBackFrom(ask, at),
    () => holdsSomething(ask, at),
  )
  const words = ask.w.subjects.person
  const links: [string, string, boolean?][] = [
    ['who-matters', ask.w.matters.link],
    ['voice', ask.w.voice.link],
    ['way', ask.w.own.way.link, at.ties.closeness >= 2],
    ['share', ask.w.share.share.title],
    ['shared', ask.w.share.shared.title],
    ['involved', words.involved],
    ['looked', words.looked, at.ties.closeness >= 2],
    ['meetings', words.meetings],
    ['warnings', ask.w.subjects.warnings.all],
    ['too-close', words.tooClose],
  ]
  return (
    <>
      <ul class="govuk-list trellis-side-links">
        {links
          .filter(([, , shown = true]) => shown)
          .map(([end, text]) => (
            <li>
              <Link href={ask.href(`/people/${subject.id}/${end}`)}>{text}</Link>
            </li>
          ))}
      </ul>
      <RightsLinks ask={ask} at={at} holds={holds} />
      <KeptBack ask={ask} withheld={withheld} />
    </>
  )
}

/** How much of it is kept from this viewer and by what, counted and written down. */
export const keptBackFrom = async (ask: Ask, at: Through): Promise<Withheld[]> => {
  const { worker, subject } = at
  const rows = await rowsToDecide(ask.tx, worker.partnership, subject, at.today)
  const { withheld } = withheldFrom(rows, { active: true, agency: worker.agency, stated: worker.stated }, at)
  await recordWithheld(ask.tx, worker, withheld)
  return withheld
}

/** Whether the viewer's agency supplied anything of what the viewer may see here. */
const holdsSomething = async (ask: Ask, { worker, subject }: Through): Promise<boolean> => {
  const of = sql`partnership_id = ${worker.partnership} and subject_id = ${subject.id} and agency_id = ${worker.agency}`
  const { rows } = await sql<{ holds: boolean }>`
    select exists (select from identity where ${of} and replaced_at is null) or exists (select from entry where ${of}) as holds`.execute(
    ask.tx,
  )
  return rows[0]!.holds
}

/** Opened by break-glass: until when, and a way to close it at once. */
const Running = ({ ask, at }: { ask: Ask; at: Through }) => {
  const words = ask.w.subjects.glass
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body govuk-!-font-weight-bold">
        {at.ties.glassUntil && fill(words.running, { until: moment(ask, at.ties.glassUntil) })}
      </p>
      <Form ask={ask} action={`/people/${at.subject.id}/close-glass`}>
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.end}</Button>
      </Form>
    </div>
  )
}

const Here = (props: { ask: Ask; at: Through; purpose: string; basis: string }) => {
  const words = props.ask.w.subjects.person
  return (
    <p class="govuk-body-s trellis-here">
      <strong>{fill(words.here, { purpose: props.purpose })}</strong>
      {'. '}
      {fill(words.by, { cite: props.at.cite, basis: props.basis })}{' '}
      <a class="govuk-link" href={props.ask.href(`/people/${props.at.subject.id}/purpose`)}>
        {words.change}
      </a>
    </p>
  )
}

export const KeptBack = ({ ask, withheld }: { ask: Ask; withheld: readonly Withheld[] }) => {
  const words = ask.w.subjects.person
  return (
    <section aria-labelledby="withheld">
      <h2 class="govuk-heading-m" id="withheld">
        {words.withheld}
      </h2>
      {withheld.length === 0 ? (
        <p class="govuk-body">{words.shownAll}</p>
      ) : (
        <>
          <p class="govuk-body">{words.withheldIntro}</p>
          <ul class="govuk-list govuk-list--spaced">
            {withheld.map(({ reason, cite, title, count }) => (
              <li>
                <strong>{count === 1 ? words.item : fill(words.items, { count })}</strong>
                <br />
                {fill(words.reasons[reason], { cite: cite ?? '', title: title ?? '' })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
