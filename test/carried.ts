import { asProduct, localDate } from '../src/platform/index.ts'
import { subjectFacts } from '../src/subjects/index.ts'
import { answerTask } from '../src/support/transition/answer-task.ts'
import { makeTasks } from '../src/support/transition/make-tasks.ts'
import { nameOwner } from '../src/support/transition/name-owner.ts'
import { tasksOf } from '../src/support/transition/queries.ts'
import { sayCircumstances } from '../src/support/transition/say-circumstances.ts'
import type { TestHouse } from './house.ts'

/** Something of each kind around the eighteenth birthday of somebody whom Lena works with. @returns a task of theirs */
export const carried = (house: TestHouse, subject: string): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  const today = localDate(at, 'Europe/London')
  return house.seen(lena, async (tx) => {
    const facts = (await subjectFacts(tx, lena.partnership, subject))!
    await makeTasks(tx, lena.partnership, { subject, today, at })
    await sayCircumstances(tx, lena, facts, { shown: [], said: ['looked-after'] }, { at, today })
    const owner = { staff: lena.staff, agency: lena.agency }
    await nameOwner(tx, keys, lena, facts, { side: 'child', task: null, owner }, at)
    const [task] = await asProduct(tx, () => tasksOf(tx, keys, lena.partnership, subject))
    await answerTask(tx, keys, lena, facts, { task: task!, outcome: 'not needed', answer: null, words: 'W' }, at)
    return task!.id
  })
}
