import { sql } from 'kysely'
import { asProduct, hasRole, newId, NotFound, type StaffViewer, type Tx } from '../../platform/index.ts'
import { decide, tiesOf, type Action, type Decided, type Register, type Resource } from '../../sharing/index.ts'
import type { Ask } from '../../web/index.ts'
import { factsOrNobody } from '../approach.ts'
import type { SubjectFacts } from '../queries.ts'

/**
 * What somebody asks an agency for about themself is no sharing between agencies: the law permits it, not the
 * agreement. So `decide` is asked with the law as its only clause. It covers what an agency supplied itself, opens
 * nothing that is sealed to people who are not named, and lets nothing out without a second person.
 */
const article15 = {
  id: 'article-15',
  cite: 'UK GDPR Article 15',
  number: 15,
  title: 'The right of access',
  effect: 'duty',
  purposes: ['right of access'],
  bases: new Set(['legal-obligation']),
  conditions: new Set<string>(),
  gateways: [],
  classes: new Set(['D3', 'D4', 'D5', 'D6', 'D7'] as const),
  need: 0,
  age: 'any',
  handling: 2,
  obligations: [],
} as const
const always = { rule: article15, from: -Infinity, to: Infinity }
const law: Register = {
  edition: 'law',
  permits: [always],
  bars: [],
  purposes: article15.purposes,
  between: () => ({ permits: [always], bars: [] }),
  pairs: () => [],
}

/** What an event about a request says of why: the right, not a purpose of the agreement. */
export const byRight = { purpose: article15.purposes[0], clause: article15.cite }

export type AtHolder = {
  subject: SubjectFacts
  viewer: StaffViewer
  /** Agencies for which this viewer answers and that hold something of the person. */
  holders: { id: string; name: string }[]
  named: ReadonlySet<string>
  now: Date
}

/** May this viewer do that with a row of the holding agency? The four eyes are asked for only where something leaves. */
export const decideByRight = (
  { viewer, named, now }: AtHolder,
  action: Action,
  resource: Resource & { id: string },
  secondApprover = false,
): Decided =>
  decide(
    {
      active: true,
      agency: viewer.agency,
      stated: {
        purpose: article15.purposes[0],
        basis: 'legal-obligation',
        condition: '',
        until: new Date(now.getTime() + 1),
      },
    },
    action,
    resource,
    {
      register: law,
      now,
      // The right stands in for the relationship: what is kept to the circle is the agency's to answer for all the same.
      closeness: 3,
      brokenGlass: false,
      conflict: false,
      named: named.has(resource.id),
      secondApprover,
    },
  )

/**
 * The door to what a person has a right to: for managers of an agency that holds something of them, and for guardians
 * of such an agency or of the one it belongs to; never for somebody who is too close, nor once the person is erased.
 * @throws {NotFound} for everybody else, as for a person who does not exist
 */
export const atHolder = async ({ tx, viewer, house }: Ask, id: string | undefined): Promise<AtHolder> => {
  if (!hasRole(viewer, 'manager', 'guardian')) throw new NotFound()
  const now = house.now()
  const { subject, exists } = await factsOrNobody(tx, viewer.partnership, id, now)
  const holders = await holdersFor(tx, viewer, subject.id)
  const ties = await tiesOf(tx, viewer, subject.id, now)
  if (!exists || holders.length === 0 || ties.conflict) throw new NotFound()
  return { subject, viewer, holders, named: ties.named, now }
}

/** Of which agencies this viewer answers for what they hold, as a condition on a column. */
export const answersFor = (viewer: StaffViewer, column: 'g.id' | 'r.agency_id') => sql`(
  ${sql.ref(column)} = ${viewer.agency}
  or ${hasRole(viewer, 'guardian')} and ${sql.ref(column)} in (select a.id from agency a
    where a.partnership_id = ${viewer.partnership} and a.parent_id = ${viewer.agency}))`

const holdersFor = (tx: Tx, viewer: StaffViewer, subject: string): Promise<AtHolder['holders']> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string; name: string }>`
      select g.id, g.name from agency g
      where g.partnership_id = ${viewer.partnership} and ${answersFor(viewer, 'g.id')}
        and g.id in (
          select agency_id from subject where partnership_id = ${viewer.partnership} and id = ${subject} and erased_at is null
          union all select i.agency_id from identity i join subject s on s.partnership_id = i.partnership_id
            and s.id = i.subject_id where i.partnership_id = ${viewer.partnership} and s.id = ${subject} and s.erased_at is null
          union all select e.agency_id from entry e join subject s on s.partnership_id = e.partnership_id
            and s.id = e.subject_id where e.partnership_id = ${viewer.partnership} and s.id = ${subject} and s.erased_at is null
          union all select m.agency_id from meeting m join subject s on s.partnership_id = m.partnership_id
            and s.id = m.subject_id where m.partnership_id = ${viewer.partnership} and s.id = ${subject} and s.erased_at is null)
      order by g.name`.execute(tx)
    return rows
  })

/** The person behind a reference, where this viewer answers for an agency that holds something of them. */
export const subjectCalled = async (ask: Ask, reference: string): Promise<string | undefined> => {
  const found = await asProduct(ask.tx, () =>
    ask.tx
      .selectFrom('subject')
      .select('id')
      .where('partnership_id', '=', ask.place.id)
      .where('reference', '=', reference)
      .executeTakeFirst(),
  )
  return atHolder(ask, found?.id ?? newId()).then(
    ({ subject }) => subject.id,
    (error: unknown) => {
      if (error instanceof NotFound) return undefined
      throw error
    },
  )
}
