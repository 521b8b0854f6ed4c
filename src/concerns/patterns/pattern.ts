import { sql } from 'kysely'
import {
  dataKeyOf,
  dataKeys,
  inTransaction,
  isId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { openRows, wrappedKey } from '../sealed.ts'

export const patternOutcomes = ['acted on', 'known already', 'nothing in it'] as const
export type PatternOutcome = (typeof patternOutcomes)[number]

type Row = {
  id: string
  code: string
  thing_kind: string
  least: number
  days: number
  before_days: number | null
  found_at: Date
  /** A row in which the thing was said, and how. */
  detail_id: string
  said: Buffer
  key_id: string | null
  wrapped: Buffer | null
}
export type PatternConcern = { id: string; reference: string; received_at: Date; channel: string; agency_id: string }
export type Pattern = Omit<Row, 'detail_id' | 'said' | 'key_id' | 'wrapped'> & {
  detail: string
  said: string
  concerns: PatternConcern[]
}

const most_listed = 50

/** Patterns that wait for somebody, the newest first; of one concern, where it is named. */
export const patternsWaiting = (tx: Tx, keys: Keys, viewer: StaffViewer, concern?: string): Promise<Pattern[]> =>
  patternsWhere(
    tx,
    keys,
    viewer,
    sql`not exists (select from pattern_answer a where a.partnership_id = p.partnership_id and a.pattern_id = p.id)
      ${concern ? sql`and exists (select from pattern_concern c where c.partnership_id = p.partnership_id and c.pattern_id = p.id and c.concern_id = ${concern})` : sql``}`,
  )

/** How many wait. */
export const countWaiting = async (tx: Tx, viewer: StaffViewer): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pattern p
    where p.partnership_id = ${viewer.partnership} and not exists (select from pattern_answer a
      where a.partnership_id = p.partnership_id and a.pattern_id = p.id)`.execute(tx)
  return rows[0]!.count
}

/** One pattern with what was made of it. @throws {NotFound} for one that is not there, or not theirs */
export const patternOf = async (tx: Tx, keys: Keys, viewer: StaffViewer, id: string | undefined) => {
  if (!id || !isId(id)) throw new NotFound()
  const [pattern] = await patternsWhere(tx, keys, viewer, sql`p.id = ${id}`)
  if (!pattern) throw new NotFound()
  const answer = await tx
    .selectFrom('pattern_answer')
    .select(['answered_by', 'answered_at', 'outcome', 'words_sealed', 'key_id'])
    .where('partnership_id', '=', viewer.partnership)
    .where('pattern_id', '=', id)
    .executeTakeFirst()
  if (!answer) return { ...pattern, answer: undefined }
  const { words_sealed, key_id, ...rest } = answer
  const key = (await dataKeys(tx, keys, viewer.partnership, [key_id])).get(key_id)
  return { ...pattern, answer: { ...rest, words: key ? openText(key, wordsCell(id), words_sealed) : '' } }
}

const wordsCell = (id: string) => ({ table: 'pattern_answer', column: 'words', row: id })

const patternsWhere = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  condition: ReturnType<typeof sql>,
): Promise<Pattern[]> => {
  const { partnership } = viewer
  const { rows } = await sql<Row>`
    select p.id, p.code, p.thing_kind, p.least, p.days, p.before_days, p.found_at, d.id as detail_id, d.said, d.key_id,
      ${wrappedKey(partnership, 'd.key_id')} as wrapped
    from pattern p
    cross join lateral (
      select d.id, d.said, d.key_id from pattern_concern c
      join detail d on d.partnership_id = c.partnership_id and d.concern_id = c.concern_id and d.key = p.thing
      where c.partnership_id = p.partnership_id and c.pattern_id = p.id
      order by octet_length(d.said), d.id limit 1) d
    where p.partnership_id = ${partnership} and ${condition}
    order by p.found_at desc, p.id limit ${most_listed}`.execute(tx)
  if (rows.length === 0) return []
  const named = rows.map(({ detail_id, said, key_id, wrapped }) => ({ id: detail_id, said, key_id, wrapped }))
  const open = await openRows(tx, keys, partnership, 'detail', named)
  const concerns = await tx
    .selectFrom('pattern_concern as p')
    .innerJoin('concern as c', (join) =>
      join.onRef('c.partnership_id', '=', 'p.partnership_id').onRef('c.id', '=', 'p.concern_id'),
    )
    .select(['p.pattern_id', 'c.id', 'c.reference', 'c.received_at', 'c.channel', 'c.agency_id'])
    .where('p.partnership_id', '=', partnership)
    .where(
      'p.pattern_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('c.received_at')
    .orderBy('c.id')
    .execute()
  return rows.map(({ detail_id, said: _said, key_id: _key, wrapped: _wrapped, ...row }, i) => ({
    ...row,
    detail: detail_id,
    said: open[i]!.said,
    concerns: concerns.filter(({ pattern_id }) => pattern_id === row.id),
  }))
}

/** Says what was made of a pattern. @throws {NotFound} for one that is not there, or not theirs */
export const answerPattern = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  id: string | undefined,
  { outcome, words, at }: { outcome: PatternOutcome; words: string; at: Date },
): Promise<'answered' | 'answered before'> =>
  inTransaction(tx, async (inner) => {
    const pattern = await patternOf(inner, keys, viewer, id)
    const { partnership, agency, staff } = viewer
    const key = await dataKeyOf(inner, keys, partnership, { kind: 'concern', id: pattern.concerns[0]!.id })
    const made = await inner
      .insertInto('pattern_answer')
      .values({
        partnership_id: partnership,
        pattern_id: pattern.id,
        agency_id: agency,
        answered_by: staff,
        answered_at: at,
        outcome,
        words_sealed: sealText(key, wordsCell(pattern.id), words),
        key_id: key.id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('pattern_id')
      .executeTakeFirst()
    if (!made) return 'answered before'
    await record(inner, viewer, 'pattern answered', { kind: 'pattern', id: pattern.id }, { outcome })
    return 'answered'
  })
