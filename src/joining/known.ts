import { sql } from 'kysely'
import { newId, type Tx } from '../platform/index.ts'

/*
 * Whom a record is about is worked out, never edited: records are one known when they are of one person's record (or of
 * one entry of an agency's list), or a
 * chain of answers "same" that stand ties them; it bears the name of the oldest among them. So an answer that is taken
 * back puts everything where it came from, whatever else was answered in between.
 */
type Member = {
  record: string
  known: string
  home: string
  since: Date
  agency: string
  subject: string | null
  /** Whose record it is one of: a person's record, or an entry of an agency's list. */
  own: string | null
}

/** Answers in one partnership take turns, so that each sees all that was answered before it. */
export const oneAnswerAtATime = (tx: Tx, partnership: string) =>
  sql`select pg_advisory_xact_lock(715520, hashtext(${partnership}))`.execute(tx)

/**
 * Brings belonging up to the answers that stand, for everything that is known by one of these names. Runs as the product.
 * @returns the people whose records are among it: who works with them may be another now
 */
export const settleKnown = async (
  tx: Tx,
  partnership: string,
  knowns: readonly string[],
  { decision, at }: { decision: string | null; at: Date },
): Promise<string[]> => {
  const members = await membersOf(tx, partnership, knowns)
  const people = [...new Set(members.flatMap(({ subject }) => subject ?? []))]
  const { rows: ties } = await sql<{ a_id: string; b_id: string }>`
    select a_id, b_id from join_decision where partnership_id = ${partnership} and answer = 'same' and undone_at is null
      and contradicts_id is null and a_id = any (${members.map(({ record }) => record)}::uuid[])`.execute(tx)
  const moved = [...groups(members, ties)].flatMap((group) => {
    const oldest = group.reduce((one, other) => (isOlder(other, one) ? other : one))
    return group.filter(({ known }) => known !== oldest.home).map((member) => ({ ...member, to: oldest.home }))
  })
  if (moved.length === 0) return people
  await sql`update belonging set to_at = ${at} where partnership_id = ${partnership} and to_at is null
    and record_id = any (${moved.map(({ record }) => record)}::uuid[])`.execute(tx)
  await tx
    .insertInto('belonging')
    .values(
      moved.map(({ record, to, agency }) => ({
        partnership_id: partnership,
        id: newId(),
        record_id: record,
        known_id: to,
        agency_id: agency,
        decision_id: decision,
        from_at: at,
      })),
    )
    .execute()
  return people
}

/** Every record that belongs there now, with the name it came with: where it returns to when nothing ties it any more. */
const membersOf = async (tx: Tx, partnership: string, knowns: readonly string[]): Promise<Member[]> => {
  const { rows } = await sql<Member>`
    select b.record_id as record, b.known_id as known, r.agency_id as agency, r.subject_id as subject,
      coalesce(r.subject_id, r.fed_id) as own, h.known_id as home, k.since
    from belonging b
    join noted_record r on r.partnership_id = b.partnership_id and r.id = b.record_id
    join lateral (select f.known_id from belonging f where f.partnership_id = b.partnership_id and f.record_id = b.record_id
      and f.decision_id is null order by f.from_at, f.id limit 1) h on true
    join known k on k.partnership_id = b.partnership_id and k.id = h.known_id
    where b.partnership_id = ${partnership} and b.to_at is null and b.known_id = any (${knowns}::uuid[])
    order by b.record_id`.execute(tx)
  return rows
}

const isOlder = (one: Member, other: Member): boolean =>
  one.since.getTime() - other.since.getTime() < 0 ||
  (one.since.getTime() === other.since.getTime() && one.home < other.home)

/** Records that are tied, directly or through others. */
function* groups(members: readonly Member[], ties: readonly { a_id: string; b_id: string }[]): Generator<Member[]> {
  const group = new Map(members.map((member) => [member.record, [member]]))
  const join = (a: string, b: string): void => {
    const [one, other] = [group.get(a), group.get(b)]
    if (!one || !other || one === other) return
    one.push(...other)
    for (const { record } of other) group.set(record, one)
  }
  const first = new Map<string, string>()
  for (const { record, own } of members) {
    if (!own) continue
    const before = first.get(own)
    if (before === undefined) first.set(own, record)
    else join(before, record)
  }
  for (const { a_id, b_id } of ties) join(a_id, b_id)
  yield* new Set(group.values())
}

/** What these records belong to now. */
export const knownsOf = async (tx: Tx, partnership: string, records: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ known_id: string }>`
    select distinct known_id from belonging where partnership_id = ${partnership} and to_at is null
      and record_id = any (${records}::uuid[])`.execute(tx)
  return rows.map(({ known_id }) => known_id)
}

/** What this answer, given or taken back at that moment, moved records to. */
export const knownsBy = async (tx: Tx, partnership: string, decision: string, at: Date): Promise<string[]> => {
  const { rows } = await sql<{ known_id: string }>`
    select distinct known_id from belonging where partnership_id = ${partnership} and to_at is null
      and decision_id = ${decision} and from_at = ${at}`.execute(tx)
  return rows.map(({ known_id }) => known_id)
}
