import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import type { SubjectFacts } from '../subjects/index.ts'
import { answerTask, nameOwner, sayCircumstances, transitionSides, transitionTasks } from '../support/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const daysAgo = z.number()
/** What was done for somebody around their eighteenth birthday. */
export const eighteenStory = z.strictObject({
  by,
  daysAgo,
  so: z.array(z.string()),
  owners: z.array(
    z.strictObject({
      side: z.enum(transitionSides),
      /** Only this; without it everything around 18. */
      task: z.string().optional(),
      owner: z.union([by, z.strictObject({ name: z.string(), agency: z.string() })]),
    }),
  ),
  tasks: z.array(
    z.strictObject({ by, daysAgo, code: z.string(), outcome: z.enum(['done', 'not needed']), words: z.string() }),
  ),
})

export const playEighteen = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { so, owners, tasks, ...first }: z.output<typeof eighteenStory>,
): Promise<void> => {
  const { keys, called } = stage
  const act = async (one: { by: string; daysAgo: number }) => {
    const at = new Date(stage.now.getTime() - one.daysAgo * 86_400_000)
    await stage.turnTo(tx, called(one.by), at)
    return { viewer: called(one.by), at }
  }
  const { viewer, at } = await act(first)
  const today = localDate(at, stage.zone)
  await sayCircumstances(tx, viewer, subject, { shown: [], said: so }, { at, today })
  const made = await transitionTasks(tx, viewer.partnership, subject.id)
  const asked = (code: string) => {
    const task = made.find((one) => one.code === code)
    if (!task) throw new Error(`The demo speaks of ${code} around 18, which is not asked.`)
    return task
  }
  for (const { side, owner, task } of owners) {
    const who =
      typeof owner === 'string'
        ? { staff: called(owner).staff, agency: called(owner).agency }
        : { staff: null, name: owner.name, agency: stage.agency(owner.agency) }
    await nameOwner(tx, keys, viewer, subject, { side, task: task ? asked(task).id : null, owner: who }, at)
  }
  for (const { code, outcome, words, ...one } of tasks) {
    const acted = await act(one)
    await answerTask(tx, keys, acted.viewer, subject, { task: asked(code), outcome, words, answer: null }, acted.at)
  }
}
