import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'
import type { lists } from './file.ts'

export type List = (typeof lists)[number]
export type Code = {
  list: List
  code: string
  label: string
  note: string
  valid_from: string
  valid_to: string | null
  checked: boolean
  /** Whether its first day has come. */
  begun: boolean
}

/** Every row of the code lists, ended ones too, in their order. */
export const codesOf = (tx: Tx, partnership: string): Promise<Code[]> =>
  tx
    .selectFrom('sharing_code')
    .select(['list', 'code', 'label', 'note', 'valid_from', 'valid_to', 'checked'])
    .select(sql<boolean>`valid_from <= (select viewer_today())`.as('begun'))
    .where('partnership_id', '=', partnership)
    .orderBy('position')
    .orderBy('valid_from')
    .execute() as Promise<Code[]>

/** What of a list may be chosen on a day, or is about to begin. */
export const choicesOf = (codes: readonly Code[], list: List, today: string): Code[] =>
  codes.filter((one) => one.list === list && (one.valid_to === null || one.valid_to >= today))

/** Why a code may not be used on a day: the list never had it, it has ended, or it has not begun. */
export const codeProblem = (
  codes: readonly Code[],
  list: List,
  code: string,
  today: string,
): { say: 'unknown' } | { say: 'ended' | 'later'; label: string; day: string } | undefined => {
  const rows = codes.filter((one) => one.list === list && one.code === code)
  if (rows.some(({ valid_from, valid_to }) => valid_from <= today && (valid_to === null || valid_to >= today))) return
  const later = rows.find(({ valid_from }) => valid_from > today)
  if (later) return { say: 'later', label: later.label, day: later.valid_from }
  const ended = rows.at(-1)
  return ended ? { say: 'ended', label: ended.label, day: ended.valid_to! } : { say: 'unknown' }
}

/** The row that speaks of a code today: the latest that has begun, or the first of those that are still to come. */
export const rowOf = (codes: readonly Code[], list: List, code: string): Code | undefined => {
  const rows = codes.filter((one) => one.list === list && one.code === code)
  return rows.findLast(({ begun }) => begun) ?? rows[0]
}

/** The words for a code on this day; the code itself where the list does not have it. */
export const labelOf = (codes: readonly Code[], list: List, code: string): string =>
  rowOf(codes, list, code)?.label ?? code
