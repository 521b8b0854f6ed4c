import { sql } from 'kysely'
import { asProduct, dataKeys, openText, type Keys, type Tx } from '../../platform/index.ts'
import { placeOf } from './say.ts'

export type Shown = { round_id: string; theme: string; week: string; voices: number }

/** Themes that may be read, by round, with how many things were said on each. A theme that waits is not among them. */
export const shownThemes = async (tx: Tx, partnership: string): Promise<Shown[]> => {
  const { rows } = await asProduct(tx, () =>
    sql<Shown>`
      select s.round_id, s.theme, s.week::text as week, count(v.id)::int as voices
      from front_line_showing s
      join front_line_voice v on v.partnership_id = s.partnership_id and v.round_id = s.round_id and v.theme = s.theme and v.shown
      where s.partnership_id = ${partnership}
      group by s.round_id, s.theme, s.week
      order by s.week, s.theme`.execute(tx),
  )
  return rows
}

export type Voice = {
  id: string
  words: string
  level: string | null
  account_id: string | null
  agency_id: string | null
}

/** What was said on a theme, in no order that means anything. For the chair: to anybody else the database shows nothing. */
export const voicesOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { round, theme }: { round: string; theme: string },
): Promise<Voice[]> => {
  const rows = await tx
    .selectFrom('front_line_voice')
    .select(['id', 'level', 'account_id', 'agency_id', 'key_id', 'words_sealed'])
    .where('partnership_id', '=', partnership)
    .where('round_id', '=', round)
    .where('theme', '=', theme)
    .orderBy('id')
    .execute()
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ key_id, words_sealed, ...voice }) => {
    const key = opened.get(key_id)
    return key ? [{ ...voice, words: openText(key, placeOf(voice.id), words_sealed) }] : []
  })
}
