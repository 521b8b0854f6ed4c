import { sql } from 'kysely'
import { z } from 'zod'
import told from '../content/demo/warwickshire.json' with { type: 'json' }
import { openPartnership, shippedPartnership } from './commands/partnership.ts'
import {
  answerCheck,
  askPartners,
  askReporter,
  channels,
  decide,
  decisionSchema,
  prioritise,
  report,
  reportSchema,
  take,
} from './concerns/index.ts'
import { playAdoption } from './demo/adoption.ts'
import { playContexts } from './demo/contexts.ts'
import { playFeeds } from './demo/feeds.ts'
import { playFrontLine } from './demo/front-line.ts'
import { playLearningReport } from './demo/learning-report.ts'
import { playLearning } from './demo/learning.ts'
import { playLibrary } from './demo/library.ts'
import { playPanels } from './demo/panels.ts'
import { playPeople } from './demo/people.ts'
import { agencies, calendarOf } from './partnership/index.ts'
import { become, inTransaction, roles, type StaffViewer, type Tx, type Viewer } from './platform/index.ts'
import { addAccount } from './staff/index.ts'
import type { House } from './web/index.ts'

const by = z.string()
const after = z.number().describe('Minutes since the concern came in')
const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('take'), by, after }),
  z.strictObject({
    act: z.literal('priority'),
    by,
    after,
    level: z.enum(['red', 'amber', 'green', 'blue']),
    why: z.string(),
  }),
  z.strictObject({ act: z.literal('ask'), by, after, words: z.string() }),
  z.strictObject({
    act: z.literal('checks'),
    by,
    after,
    agencies: z.array(z.string()),
    question: z.string(),
    reason: z.string(),
    answers: z.array(
      z.strictObject({ by, after, known: z.enum(['known', 'not known', 'cannot say']), answer: z.string() }),
    ),
  }),
  z.strictObject({ act: z.literal('decide'), by, after, decision: decisionSchema }),
])
const story = z.strictObject({
  people: z.array(
    z.strictObject({
      key: z.string(),
      agency: z.string(),
      email: z.string(),
      name: z.string(),
      jobTitle: z.string(),
      roles: z.array(z.enum(roles)),
    }),
  ),
  concerns: z.array(
    z.strictObject({
      hoursAgo: z.number(),
      channel: z.enum(channels),
      by: z.string().nullable(),
      report: reportSchema,
      then: z.array(act),
    }),
  ),
})
type Story = z.infer<typeof story>

/**
 * Fills an empty database with something to try: the partnership that ships with the product, invented people who work
 * there, and two weeks of invented concerns, told by the same verbs that the pages use. All of it or nothing: whoever
 * stopped it half-way finds an empty database again, and not a partnership without people.
 */
export const loadDemo = async (house: House): Promise<void> => {
  const { people, concerns } = story.parse(told)
  await inTransaction(house.db, async (tx) => {
    const partnership = await openPartnership(tx, shippedPartnership('warwickshire'), {
      isDefault: true,
      demo: true,
      now: house.now(),
    })
    await become(tx, { kind: 'system', partnership })
    const codes = new Map((await agencies(tx, partnership)).map(({ code, id }) => [code, id]))
    const agency = (code: string): string => codes.get(code) ?? fail(`the agency ${code}`)
    const staff = new Map<string, StaffViewer>()
    for (const person of people) staff.set(person.key, await enter(tx, partnership, agency(person.agency), person))
    const called = (key: string): StaffViewer => staff.get(key) ?? fail(key)
    for (const concern of concerns) await play(tx, house, { partnership, agency, called }, concern)
    const { zone } = await calendarOf(tx, partnership)
    const stage = { keys: house.keys, now: house.now(), zone, called, agency, turnTo }
    await playPeople(tx, stage)
    await playContexts(tx, stage)
    await playPanels(tx, stage)
    await playFeeds(tx, stage, partnership)
    await playFrontLine(tx, stage)
    await playLearning(tx, stage)
    await playLearningReport(tx, stage)
    await playLibrary(tx, stage, 'nell')
    await playAdoption(tx, stage)
  })
}

const fail = (what: string): never => {
  throw new Error(`The demo names ${what}, which it does not have.`)
}

const enter = async (
  tx: Tx,
  partnership: string,
  agency: string,
  person: Story['people'][number],
): Promise<StaffViewer> => {
  const { key: _, ...account } = person
  const id = await addAccount(tx, { kind: 'system', partnership }, { ...account, agency, demo: true })
  const frontDoor = account.roles.some((role) => role === 'duty' || role === 'manager')
  return { kind: 'staff', partnership, staff: id, agency, name: account.name, roles: account.roles, frontDoor }
}

type Cast = { partnership: string; agency: (code: string) => string; called: (key: string) => StaffViewer }

/** Plays one concern at the time it came in, and what happened next at its times. */
const play = async (tx: Tx, house: House, cast: Cast, concern: Story['concerns'][number]): Promise<void> => {
  const { keys } = house
  const came = new Date(house.now().getTime() - concern.hoursAgo * 3_600_000)
  const viewer: Viewer = concern.by ? cast.called(concern.by) : { kind: 'public', partnership: cast.partnership }
  await turnTo(tx, viewer, came)
  const sent = await report(tx, house.keys, viewer, concern.report, { channel: concern.channel, at: came })
  if (sent === 'already sent') return
  for (const step of concern.then) {
    const at = new Date(came.getTime() + step.after * 60_000)
    const worker = cast.called(step.by)
    await turnTo(tx, worker, at)
    if (step.act === 'take') await take(tx, worker, sent.concern, at)
    if (step.act === 'priority')
      await prioritise(tx, keys, worker, sent.concern, { level: step.level, why: step.why, at })
    if (step.act === 'ask') await askReporter(tx, keys, worker, sent.concern, step.words, at)
    if (step.act === 'decide')
      await decide(tx, keys, worker, sent.concern, { ...step.decision, told_confirmed: true }, { standing: null, at })
    if (step.act !== 'checks') continue
    const checks = await askPartners(tx, keys, worker, sent.concern, {
      ...step,
      agencies: step.agencies.map(cast.agency),
      at,
    })
    for (const [i, { by: who, after: minutes, ...answer }] of step.answers.entries()) {
      const answered = new Date(at.getTime() + minutes * 60_000)
      await turnTo(tx, cast.called(who), answered)
      await answerCheck(tx, keys, cast.called(who), checks[i]!, { ...answer, at: answered })
    }
  }
}

/** From here on the transaction is that viewer's, and its events bear that moment. */
const turnTo = async (tx: Tx, viewer: Viewer, at: Date): Promise<void> => {
  await become(tx, viewer)
  await sql`select set_config('trellis.at', ${at.toISOString()}, true)`.execute(tx)
}
