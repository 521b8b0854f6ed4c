import { newId } from '../src/platform/index.ts'
import { subjectFacts } from '../src/subjects/index.ts'
import { finishAssessment } from '../src/support/assessment/finish.ts'
import { assessmentFor } from '../src/support/assessment/queries.ts'
import { startAssessment } from '../src/support/assessment/start.ts'
import { readWritten, write } from '../src/support/writing/index.ts'
import type { Name } from './cast.ts'
import type { TestHouse } from './house.ts'

/** An assessment that is finished, and amended by two people at once since. @returns its id */
export const assessed = async (house: TestHouse, name: Name, subject: string): Promise<string> => {
  const viewer = house.as(name)
  const { keys } = house.house
  const at = house.clock.now
  const later = new Date(at.getTime() + 60_000)
  const about = (await house.seen(house.system, (tx) => subjectFacts(tx, viewer.partnership, subject)))!
  const id = await house.seen(viewer, (tx) => startAssessment(tx, keys, viewer, about, 'assessment', at))
  const assessment = await house.seen(house.system, (tx) => assessmentFor(tx, viewer.partnership, subject, id))
  const said = (texts: Record<string, string>, read: number[], on: Date) =>
    house.seen(viewer, (tx) => {
      const typed = Object.entries(texts).map(([field, words]) => ({ field, words, read }))
      return write(tx, keys, viewer, assessment, { sitting: newId(), typed, event: 'assessment written', at: on })
    })
  const judged = {
    level: 'emerging',
    confidence: 'low',
    reason: 'Seen once',
    unknowns: 'Whose car',
    review_on: '1/2/2027',
  }
  await said({ harm: `A bruise ${'a'.repeat(60)}`, harm_seen: 'injury\ndebt', ...judged }, [], at)
  const written = await house.seen(house.system, (tx) => readWritten(tx, keys, viewer.partnership, id))
  const all = { written, entry: 'Assessment finished', at, today: '2026-11-23' }
  await house.seen(viewer, (tx) => finishAssessment(tx, keys, viewer, assessment, all))
  await said({ harm: 'She put herself at risk' }, [1], later)
  await said({ harm: 'Two bruises' }, [1], later)
  return id
}
