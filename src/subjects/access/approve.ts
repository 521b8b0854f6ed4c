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
import { preparers, type Reviewed } from './review.ts'
import { say, type AccessRequest } from './request.ts'
import { decideByRight, type AtHolder } from './right.ts'

/** What the pack is made of now. Any new entry or decision makes another edition, and an approval is of one edition. */
export const editionOf = (items: readonly Reviewed[]): string =>
  createHash('sha256')
    .update(
      items
        .map(({ id, decision }) => `${id} ${decision?.number ?? 0}`)
        .sort()
        .join('\n'),
    )
    .digest('base64url')

export type Answer = {
  number: number
  outcome: 'approved' | 'sent back'
  edition: string
  words: string
  answered_by: string
  answered_at: Date
}

/** What second people said of this request, the latest last. */
export const answersTo = (tx: Tx, keys: Keys, { viewer }: AtHolder, request: AccessRequest): Promise<Answer[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Omit<Answer, 'words'> & { words_sealed: Buffer; key_id: string }>`
      select number, outcome, edition, words_sealed, key_id, answered_by, answered_at from access_answer
      where partnership_id = ${viewer.partnership} and request_id = ${request.id} order by number`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ words_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      if (!key) return []
      return [{ ...row, words: openText(key, placeOf(request, row.number), words_sealed) }]
    })
  })

const placeOf = (request: AccessRequest, number: number) => ({
  table: 'access_answer',
  column: 'words',
  row: `${request.id} ${number}`,
})

/** `changed`: it was approved, and something was added or decided otherwise since. */
export type Standing = 'being prepared' | 'waits for a second' | 'sent back' | 'approved' | 'changed'

export const standingOf = (items: readonly Reviewed[], answers: readonly Answer[]): Standing => {
  const edition = editionOf(items)
  const last = answers.at(-1)
  if (last?.outcome === 'approved' && last.edition === edition) return 'approved'
  if (last?.outcome === 'sent back' && last.edition === edition) return 'sent back'
  if (last?.outcome === 'approved') return 'changed'
  return items.every(({ decision }) => decision) ? 'waits for a second' : 'being prepared'
}

export type Refused = 'identity' | 'undecided' | 'own work' | 'sealed'

/** Why this viewer may not be the second person for the pack as it stands; undefined where they may. */
export const whyNotSecond = async (
  tx: Tx,
  at: AtHolder,
  request: AccessRequest,
  items: readonly Reviewed[],
): Promise<Refused | undefined> => {
  if (!request.identity_how) return 'identity'
  if (!items.every(({ decision }) => decision)) return 'undecided'
  const prepared = await preparers(tx, at, request)
  const reasons = items.flatMap(({ decision, resource }) => {
    if (decision?.outcome !== 'release' || !resource) return []
    const told = decideByRight(at, 'export', resource, !prepared.has(at.viewer.staff))
    return told.effect === 'deny' ? [told.reason] : []
  })
  // With nothing to release, the four eyes are still on what is withheld.
  if (reasons.includes('FOUR_EYES') || prepared.has(at.viewer.staff)) return 'own work'
  return reasons.length > 0 ? 'sealed' : undefined
}

type Said = { outcome: Answer['outcome']; words: string; edition: string }
/** The second person's word on the whole: one of two different people, always. */
export const answerPack = (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  request: AccessRequest,
  items: readonly Reviewed[],
  { outcome, words, edition }: Said,
): Promise<'answered' | 'changed meanwhile' | Refused> =>
  inTransaction(tx, async (inner) => {
    if (edition !== editionOf(items)) return 'changed meanwhile'
    const refused = await whyNotSecond(inner, at, request, items)
    if (refused) return refused
    const { viewer, now } = at
    return asProduct(inner, async () => {
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: at.subject.id })
      const { rows } = await sql<{
        number: number
      }>`select coalesce(max(number), 0)::int + 1 as number from access_answer
        where partnership_id = ${viewer.partnership} and request_id = ${request.id}`.execute(inner)
      const number = rows[0]!.number
      const made = await inner
        .insertInto('access_answer')
        .values({
          partnership_id: viewer.partnership,
          request_id: request.id,
          number,
          agency_id: request.agency_id,
          outcome,
          edition,
          words_sealed: sealText(key, placeOf(request, number), words),
          key_id: key.id,
          answered_by: viewer.staff,
          answered_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) return 'changed meanwhile'
      await say(inner, at, outcome === 'approved' ? 'access pack approved' : 'access pack sent back', request.id)
      return 'answered'
    })
  })
