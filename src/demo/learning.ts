import { z } from 'zod'
import told from '../../content/demo/learning.json' with { type: 'json' }
import {
  addAction,
  addLeader,
  addMember,
  agreeTo,
  contribute,
  finishAction,
  keepConversation,
  keepGroup,
  levels,
  lineKinds,
  moveOn,
  nameSponsor,
  noteDifference,
  openProject,
  planSession,
  projectStateOf,
  recordAgreement,
  sayChange,
  sayLine,
  settleDifference,
  writeAims,
  writeApplication,
  writeSpecification,
  type ProjectStage,
} from '../learning/index.ts'
import { areasNamed } from '../partnership/index.ts'
import { localDate, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Stage } from './stage.ts'

const words = z.string()
const daysAgo = z.number()
const said = z.strictObject({ daysAgo, aims: words, worries: words, constraints: words, strengths: words })
const session = z.strictObject({
  daysAgo,
  purpose: words,
  place: words,
  agenda: words,
  groups: z.array(
    z.strictObject({
      agency: z.string().optional(),
      level: z.enum(levels),
      area: z.string().optional(),
      invited: z.number(),
      came: z.number().optional(),
    }),
  ),
  lines: z.array(z.strictObject({ kind: z.enum(lineKinds), code: z.string(), words })),
  actions: z.array(
    z.strictObject({
      words,
      owner_name: words,
      agency: z.string(),
      dueInDays: z.number(),
      outcome: words.optional(),
    }),
  ),
})
const projects = z.array(
  z.strictObject({
    name: words,
    kind: z.string(),
    size: z.string(),
    programme: z.string(),
    owner: z.string(),
    openedDaysAgo: daysAgo,
    members: z.array(z.strictObject({ who: z.string(), part: z.enum(['contact', 'delivery', 'writer']) })),
    application: z.strictObject({
      daysAgo,
      applicant_name: words,
      applicant_role: words,
      agency: z.string(),
      reasons: words,
      hoped_for: words,
      region: words,
      areas: z.array(z.string()),
    }),
    agreements: z.array(z.strictObject({ agency: z.string(), name: words, role: words, daysAgo })),
    leaders: z.array(
      z.union([
        z.strictObject({ who: z.string(), role: words, said }),
        z.strictObject({ name: words, role: words, agency: z.string(), said }),
      ]),
    ),
    differences: z.array(z.strictObject({ words, settled: words })),
    aims: z.array(z.strictObject({ daysAgo, words, why: words, feedback: words })),
    specification: z.strictObject({
      daysAgo,
      methods: words,
      delivery_partners: words,
      startsDaysAgo: z.number(),
      endsInDays: z.number(),
    }),
    sponsors: z.array(z.strictObject({ leader: words, daysAgo })),
    /** Who said yes again, to the aims as they are now. */
    agreedAgain: z.array(z.strictObject({ leader: words, daysAgo })),
    deliveryDaysAgo: daysAgo,
    sessions: z.array(session),
    log: z.array(
      z.strictObject({
        daysAgo,
        invited: words,
        contributor: words,
        words,
        change: z.strictObject({ daysAgo, words, aims: z.number().optional(), session: words.optional() }).optional(),
      }),
    ),
  }),
)
type Told = z.output<typeof projects>[number]

/** One project of how the partnership works, as far as its delivery. Everybody in it is invented, and so is the programme. */
export const playLearning = async (tx: Tx, stage: Stage): Promise<void> => {
  for (const story of projects.parse(told)) await playProject(tx, stage, story)
}

type At = { id: string; viewer: StaffViewer; on: (daysAgo: number) => Promise<Date>; day: (daysAgo: number) => string }

const playProject = async (tx: Tx, stage: Stage, story: Told): Promise<void> => {
  const { now, zone, called, agency } = stage
  const viewer = called(story.owner)
  const then = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const day = (days: number) => localDate(then(days), zone)
  const on = async (days: number): Promise<Date> => {
    await stage.turnTo(tx, viewer, then(days))
    return then(days)
  }
  const { name, kind, size } = story
  const opened = await on(story.openedDaysAgo)
  const programme = agency(story.programme)
  const id = await openProject(tx, viewer, { name, kind, size, programme }, opened)
  const at: At = { id, viewer, on, day }
  for (const { who, part } of story.members)
    await addMember(tx, viewer, { id, programme_agency_id: programme }, { account: called(who).staff, part }, opened)
  await apply(tx, stage, at, story)
  await scope(tx, stage, at, story)
  await specify(tx, stage, at, story)
  for (const one of story.sessions) await hold(tx, stage, at, one)
  await enterLog(tx, at, story)
  await on(0)
}

/** Everything that the next stage asks for is there, or the story has a hole in it. */
const goOn = async (tx: Tx, { id, viewer, on, day }: At, from: ProjectStage, daysAgo: number): Promise<void> => {
  const outcome = await moveOn(tx, viewer, id, from, { at: await on(daysAgo), today: day(daysAgo) })
  if (outcome !== 'moved') throw new Error(`The demo's project does not go on from ${from}: ${outcome}.`)
}

const apply = async (tx: Tx, { agency }: Stage, at: At, { application, agreements }: Told): Promise<void> => {
  const areas = await areasNamed(tx, at.viewer.partnership)
  const { daysAgo: days, ...asked } = application
  const where = areas.filter(({ name }) => asked.areas.includes(name)).map((one) => one.id)
  const applying = { ...asked, agency: agency(asked.agency), areas: where }
  await writeApplication(tx, at.viewer, at.id, applying, await at.on(days))
  for (const { daysAgo: agreed, ...who } of agreements) {
    const agreeing = { ...who, agency: agency(who.agency), agreed_on: at.day(agreed) }
    await recordAgreement(tx, at.viewer, at.id, agreeing, await at.on(agreed))
  }
  await goOn(tx, at, 'application', Math.min(...agreements.map((one) => one.daysAgo)) - 1)
}

const scope = async (tx: Tx, { called, agency }: Stage, at: At, { leaders, differences }: Told): Promise<void> => {
  for (const one of leaders) {
    const { daysAgo: days, ...answers } = one.said
    const when = await at.on(days)
    const named =
      'who' in one ? accountOf(called(one.who)) : { name: one.name, agency: agency(one.agency), account: null }
    const leader = await addLeader(tx, at.viewer, at.id, { ...named, role: one.role }, when)
    await keepConversation(tx, at.viewer, { project: at.id, leader }, { ...answers, held_on: at.day(days) }, when)
  }
  const last = Math.min(...leaders.map((one) => one.said.daysAgo))
  for (const { words: what, settled } of differences) {
    const difference = await noteDifference(tx, at.viewer, at.id, what, await at.on(last - 3))
    await settleDifference(tx, at.viewer, { project: at.id, difference }, settled, await at.on(last - 10))
  }
  await goOn(tx, at, 'scoping', last - 12)
}

const accountOf = ({ name, agency, staff }: StaffViewer) => ({ name, agency, account: staff })

/** Aims are written before the specification is agreed to; what changed in them later comes with its day. */
const specify = async (tx: Tx, stage: Stage, at: At, story: Told): Promise<void> => {
  const { agency } = stage
  const [first, ...later] = story.aims
  await writeAims(tx, at.viewer, at.id, first!, await at.on(first!.daysAgo))
  const { daysAgo: days, startsDaysAgo, endsInDays, ...how } = story.specification
  const dates = { starts_on: at.day(startsDaysAgo), ends_on: at.day(-endsInDays) }
  await writeSpecification(tx, at.viewer, at.id, { ...how, ...dates }, await at.on(days))
  const of = { id: at.id, programme_agency_id: agency(story.programme) }
  const { leaders } = await projectStateOf(tx, at.viewer.partnership, at.id)
  for (const one of leaders) await nameSponsor(tx, at.viewer, of, one.id, await at.on(days))
  await agree(tx, stage, at, story, story.sponsors)
  await goOn(tx, at, 'specification', story.deliveryDaysAgo)
  for (const one of later) await writeAims(tx, at.viewer, at.id, one, await at.on(one.daysAgo))
  await agree(tx, stage, at, story, story.agreedAgain)
}

const agree = async (tx: Tx, { called, turnTo }: Stage, at: At, { leaders }: Told, said: Told['sponsors']) => {
  const { sponsors } = await projectStateOf(tx, at.viewer.partnership, at.id)
  const accounts = leaders.flatMap((one) => ('who' in one ? [called(one.who)] : []))
  for (const { leader, daysAgo: agreed } of said) {
    const sponsor = sponsors.find(({ name }) => name === leader)!
    const themself = accounts.find(({ staff }) => staff === sponsor.account_id)
    const when = await at.on(agreed)
    if (themself) await turnTo(tx, themself, when)
    await agreeTo(tx, themself ?? at.viewer, { project: at.id, sponsor: sponsor.id }, at.day(agreed), when)
  }
}

const hold = async (tx: Tx, { agency }: Stage, at: At, one: z.output<typeof session>): Promise<void> => {
  const { purpose, place, agenda, daysAgo: days } = one
  const when = await at.on(Math.max(days, 0))
  const planned = { purpose, place, agenda, held_on: at.day(days) }
  const id = await planSession(tx, at.viewer, at.id, planned, when)
  const of = { project: at.id, session: id }
  const areas = await areasNamed(tx, at.viewer.partnership)
  for (const { agency: code, level, area, invited, came = null } of one.groups) {
    const where = areas.find(({ name }) => name === area)?.id ?? null
    const group = { agency: code ? agency(code) : null, level, area: where, invited, came }
    await keepGroup(tx, at.viewer, of, group, when)
  }
  for (const line of one.lines) await sayLine(tx, at.viewer, of, line, when)
  for (const { dueInDays, outcome, agency: code, ...todo } of one.actions) {
    const taking = { ...todo, session: id, agency: agency(code), due_on: at.day(-dueInDays) }
    const action = await addAction(tx, at.viewer, at.id, taking, when)
    if (outcome) await finishAction(tx, at.viewer, { project: at.id, action }, outcome, await at.on(-dueInDays))
  }
}

const enterLog = async (tx: Tx, at: At, { log }: Told): Promise<void> => {
  const { aims, sessions } = await projectStateOf(tx, at.viewer.partnership, at.id)
  for (const { daysAgo: days, change, ...gave } of log) {
    const entry = await contribute(tx, at.viewer, at.id, { ...gave, on_day: at.day(days) }, await at.on(days))
    if (!change) continue
    const where = {
      aims: aims.find(({ version }) => version === change.aims)?.id ?? null,
      session: sessions.find(({ purpose }) => purpose === change.session)?.id ?? null,
    }
    const of = { project: at.id, contribution: entry }
    await sayChange(tx, at.viewer, of, { words: change.words, finding: '', ...where }, await at.on(change.daysAgo))
  }
}
