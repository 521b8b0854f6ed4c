import { subjectFacts } from '../src/subjects/index.ts'
import { raiseDispute, sayOfDispute } from '../src/support/boundary/raise.ts'
import { registerThreshold } from '../src/support/thresholds/register.ts'
import type { TestHouse } from './house.ts'

/** A test that was not met for somebody whom Lena works with, and agencies that do not agree about them. @returns the dispute */
export const notAgreed = (house: TestHouse, subject: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  const housing = house.cast.agencies['housing']!
  return house.seen(lena, async (tx) => {
    const facts = (await subjectFacts(tx, lena.partnership, subject))!
    const notMet = { test: 's17', agency: housing, decided_on: '2026-11-20', exploitation: null, why: 'W' }
    await registerThreshold(tx, keys, lena, facts, { ...notMet, offer: 'youth-work', offered: 'O' }, at)
    const holder = { staff: lena.staff, agency: lena.agency }
    const raised = { about: 'area', other: housing, words: 'W', otherWords: 'O', holder, answer_by: '2026-12-01' }
    const dispute = await raiseDispute(tx, keys, lena, { person: facts }, raised, at)
    await sayOfDispute(tx, keys, lena, { dispute, step: 'said', words: 'W' }, at)
    return dispute
  })
}
