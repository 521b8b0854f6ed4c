import { sql } from 'kysely'
import { abreast, asProduct, type StaffViewer } from '../platform/index.ts'
import { massRule, raiseAlert, tiesOf, type MassRule, type Ties } from '../sharing/index.ts'
import type { About, Ask, House } from '../web/index.ts'
import type { Entry } from './chronology.ts'
import { subjectFacts } from './queries.ts'

/** The kinds of events with which a page showed somebody; with searches, also those whom a search only listed. */
export const shownBy = ({ looks }: Pick<House, 'looks'>, { searches }: MassRule): string[] =>
  searches ? [...looks, 'person found'] : [...looks]

/**
 * What a look at a person leads to, in its own transaction; the shell calls it for every page that records one. The
 * rules stand in words beside `raiseAlert`.
 */
export const noticeLook = async ({ tx, viewer, house }: Ask, about: About, written: Promise<string>): Promise<void> => {
  if (about.kind !== 'person' || viewer.kind !== 'staff') return
  const at = house.now()
  const [event, facts, ties] = await abreast(
    tx,
    () => written,
    () => subjectFacts(tx, viewer.partnership, about.id),
    () => tiesOf(tx, viewer, about.id, at),
  )
  if (!facts) return
  const of = { subject: about.id, object: about.id, event, at, purpose: about.detail?.['purpose'] }
  if (viewer.agency !== facts.supplier && !answersForThem(ties) && !ties.brokenGlass)
    await raiseAlert(tx, viewer, { kind: 'cross-organisation', ...of })
  const restricted = about.detail?.['restricted']
  if (restricted) await raiseAlert(tx, viewer, { kind: 'restricted class', ...of, classes: restricted.split(' ') })
  await noticeMassView({ tx, house }, viewer, event, about.id)
}

/** The lead worker and the trusted adult. */
const answersForThem = ({ closeness }: Ties): boolean => closeness === 3

/**
 * The restricted classes among what is shown, for the event: 'D5 D6', and 'circle' for what is kept to the circle.
 * Nothing of what the viewer wrote, of what is sealed, or for a lead worker or trusted adult.
 */
export const restrictedIn = (
  entries: readonly Pick<Entry, 'data_class' | 'handling' | 'entered_by'>[],
  viewer: StaffViewer,
  ties: Ties,
): string | undefined => {
  if (answersForThem(ties)) return undefined
  const others = entries.filter(({ entered_by, handling }) => entered_by !== viewer.staff && handling < 2)
  const kinds = new Set(
    others.flatMap(({ data_class, handling }) => [
      ...(data_class >= 'D5' ? [data_class] : []),
      ...(handling === 1 ? ['circle'] : []),
    ]),
  )
  return [...kinds].sort().join(' ') || undefined
}

/**
 * Counts the different people whom the worker was shown within the rule's minutes up to this look. When it showed `alone`
 * and they were shown before within these minutes, they make them no more, and nobody is counted.
 */
export const noticeMassView = async (
  { tx, house }: Pick<Ask, 'tx' | 'house'>,
  viewer: StaffViewer,
  event: string,
  alone?: string,
): Promise<void> => {
  const rule = await massRule(tx, viewer.partnership)
  const of = sql`partnership_id = ${viewer.partnership}`
  const look = sql`from event this where this.${of} and this.id = ${event}`
  // Both ends by themselves: reckoned from a row beside, they are asked behind the policies, of all that was ever looked at.
  const shown = sql`from event e where e.${of} and e.staff_id = ${viewer.staff} and e.about_kind = 'person'
    and e.kind = any(${shownBy(house, rule)}::text[]) and e.at > (select this.at - make_interval(mins => ${rule.minutes}) ${look})
    and e.at <= (select this.at ${look})`
  // The newest are asked first: who works with ten people was shown each of them a few looks ago.
  const before = alone
    ? sql`(select true ${shown} and e.about_id = ${alone} and e.id <> ${event} order by e.at desc limit 1)`
    : sql`null`
  const { rows } = await asProduct(tx, () =>
    sql<{ people: number | null }>`
      select case when ${before} is null then (select count(distinct e.about_id)::int ${shown}) end as people`.execute(
      tx,
    ),
  )
  const people = rows[0]?.people ?? 0
  if (people <= rule.people) return
  const { minutes } = rule
  const about = { subject: null, object: viewer.staff, event, at: house.now() }
  await raiseAlert(tx, viewer, { kind: 'mass view', ...about, people, minutes })
}
