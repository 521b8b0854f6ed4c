import { sql } from 'kysely'
import type { Step } from '../linkage/index.ts'
import {
  abreast,
  askedAsProduct,
  isFrontDoor,
  isId,
  NotFound,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { involvedWith, registerOf, tiesOf, waysTo } from '../sharing/index.ts'
import { subjectFacts } from '../subjects/index.ts'
import { openWhy, type Decision } from './decision.ts'
import { listedFor } from './feeds/involved.ts'
import { openRecords } from './look-up.ts'
import { identitiesSeen } from './seen.ts'
import type { Kind, Standard } from './standard.ts'

/** One side of a proposal, as far as the reader may know it. */
export type Side = {
  record: string
  kind: Kind
  /** The concern or person it was supplied with; null where the reader may not know of it. */
  concern: string | null
  subject: string | null
  agency: string | null
  /** What it says; undefined where that is another agency's to tell, or was erased. */
  standard: Standard | undefined
  /** Whom to ask, where the agreement lets the reader hear of them: contact first. */
  contacts: { agency: string; contact: string; since: Date }[]
}
export type Proposal = {
  id: string
  kind: Kind
  weight: number
  band: 'strong' | 'look'
  steps: Step[]
  made_at: Date
  a_id: string
  b_id: string
  /** On this concern, and elsewhere. */
  here: Side
  there: Side
  /** All that was said of the two, the newest first. */
  decisions: Decision[]
  standing: Decision | undefined
  /** Known as one already, by this answer or by others. */
  joined: boolean
}

/** So many proposals of one concern are shown: the open ones first, then the likeliest. */
export const most_shown = 40
/** So many for each record of a concern are shown beside it: a van that half the county saw must not hide the girl. */
export const beside_each = 3

type Row = Pick<Proposal, 'id' | 'kind' | 'weight' | 'band' | 'steps' | 'made_at' | 'a_id' | 'b_id'> & {
  here_id: string
  joined: boolean
}
type RecordRow = {
  id: string
  kind: Kind
  source_id: string
  concern_id: string | null
  subject_id: string | null
  fed_id: string | null
  agency_id: string
  standard_sealed: Buffer
  key_id: string
  wrapped: Buffer | null
}

/**
 * What may be the same as something on this concern, at most `ofEach` for each record of it, with all that was answered. Of a person's record the reader is told
 * what they could open themself, and no more: the database is asked as them.
 * @throws {NotFound} for whoever does not decide
 */
export const proposalsFor = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  concern: string,
  now: Date,
  ofEach = most_shown,
): Promise<Proposal[]> => {
  if (!isFrontDoor(worker)) throw new NotFound()
  const { partnership } = worker
  const rows = await askedAsProduct(
    tx,
    sql<Row>`
      select p.id, p.kind, p.weight, p.band, p.steps, p.made_at, p.a_id, p.b_id, p.here_id,
        x.known_id = y.known_id as joined
      from noted_record r
      cross join lateral (select q.*, r.id as here_id from proposal q
        where q.partnership_id = r.partnership_id and r.id in (q.a_id, q.b_id)
        order by q.settled_at is not null, q.weight desc, q.made_at desc, q.id limit ${ofEach}) p
      join belonging x on x.partnership_id = r.partnership_id and x.record_id = p.a_id and x.to_at is null
      join belonging y on y.partnership_id = r.partnership_id and y.record_id = p.b_id and y.to_at is null
      where r.partnership_id = ${partnership} and r.concern_id = ${concern}
      order by p.settled_at is not null, p.weight desc, p.made_at desc, p.id limit ${most_shown}`,
  )
  return withSides(tx, keys, worker, rows, now)
}

/**
 * One proposal, from whichever side came in last: a concern rather than a record of a person.
 * @throws {NotFound} for whoever does not decide, and for one that is not there
 */
export const proposalFor = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  proposal: string | undefined,
  now: Date,
): Promise<Proposal> => {
  if (!isFrontDoor(worker) || !proposal || !isId(proposal)) throw new NotFound()
  const rows = await askedAsProduct(
    tx,
    sql<Row>`
      select p.id, p.kind, p.weight, p.band, p.steps, p.made_at, p.a_id, p.b_id, r.id as here_id,
        x.known_id = y.known_id as joined
      from proposal p
      join lateral (select id from noted_record r where r.partnership_id = p.partnership_id and r.id in (p.a_id, p.b_id)
        order by r.concern_id is null, r.noted_at desc, r.id limit 1) r on true
      join belonging x on x.partnership_id = p.partnership_id and x.record_id = p.a_id and x.to_at is null
      join belonging y on y.partnership_id = p.partnership_id and y.record_id = p.b_id and y.to_at is null
      where p.partnership_id = ${worker.partnership} and p.id = ${proposal}`,
  )
  const [found] = await withSides(tx, keys, worker, rows, now)
  if (!found) throw new NotFound()
  return found
}

const withSides = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  rows: readonly Row[],
  now: Date,
): Promise<Proposal[]> => {
  if (rows.length === 0) return []
  const records = [...new Set(rows.flatMap(({ a_id, b_id }) => [a_id, b_id]))]
  const [sides, decisions] = await abreast(
    tx,
    () => sidesOf(tx, keys, worker, records, now),
    () => decisionsOn(tx, keys, worker.partnership, rows),
  )
  return rows.map(({ here_id, ...row }) => {
    const { a_id, b_id } = row
    const said = decisions.get(`${a_id} ${b_id}`) ?? []
    return {
      ...row,
      here: sides.get(here_id)!,
      there: sides.get(here_id === a_id ? b_id : a_id)!,
      decisions: said,
      standing: said.find((one) => one.answer !== 'not sure' && !one.undone_at && !one.contradicts_id),
    }
  })
}

const decisionsOn = async (tx: Tx, keys: Keys, partnership: string, pairs: readonly Row[]) => {
  const rows = await tx
    .selectFrom('join_decision')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where(
      'a_id',
      'in',
      pairs.map(({ a_id }) => a_id),
    )
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()
  return Map.groupBy(await openWhy(tx, keys, partnership, rows), ({ a_id, b_id }) => `${a_id} ${b_id}`)
}

/** Both sides of pairs, as far as this reader may know them: a concern by the clauses of the front door, a person by theirs. */
export const sidesOf = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  records: readonly string[],
  now: Date,
): Promise<Map<string, Side>> => {
  const { partnership } = worker
  const [rows, { rows: classes }] = await abreast(
    tx,
    () =>
      askedAsProduct(
        tx,
        sql<RecordRow>`
      select r.id, r.kind, r.source_id, r.concern_id, r.subject_id, r.fed_id, r.agency_id, r.standard_sealed, r.key_id, w.wrapped
      from noted_record r left join data_key w on w.partnership_id = r.partnership_id and w.id = r.key_id
      where r.partnership_id = ${partnership} and r.id = any (${records}::uuid[])`,
      ),
    () => classesOpen.execute(tx),
  )
  const open = await openRecords(tx, keys, partnership, rows)
  const isOpen = openOf(classes)
  const subjects = [...new Set(rows.flatMap(({ subject_id }) => subject_id ?? []))]
  const people = await peopleFor(tx, keys, worker, subjects, now)
  const listed = await listedFor(
    tx,
    worker,
    rows.flatMap(({ fed_id }) => fed_id ?? []),
    now,
  )
  return new Map(
    rows.map(({ id, kind, source_id, concern_id, subject_id, fed_id, agency_id }, i): [string, Side] => {
      if (fed_id) {
        const { own = false, contacts = [] } = listed.get(fed_id) ?? {}
        const told = { agency: own ? agency_id : null, standard: own ? open[i] : undefined, contacts }
        return [id, { record: id, kind, concern: null, subject: null, ...told }]
      }
      if (!subject_id) {
        const seen = isOpen(kind, agency_id)
        const told = {
          concern: seen ? concern_id : null,
          agency: seen ? agency_id : null,
          standard: seen ? open[i] : undefined,
        }
        return [id, { record: id, kind, subject: null, ...told, contacts: [] }]
      }
      const told = people.get(subject_id)
      const seen = told?.identities.has(source_id) ?? false
      return [
        id,
        {
          record: id,
          kind,
          concern: null,
          subject: told?.mayAsk || seen ? subject_id : null,
          agency: seen ? agency_id : null,
          standard: seen ? open[i] : undefined,
          contacts: told?.contacts ?? [],
        },
      ]
    }),
  )
}

/**
 * Of whose concerns this reader may read the people (D3) and the things (D4): the database is asked what it would ask itself
 * of the row, so a bar over what one agency supplies holds here too.
 */
export const openConcerns = async (tx: Tx) => openOf((await classesOpen.execute(tx)).rows)

type ClassOpen = { class: string; all: boolean; some: string[] | null }
const classesOpen = sql<ClassOpen>`
  select c.class, deciding_partnership(c.class, 1) is not null as all, deciding_suppliers(c.class, 1) as some
  from (values ('D3'), ('D4')) as c (class)`

const openOf = (rows: readonly ClassOpen[]): ((kind: Kind, supplier: string) => boolean) => {
  const of = new Map(rows.map((row) => [row.class, row]))
  return (kind, supplier) => {
    const { all, some } = of.get(kind === 'person' ? 'D3' : 'D4')!
    return all || (some ?? []).includes(supplier)
  }
}

type Told = { identities: ReadonlySet<string>; mayAsk: boolean; contacts: Side['contacts'] }

/** What the reader may know of each person: their rows by row-level security, and who works with them by the agreement. */
const peopleFor = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  subjects: readonly string[],
  now: Date,
): Promise<Map<string, Told>> => {
  const people = new Map<string, Told>()
  if (subjects.length === 0) return people
  const register = await registerOf(tx, worker.partnership)
  const seen = await identitiesSeen(tx, keys, worker, subjects, now)
  for (const subject of subjects) {
    const facts = await subjectFacts(tx, worker.partnership, subject)
    const ties = await tiesOf(tx, worker, subject, now)
    const opens = (agency: string): boolean =>
      waysTo(register, worker, { supplier: agency, dataClass: 'D2', age: 'unknown', handling: 0 }, ties, now).open
        .length > 0
    const sealed = !facts || facts.handling === 2
    const involved = sealed ? [] : await involvedWith(tx, worker.partnership, subject, now)
    const told = involved.filter(({ agency_id }) => opens(agency_id))
    people.set(subject, {
      identities: new Set(seen.get(subject)?.map(({ id }) => id)),
      mayAsk: !sealed && opens(facts.supplier),
      contacts: told.map(({ agency_id, contact, from_at }) => ({ agency: agency_id, contact, since: from_at })),
    })
  }
  return people
}
