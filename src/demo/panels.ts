import { z } from 'zod'
import told from '../../content/demo/panels.json' with { type: 'json' }
import { listBodies } from '../partnership/index.ts'
import { localDate, type Tx } from '../platform/index.ts'
import { describedContexts, identitiesOf, meetingFor, subjectsAfter } from '../subjects/index.ts'
import {
  addItem,
  askAgency,
  callSitting,
  decideAt,
  dueKinds,
  hows,
  minuteFields,
  partsSaid,
  planParts,
  sayPart,
  sittingFor,
  sittingKinds,
  writeMinutes,
} from '../support/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const words = z.string()
const action = z.strictObject({ part: z.enum(planParts), words, owner: by, dueInDays: z.number() })
const item = z.strictObject({
  who: z.string(),
  why: z.array(z.enum(dueKinds)),
  reason: words,
  minutes: z.partialRecord(z.enum(minuteFields), z.string()),
  decisions: z.array(z.strictObject({ words, why: words, action: action.optional() })),
  part: z.array(z.strictObject({ said: z.enum(partsSaid), how: z.enum(hows), daysAgo: z.number(), words })),
})
/** Panels as they came about: one that sits now, and one to come. */
const stories = z.array(
  z.strictObject({
    by,
    calledDaysAgo: z.number(),
    hoursFromNow: z.number(),
    kind: z.enum(sittingKinds),
    board: z.string(),
    purpose: z.string(),
    basis: z.string(),
    place: words,
    asked: z.array(z.string()),
    items: z.array(item),
  }),
)

const hour = 3_600_000
const day = 24 * hour

export const playPanels = async (tx: Tx, stage: Stage): Promise<void> => {
  for (const story of stories.parse(told)) await playPanel(tx, stage, story)
}

const playPanel = async (tx: Tx, stage: Stage, story: z.output<typeof stories>[number]): Promise<void> => {
  const { now, zone, called, turnTo } = stage
  const viewer = called(story.by)
  const { partnership } = viewer
  const at = new Date(now.getTime() - story.calledDaysAgo * day)
  await turnTo(tx, viewer, at)
  const boards = await listBodies(tx, partnership, localDate(now, zone))
  const starts_at = new Date(Math.floor(now.getTime() / hour) * hour + story.hoursFromNow * hour)
  const { kind, purpose, basis, place } = story
  const calling = {
    kind,
    purpose,
    basis,
    condition: '',
    place,
    starts_at,
    ends_at: new Date(starts_at.getTime() + 2 * hour),
  }
  const body = boards.find(({ name }) => name === story.board)?.id ?? null
  const id = await callSitting(tx, viewer, { ...calling, body }, { at, zone })
  const sitting = await sittingFor(tx, partnership, id)
  for (const code of story.asked)
    await askAgency(tx, viewer, sitting, { agency: stage.agency(code), rule: 'circle' }, at)
  const ids = await idsByName(tx, stage, partnership)
  for (const one of story.items) {
    const subject = ids.get(one.who)
    if (subject) await playItem(tx, stage, { by: story.by, sitting, subject, at }, one)
  }
}

type Subject = { id: string; adult_from: string | null }
type On = { by: string; sitting: Awaited<ReturnType<typeof sittingFor>>; subject: Subject; at: Date }

const playItem = async (
  tx: Tx,
  stage: Stage,
  { by: who, sitting, subject, at }: On,
  { why, reason, minutes, decisions, part }: z.output<typeof item>,
): Promise<void> => {
  const { keys, now, zone, called, turnTo } = stage
  const viewer = called(who)
  const added = await addItem(tx, keys, viewer, { sitting, subject }, { why, reason, handling: 0 }, at)
  if (added === 'on already') return
  // What a meeting is read for is asked of the agreement on screen; the demo is played by the product, which sees it.
  await turnTo(tx, { kind: 'system', partnership: viewer.partnership }, now)
  const meeting = await meetingFor(tx, keys, viewer.partnership, { subject: subject.id, id: added.meeting })
  await turnTo(tx, viewer, now)
  await writeMinutes(tx, keys, viewer, { meeting, subject }, minutes, now)
  for (const { action: todo, ...decision } of decisions) {
    const due_on = todo && localDate(new Date(now.getTime() + todo.dueInDays * day), zone)
    const owner = todo && { staff: called(todo.owner).staff, agency: called(todo.owner).agency }
    const plan = todo && { part: todo.part, goal: null, words: todo.words, owner: owner!, due_on: due_on! }
    await decideAt(tx, keys, viewer, { meeting, subject }, { ...decision, todo: plan && { plan } }, now)
  }
  for (const { daysAgo, ...said } of part) {
    const then = new Date(now.getTime() - daysAgo * day)
    await turnTo(tx, viewer, then)
    await sayPart(tx, keys, viewer, meeting, { ...said, on_day: localDate(then, zone) }, then)
  }
}

/** Everybody in these stories, by name; read as the product. */
const idsByName = async (tx: Tx, { keys, now, turnTo }: Stage, partnership: string): Promise<Map<string, Subject>> => {
  await turnTo(tx, { kind: 'system', partnership }, now)
  const all = await subjectsAfter(tx, partnership)
  const facts = await tx.selectFrom('subject').select(['id', 'adult_from']).where('id', 'in', all).execute()
  const subjects = new Map(facts.map((one) => [one.id, one]))
  const named = await identitiesOf(tx, keys, partnership, all)
  const places = [...(await describedContexts(tx, keys, partnership, all)).values()]
  return new Map([...named, ...places].map(({ name, subject_id }) => [name, subjects.get(subject_id)!]))
}
