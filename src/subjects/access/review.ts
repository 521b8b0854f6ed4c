import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  inTransaction,
  openText,
  sealText,
  type Keys,
  type Tx,
} from '../../platform/index.ts'
import type { Items } from './items.ts'
import { say, type AccessRequest } from './request.ts'
import type { AtHolder } from './right.ts'
import type { Item } from './sought.ts'
import { thirdParties, type Found } from './third-parties.ts'

/** Reasons of the Data Protection Act 2018 to withhold a whole item: schedule 2 paragraphs 16, 2 and 19, and schedule 3. */
export const exemptions = [
  'third party',
  'crime',
  'privilege',
  'health harm',
  'social work harm',
  'education harm',
  'child abuse',
] as const
export type Exemption = (typeof exemptions)[number]

/** A stretch of text that somebody looked at, and what they said of it. */
export type Span = Found & { hide: boolean }
export type Decision = {
  item_id: string
  number: number
  outcome: 'release' | 'withhold'
  exemption: Exemption | null
  spans: Span[]
  why: string
  decided_by: string
  decided_at: Date
}
/** An item with the decision that counts for it, if it still fits, and what else in it should be looked at. */
export type Reviewed = Item & { decision: Decision | undefined; proposed: Found[]; hidden: boolean }

/** All items with their decisions, as they stand. */
export const reviewedItems = async (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  request: AccessRequest,
  { items, known }: Items,
): Promise<Reviewed[]> => {
  const decisions = await decisionsOf(tx, keys, at, request)
  const others = othersNamed(items, known, decisions)
  return items.map((item): Reviewed => {
    const kept = decisions.get(item.id)
    // Words that are not what was reviewed have not been reviewed.
    const decision = kept && (item.text === null || kept.read === readOf(item.text)) ? kept : undefined
    const proposed = item.text === null || item.kind === 'supplier' ? [] : thirdParties(item.text, { ...known, others })
    return { ...item, decision, proposed, hidden: item.text === null }
  })
}

/** Names found or hidden anywhere on the record, so that they are looked for everywhere on it. */
const othersNamed = (items: readonly Item[], known: Items['known'], decisions: ReadonlyMap<string, Kept>): string[] => {
  const names = items.flatMap(({ id, text, kind }) => {
    if (text === null || kind === 'supplier') return []
    const hidden = (decisions.get(id)?.spans ?? []).filter(({ hide }) => hide)
    return [...thirdParties(text, known).filter(({ kind: found }) => found === 'name'), ...hidden].map(({ from, to }) =>
      text.slice(from, to),
    )
  })
  return [...new Set(names)]
}

type Kept = Decision & { read: string }
type Sealed = { read: string; spans: Span[] }
const readOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

const decisionsOf = (tx: Tx, keys: Keys, { viewer }: AtHolder, request: AccessRequest): Promise<Map<string, Kept>> =>
  asProduct(tx, async () => {
    const { rows } = await sql<
      Omit<Kept, 'spans' | 'why' | 'read'> & { spans_sealed: Buffer; why_sealed: Buffer; key_id: string }
    >`select distinct on (item_id) item_id, number, outcome, exemption, spans_sealed, why_sealed, key_id, decided_by, decided_at
      from access_decision where partnership_id = ${viewer.partnership} and request_id = ${request.id}
      order by item_id, number desc`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    return new Map(
      rows.flatMap(({ spans_sealed, why_sealed, key_id, ...row }) => {
        const key = opened.get(key_id)
        if (!key) return []
        const open = (column: string, sealed: Buffer): string =>
          openText(key, { table: 'access_decision', column, row: rowOf(request, row) }, sealed)
        const { read, spans } = JSON.parse(open('spans', spans_sealed)) as Sealed
        return [[row.item_id, { ...row, read, spans, why: open('why', why_sealed) }] as const]
      }),
    )
  })

/** A decision has no id of its own: what it is of, and its number, bind its words. */
const rowOf = (request: AccessRequest, { item_id, number }: { item_id: string; number: number }): string =>
  `${request.id} ${item_id} ${number}`

/** Everybody who decided on any item of a request, however long ago: none of them is its second person. */
export const preparers = (tx: Tx, { viewer }: AtHolder, request: AccessRequest): Promise<Set<string>> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ decided_by: string }>`select distinct decided_by from access_decision
      where partnership_id = ${viewer.partnership} and request_id = ${request.id}`.execute(tx)
    return new Set(rows.map(({ decided_by }) => decided_by))
  })

export type Decided = Pick<Decision, 'outcome' | 'exemption' | 'spans' | 'why'> & {
  /** The number of the decision that was on the screen, 0 where there was none. */
  seen: number
}
/**
 * Decides what becomes of an item. Nothing is changed: a new decision stands over the earlier ones.
 * @returns 'changed meanwhile' where somebody else decided since the page was opened
 */
export const decideItem = (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  request: AccessRequest,
  item: Item,
  { seen, outcome, exemption, spans, why }: Decided,
): Promise<'decided' | 'changed meanwhile'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer, now } = at
      const number = seen + 1
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: at.subject.id })
      const seal = (column: string, text: string): Buffer =>
        sealText(key, { table: 'access_decision', column, row: rowOf(request, { item_id: item.id, number }) }, text)
      const sealed: Sealed = { read: item.text === null ? '' : readOf(item.text), spans }
      const newer = await sql`select from access_decision where partnership_id = ${viewer.partnership}
        and request_id = ${request.id} and item_id = ${item.id} and number > ${seen}`.execute(inner)
      if (newer.rows.length > 0) return 'changed meanwhile'
      const made = await inner
        .insertInto('access_decision')
        .values({
          partnership_id: viewer.partnership,
          request_id: request.id,
          item_kind: item.kind,
          item_id: item.id,
          number,
          agency_id: request.agency_id,
          outcome,
          exemption,
          spans_sealed: seal('spans', JSON.stringify(sealed)),
          why_sealed: seal('why', why),
          key_id: key.id,
          decided_by: viewer.staff,
          decided_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) return 'changed meanwhile'
      await say(inner, at, 'access item decided', request.id, { item: item.id, outcome })
      return 'decided'
    }),
  )
