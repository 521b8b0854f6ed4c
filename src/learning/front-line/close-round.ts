import { asProduct, destroyDataKey, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { answerCodes, levelCodes } from './codes.ts'
import { fewest, groupsOf, heldBack } from './held-back.ts'
import { marksKey } from './marks.ts'
import { needChair } from './round.ts'
import { lockOpenRound, mix } from './say.ts'

/**
 * Ends a round for good. What may be told of the numbers is worked out once and kept, and the numbers go; themes on which
 * fewer than eight people spoke go unread; the marks go, and the key that made them.
 */
export const closeRound = async (
  tx: Tx,
  viewer: StaffViewer,
  round: string,
  at: Date,
): Promise<'closed' | 'already closed'> => {
  needChair(viewer)
  const { partnership } = viewer
  const done = await asProduct(tx, async () => {
    if ((await lockOpenRound(tx, partnership)) !== round) return false
    await keepResults(tx, partnership, round)
    await keepVoices(tx, partnership, round)
    const of = { partnership_id: partnership, round_id: round }
    await tx
      .deleteFrom('front_line_tally')
      .where((where) => where.and(of))
      .execute()
    await tx
      .deleteFrom('front_line_answered')
      .where((where) => where.and(of))
      .execute()
    await tx
      .deleteFrom('front_line_heard')
      .where((where) => where.and(of))
      .execute()
    await tx
      .updateTable('front_line_round')
      .set({ closed_by: viewer.staff, closed_at: at })
      .where('partnership_id', '=', partnership)
      .where('id', '=', round)
      .execute()
    return true
  })
  if (!done) return 'already closed'
  await destroyDataKey(tx, viewer, marksKey(round), 'round closed')
  await record(tx, viewer, 'front line round closed', { kind: 'front line round', id: round })
  return 'closed'
}

const keepResults = async (tx: Tx, partnership: string, round: string): Promise<void> => {
  const tally = await tx
    .selectFrom('front_line_tally')
    .select(['statement', 'level', 'answer', 'people'])
    .where('partnership_id', '=', partnership)
    .where('round_id', '=', round)
    .execute()
  const statements = [...new Set(tally.map(({ statement }) => statement))]
  const people = (levels: readonly string[], statement: string, answer?: string): number =>
    tally
      .filter((one) => one.statement === statement && levels.includes(one.level))
      .filter((one) => answer === undefined || one.answer === answer)
      .reduce((sum, one) => sum + one.people, 0)
  // Everybody answers every statement, so any of them says how many there are of each level.
  const counts = levelCodes.map((code) => ({ code, count: people([code], statements[0] ?? '') }))
  const rows = groupsOf(counts).flatMap((levels) =>
    statements.flatMap((statement) => {
      const told = heldBack(answerCodes.map((answer) => people(levels, statement, answer)))
      return answerCodes.map((answer, i) => ({
        partnership_id: partnership,
        round_id: round,
        statement,
        levels: levels.join('+'),
        answer,
        ...told[i]!,
        people: people(levels, statement),
      }))
    }),
  )
  if (rows.length > 0) await tx.insertInto('front_line_result').values(rows).execute()
}

const keepVoices = async (tx: Tx, partnership: string, round: string): Promise<void> => {
  const of = { partnership_id: partnership, round_id: round }
  const showing = await tx
    .selectFrom('front_line_showing')
    .select('theme')
    .where((where) => where.and(of))
    .execute()
  for (const { theme } of showing) await nameGroups(tx, { ...of, theme })
  await tx
    .deleteFrom('front_line_voice')
    .where((where) => where.and({ ...of, shown: false }))
    .execute()
  await mix(tx, partnership, round, ['front_line_voice'])
}

/**
 * Beside a voice stands the group of levels that it comes from, where the theme has two such groups or more and every voice
 * is in one: a single voice without a group would be of a level that has few. Else nothing stands there.
 */
const nameGroups = async (tx: Tx, of: { partnership_id: string; round_id: string; theme: string }): Promise<void> => {
  const levelsIn = async (table: 'front_line_heard' | 'front_line_voice') =>
    (
      await tx
        .selectFrom(table)
        .select('level')
        .where((where) => where.and(of))
        .execute()
    ).map(({ level }) => level)
  const heard = await levelsIn('front_line_heard')
  const counts = levelCodes.map((code) => ({ code, count: heard.filter((level) => level === code).length }))
  const groups = groupsOf(counts, fewest)
  const isWhole = (await levelsIn('front_line_voice')).every((level) => groups.flat().includes(level ?? ''))
  const voices = tx.updateTable('front_line_voice').where((where) => where.and(of))
  if (groups.length < 2 || !isWhole) {
    await voices.set({ shown: true, level: null }).execute()
    return
  }
  // From what was said to what is kept, group by group; a group's code is no level's, unless it is that level alone.
  for (const levels of groups)
    await voices
      .set({ shown: true, level: levels.join('+') })
      .where('level', 'in', levels)
      .execute()
}
