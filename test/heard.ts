import { answerQuestions } from '../src/learning/front-line/answer-questions.ts'
import { answerThemes, tellOutcome } from '../src/learning/front-line/answer.ts'
import { closeRound } from '../src/learning/front-line/close-round.ts'
import { statementCodes } from '../src/learning/front-line/codes.ts'
import { openRound, startRound } from '../src/learning/front-line/round.ts'
import { say } from '../src/learning/front-line/say.ts'
import { newId, type StaffViewer } from '../src/platform/index.ts'
import type { TestHouse } from './house.ts'

/** One more member of staff than the cast has. */
export const somebodyElse = (house: TestHouse): StaffViewer => ({ ...house.as('saul'), staff: newId() })

/** So many people of each level give this answer to every question of the round that is open. */
export const answersFrom = async (house: TestHouse, people: Record<string, Record<string, number>>): Promise<void> => {
  for (const [level, given] of Object.entries(people))
    for (const [answer, many] of Object.entries(given))
      for (let n = 0; n < many; n++) {
        const viewer = somebodyElse(house)
        const answers = Object.fromEntries(statementCodes.map((code) => [code, answer]))
        await house.seen(viewer, (tx) => answerQuestions(tx, house.house.keys, viewer, { level, answers }))
      }
}

/** Eight people speak on the theme 'time' of a round, and each answers the questions. */
export const eightSpeak = async (house: TestHouse, chair: StaffViewer): Promise<{ round: string; theme: string }> => {
  const { keys } = house.house
  const at = house.clock.now
  await house.seen(chair, (tx) => startRound(tx, keys, chair, at))
  for (let n = 0; n < 8; n++) {
    const viewer = somebodyElse(house)
    const said = {
      words: 'Time. '.repeat(20) + 'a'.repeat(60),
      theme: 'time',
      level: 'front-line',
      who: 'nobody',
    } as const
    await house.seen(viewer, (tx) => say(tx, keys, viewer, said, { at, zone: 'Europe/London' }))
  }
  const { id } = (await house.seen(chair, (tx) => openRound(tx, chair.partnership)))!
  return { round: id, theme: 'time' }
}

/** A closed round with numbers of every kind, its answer with what became of it, and another round that is open. */
export const heardAndAnswered = async (house: TestHouse, chair: StaffViewer) => {
  const { round, theme } = await eightSpeak(house, chair)
  const at = house.clock.now
  await answersFrom(house, {
    'front-line': { agree: 9, disagree: 20 },
    senior: { agree: 6, partly: 2 },
    executive: { agree: 12 },
  })
  return house.seen(chair, async (tx) => {
    const words = { said: `S ${'a'.repeat(60)}`, will: 'W', owner: 'O', by_on: '2026-11-20' }
    const answer = await answerThemes(tx, chair, { ...words, themes: [{ round, theme }] }, at)
    await tellOutcome(tx, chair, answer, { became: 'under way', words: 'U' }, at)
    await closeRound(tx, chair, round, at)
    await startRound(tx, house.house.keys, chair, at)
    const open = (await openRound(tx, chair.partnership))!.id
    return { round, theme, answer, open }
  })
}
