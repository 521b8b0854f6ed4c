import { sql } from 'kysely'
import { inTransaction, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import type { Code, List } from './codes.ts'

/** Lists that take new rows. Classes and obligations mean something to the product itself: only their words change. */
export const growingLists = ['purpose', 'basis', 'condition', 'gateway'] as const

type Said = { label: string; note: string; from: string }

/** Adds a row to a list, good from a day on. It is marked as to be checked until somebody confirms it. */
export const addCode = (
  tx: Tx,
  viewer: Viewer,
  list: (typeof growingLists)[number],
  code: string,
  { label, note, from }: Said,
): Promise<'added' | 'taken'> =>
  inTransaction(tx, async (inner) => {
    if ((await rowsOf(inner, viewer, list, code)).length > 0) return 'taken'
    await insert(inner, viewer, list, code, { label, note, from })
    await tell(inner, viewer, 'sharing code added', list, code)
    return 'added'
  })

/**
 * Says a row in other words from a day on: the earlier row ends the day before and stays, so that what an older clause
 * meant can still be read.
 */
export const reviseCode = (
  tx: Tx,
  viewer: Viewer,
  list: List,
  code: string,
  { label, note, from }: Said,
): Promise<'revised' | 'not after the last'> =>
  inTransaction(tx, async (inner) => {
    const last = (await rowsOf(inner, viewer, list, code)).at(-1)
    if (!last) throw new NotFound()
    if (from <= last.valid_from || (last.valid_to !== null && from <= last.valid_to)) return 'not after the last'
    if (last.valid_to === null) await setEnd(inner, viewer, last, dayBefore(from))
    await insert(inner, viewer, list, code, { label, note, from })
    await tell(inner, viewer, 'sharing code changed', list, code)
    return 'revised'
  })

/** Ends a row on its last day. Clauses in force that name it go on as they were signed; new ones may not name it. */
export const endCode = (
  tx: Tx,
  viewer: Viewer,
  list: List,
  code: string,
  last: string,
): Promise<'ended' | 'before it began' | 'ended already'> =>
  inTransaction(tx, async (inner) => {
    const row = (await rowsOf(inner, viewer, list, code)).at(-1)
    if (!row) throw new NotFound()
    if (row.valid_to !== null) return 'ended already'
    if (last < row.valid_from) return 'before it began'
    await setEnd(inner, viewer, row, last)
    await tell(inner, viewer, 'sharing code ended', list, code)
    return 'ended'
  })

/** Somebody answerable for the law here has confirmed the words of the latest row. */
export const confirmCode = (tx: Tx, viewer: Viewer, list: List, code: string): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const row = (await rowsOf(inner, viewer, list, code)).at(-1)
    if (!row) throw new NotFound()
    await at(inner.updateTable('sharing_code').set({ checked: true }), viewer, row).execute()
    await tell(inner, viewer, 'sharing code confirmed', list, code)
  })

/** Agreements and numbers of the clauses that name a code, of versions that are not over. */
export const clausesNaming = async (tx: Tx, partnership: string, list: List, code: string): Promise<string[]> => {
  const { rows } = await sql<{ cite: string }>`
    select distinct a.code || ' ' || c.number as cite from clause c
    join agreement_version v on v.partnership_id = c.partnership_id and v.id = c.version_id
    join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
    where c.partnership_id = ${partnership} and ${code} = any (c.${sql.ref(columnOf[list])})
      and not exists (select from agreement_version n where n.partnership_id = v.partnership_id
        and n.agreement_id = v.agreement_id and n.number > v.number and n.live_at is not null)
    order by 1`.execute(tx)
  return rows.map(({ cite }) => cite)
}

const columnOf: Record<List, string> = {
  purpose: 'purposes',
  basis: 'bases',
  condition: 'conditions',
  gateway: 'gateways',
  class: 'classes',
  obligation: 'obligations',
}

type Row = Pick<Code, 'list' | 'code' | 'valid_from' | 'valid_to'>

const rowsOf = (tx: Tx, viewer: Viewer, list: List, code: string): Promise<Row[]> =>
  tx
    .selectFrom('sharing_code')
    .select(['list', 'code', 'valid_from', 'valid_to'])
    .where('partnership_id', '=', viewer.partnership)
    .where('list', '=', list)
    .where('code', '=', code)
    .orderBy('valid_from')
    .forUpdate()
    .execute() as Promise<Row[]>

const insert = async (tx: Tx, viewer: Viewer, list: List, code: string, { label, note, from }: Said): Promise<void> => {
  await sql`
    insert into sharing_code (partnership_id, list, code, label, note, valid_from, position)
    select ${viewer.partnership}::uuid, ${list}::text, ${code}::text, ${label}::text, ${note}::text, ${from}::date,
      coalesce((select min(position) from sharing_code where partnership_id = ${viewer.partnership} and list = ${list} and code = ${code}),
        (select max(position) + 1 from sharing_code where partnership_id = ${viewer.partnership} and list = ${list}), 0)`.execute(
    tx,
  )
}

const at = <
  Q extends { where: (column: 'partnership_id' | 'list' | 'code' | 'valid_from', op: '=', value: string) => Q },
>(
  query: Q,
  { partnership }: Viewer,
  { list, code, valid_from }: Row,
): Q =>
  query
    .where('partnership_id', '=', partnership)
    .where('list', '=', list)
    .where('code', '=', code)
    .where('valid_from', '=', valid_from)

const setEnd = (tx: Tx, viewer: Viewer, row: Row, last: string) =>
  at(tx.updateTable('sharing_code').set({ valid_to: last }), viewer, row).execute()

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

const tell = (tx: Tx, viewer: Viewer, kind: string, list: List, code: string) =>
  record(tx, viewer, kind, { kind: 'partnership', id: viewer.partnership }, { list, code })
