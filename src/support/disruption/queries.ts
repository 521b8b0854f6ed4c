import { sql } from 'kysely'
import { isId, NotFound, type Keys, type Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import type { Disruption, Taken } from './disruption.ts'

type Sealed<T, C extends string> = Omit<T, C> & { key_id: string } & Record<`${C}_sealed`, Buffer | null>
const words = ['aim', 'grounds', 'applied_by'] as const

/** What is done to stop whoever does the harm, of what this viewer may see, the newest first; or one of it. */
export const disruptionsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  only?: string,
): Promise<Disruption[]> => {
  const { rows } = await sql<Sealed<Disruption, (typeof words)[number]>>`
    select id, tool, aim_sealed, grounds_sealed, applied_by_sealed, key_id, entered_by, entered_at
    from disruption where partnership_id = ${partnership} and subject_id = ${subject}
      and (${only === undefined} or id = ${only && isId(only) ? only : null}::uuid)
    order by entered_at desc, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'disruption', columns: words }, rows)
}

/** One of this person. @throws {NotFound} */
export const disruptionFor = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  id: string | undefined,
): Promise<Disruption> => {
  const [found] = await disruptionsOf(tx, keys, partnership, subject, id ?? '')
  if (!found) throw new NotFound()
  return found
}

const taken = ['words', 'view', 'unheard', 'harmed', 'criminalise'] as const
type TakenRow = Omit<Taken, (typeof taken)[number] | 'criminalise_why'> & {
  key_id: string
  answer: Taken['criminalise']
} & Record<`${(typeof taken)[number]}_sealed`, Buffer | null>

/** Every step of it, the first first. */
export const stepsOf = async (tx: Tx, keys: Keys, partnership: string, disruption: string): Promise<Taken[]> => {
  const { rows } = await sql<TakenRow>`
    select id, step, on_date::text as on_date, until_on::text as until_on, words_sealed, view_sealed, unheard_sealed,
      harmed_sealed, criminalise as answer, criminalise_sealed, key_id
    from disruption_step where partnership_id = ${partnership} and disruption_id = ${disruption}
    order by entered_at, id`.execute(tx)
  const opened = await openRows(tx, keys, partnership, { table: 'disruption_step', columns: taken }, rows)
  // The answer is a code; how it is known is the sealed column of that name.
  return opened.map(({ answer, criminalise, ...row }) => ({
    ...row,
    criminalise: answer,
    criminalise_why: criminalise,
  }))
}
