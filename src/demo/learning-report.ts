import { z } from 'zod'
import told from '../../content/demo/learning-report.json' with { type: 'json' }
import {
  beginReport,
  commentOnReport,
  emptyReport,
  projectFacts,
  reportContent,
  writeReport,
} from '../learning/index.ts'
import { newId, type Tx } from '../platform/index.ts'
import type { Stage } from './stage.ts'

const moment = { by: z.string(), daysAgo: z.number(), field: z.string(), words: z.string() }
const story = z
  .strictObject({
    project: z.string(),
    title: z.string(),
    by: z.string(),
    begunDaysAgo: z.number(),
    content: reportContent.partial(),
    later: z.strictObject(moment),
    comment: z.strictObject(moment),
  })
  .parse(told)

/** The report of the demo's project while two people write it: begun with what the project knows, and not signed yet. */
export const playLearningReport = async (tx: Tx, { now, called, turnTo }: Stage): Promise<void> => {
  const as = async (by: string, daysAgo: number) => {
    const at = new Date(now.getTime() - daysAgo * 86_400_000)
    await turnTo(tx, called(by), at)
    return { viewer: called(by), at }
  }
  const begun = await as(story.by, story.begunDaysAgo)
  const { id: project } = await tx
    .selectFrom('support_project')
    .select('id')
    .where('name', '=', story.project)
    .executeTakeFirstOrThrow()
  const content = { ...emptyReport(), ...(await projectFacts(tx, begun.viewer, project)), ...story.content }
  const report = await beginReport(tx, begun.viewer, { project, title: story.title, content }, begun.at)
  const { field, words, ...later } = story.later
  const writes = await as(later.by, later.daysAgo)
  const typed = [{ field, words, read: [1] }]
  await writeReport(tx, writes.viewer, report, { sitting: newId(), typed, at: writes.at })
  const asks = await as(story.comment.by, story.comment.daysAgo)
  await commentOnReport(tx, asks.viewer, { report, field: story.comment.field, words: story.comment.words }, asks.at)
}
