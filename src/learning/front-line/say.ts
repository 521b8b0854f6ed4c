import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  newId,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { fewest } from './held-back.ts'
import { markOf, wordsKey } from './marks.ts'
import { weekOf } from './round.ts'

export type Said = {
  words: string
  theme: string
  level: string
  /** Nothing of who it was, their name, or their name and agency: their choice. */
  who: 'nobody' | 'name' | 'name and agency'
}

/**
 * Keeps what somebody says about practice. Who it was stands nowhere unless they chose their name: there is no event of
 * it, since an event says who and when. Eight people on a theme, and the chair may read it; who comes after waits until
 * eight more have spoken or the round closes, so that no single voice can be seen to come in.
 */
export const say = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { words, theme, level, who }: Said,
  { at, zone }: { at: Date; zone: string },
): Promise<'kept' | 'no round'> => {
  const { partnership, staff, agency } = viewer
  const round = await asProduct(tx, async () => {
    const open = await lockOpenRound(tx, partnership)
    if (!open) return undefined
    const key = await dataKeyOf(tx, keys, partnership, wordsKey(open))
    const id = newId()
    await tx
      .insertInto('front_line_voice')
      .values({
        partnership_id: partnership,
        id,
        round_id: open,
        theme,
        level,
        key_id: key.id,
        words_sealed: sealText(key, placeOf(id), words),
        account_id: who === 'nobody' ? null : staff,
        agency_id: who === 'name and agency' ? agency : null,
      })
      .execute()
    const mark = await markOf(tx, keys, viewer, open, theme)
    await tx
      .insertInto('front_line_heard')
      .values({ partnership_id: partnership, round_id: open, theme, mark, level })
      .onConflict((same) => same.columns(['partnership_id', 'round_id', 'theme', 'mark']).doUpdateSet({ waits: true }))
      .execute()
    await mix(tx, partnership, open, ['front_line_voice', 'front_line_heard'])
    await showIfEnough(tx, partnership, { round: open, theme }, weekOf(at, zone))
    return open
  })
  if (!round) return 'no round'
  if (who !== 'nobody') await record(tx, viewer, 'front line said with a name', { kind: 'front line round', id: round })
  return 'kept'
}

export const placeOf = (row: string) => ({ table: 'front_line_voice', column: 'words', row })

/** One after the other: of two who speak at once the second must see that it is the eighth. */
export const lockOpenRound = async (tx: Tx, partnership: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('front_line_round')
      .select('id')
      .where('partnership_id', '=', partnership)
      .where('closed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
  )?.id

/**
 * Writes the rows of a round anew in an order of chance, so that neither where a row lies nor which transaction wrote it
 * last says who came when. A round has hundreds of them, and a few milliseconds are cheap for that.
 */
export const mix = async (
  tx: Tx,
  partnership: string,
  round: string,
  tables: readonly ('front_line_voice' | 'front_line_heard' | 'front_line_answered')[],
): Promise<void> => {
  for (const table of tables)
    await sql`with all_of_it as (
        delete from ${sql.table(table)} where partnership_id = ${partnership} and round_id = ${round} returning *)
      insert into ${sql.table(table)} select * from all_of_it order by random()`.execute(tx)
}

const showIfEnough = async (
  tx: Tx,
  partnership: string,
  { round, theme }: { round: string; theme: string },
  week: string,
): Promise<void> => {
  const of = { partnership_id: partnership, round_id: round, theme }
  const { waiting } = await tx
    .selectFrom('front_line_heard')
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .where((where) => where.and({ ...of, waits: true }))
    .executeTakeFirstOrThrow()
  if (Number(waiting) < fewest) return
  await tx
    .insertInto('front_line_showing')
    .values({ ...of, week })
    .onConflict((same) => same.doNothing())
    .execute()
  await tx
    .updateTable('front_line_voice')
    .set({ shown: true })
    .where((where) => where.and(of))
    .execute()
  await tx
    .updateTable('front_line_heard')
    .set({ waits: false })
    .where((where) => where.and(of))
    .execute()
}
