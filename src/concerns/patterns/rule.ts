import { z } from 'zod'
import shippedFile from '../../../content/patterns.json' with { type: 'json' }
import {
  dataKeyOf,
  dataKeys,
  hasRole,
  inTransaction,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { lookLater } from './look.ts'

export const patternCodes = ['same-plate', 'new-place', 'phone-of-missing'] as const
export type PatternCode = (typeof patternCodes)[number]

/**
 * A standing rule. `least`: agencies for the plate, concerns for the place, missing people for the phone. `before_days`:
 * how long nobody had named a place for it to be new. `signs`: which of the shared signs say that somebody goes missing.
 */
export type PatternRule = {
  code: PatternCode
  /** How often it was changed; 0 is the one that ships. */
  number: number
  on: boolean
  least: number
  days: number
  before_days: number | null
  signs: readonly string[]
}

const shipped = z
  .array(
    z.strictObject({
      code: z.enum(patternCodes),
      on: z.boolean(),
      least: z.number().int().min(2).max(50),
      days: z.number().int().min(1).max(365),
      before_days: z.number().int().min(1).max(3650).nullable().default(null),
      signs: z.array(z.string()).default([]),
    }),
  )
  .parse(shippedFile)

/** The rules as they stand, in the order in which they ship. */
export const patternRules = async (tx: Tx, partnership: string): Promise<PatternRule[]> => {
  const rows = await tx
    .selectFrom('pattern_rule')
    .select(['code', 'number', 'is_on', 'least', 'days', 'before_days'])
    .where('partnership_id', '=', partnership)
    .orderBy('number')
    .execute()
  const newest = new Map(rows.map((row) => [row.code, row]))
  return shipped.map((rule) => {
    const row = newest.get(rule.code)
    return row
      ? { ...rule, number: row.number, on: row.is_on, least: row.least, days: row.days, before_days: row.before_days }
      : { ...rule, number: 0 }
  })
}

export const patternRule = async (tx: Tx, partnership: string, code: string | undefined): Promise<PatternRule> => {
  const rule = (await patternRules(tx, partnership)).find((one) => one.code === code)
  if (!rule) throw new NotFound()
  return rule
}

const whyCell = (id: string) => ({ table: 'pattern_rule', column: 'why', row: id })

type Change = {
  /** The number of the rule that the viewer had before their eyes. */
  was: number
  on: boolean
  least: number
  days: number
  before_days: number | null
  why: string
  at: Date
}

/**
 * Switches or tunes a rule from now on; who did and why is kept. What it finds now is looked for at once.
 * @returns 'changed before' where somebody else was faster
 * @throws {NotFound} for anybody but a manager at the front door
 */
export const changeRule = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  code: PatternCode,
  { was, on, why, at, ...numbers }: Change,
): Promise<'changed' | 'changed before'> =>
  inTransaction(tx, async (inner) => {
    if (!viewer.frontDoor || !hasRole(viewer, 'manager')) throw new NotFound()
    const { partnership, staff, agency } = viewer
    if ((await patternRule(inner, partnership, code)).number !== was) return 'changed before'
    const id = newId()
    const key = await dataKeyOf(inner, keys, partnership, { kind: 'partnership', id: partnership })
    const made = await inner
      .insertInto('pattern_rule')
      .values({
        partnership_id: partnership,
        id,
        code,
        number: was + 1,
        is_on: on,
        ...numbers,
        agency_id: agency,
        changed_by: staff,
        changed_at: at,
        why_sealed: sealText(key, whyCell(id), why),
        key_id: key.id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return 'changed before'
    await record(inner, viewer, 'pattern rule changed', { kind: 'pattern rule', id }, { code, on, ...numbers })
    await lookLater(inner, viewer)
    return 'changed'
  })

/** Every change of a rule, the newest first, with the reasons. */
export const changesOf = async (tx: Tx, keys: Keys, partnership: string, code: string) => {
  const rows = await tx
    .selectFrom('pattern_rule')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('code', '=', code)
    .orderBy('number', 'desc')
    .limit(50)
    .execute()
  const open = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.map(({ why_sealed, key_id, ...row }) => {
    const key = open.get(key_id)
    return { ...row, on: row.is_on, why: key ? openText(key, whyCell(row.id), why_sealed) : '' }
  })
}
