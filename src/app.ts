import type { FastifyInstance } from 'fastify'
import {
  asViewer,
  hasRole,
  isFrontDoor,
  keysOf,
  pendingMigrations,
  refuseIfUnguarded,
  rightOfWay,
  type Config,
  type Database,
  type JobHandler,
  type Keys,
} from './platform/index.ts'
import * as concerns from './concerns/index.ts'
import * as guidance from './guidance/index.ts'
import * as joining from './joining/index.ts'
import * as learning from './learning/index.ts'
import * as partnership from './partnership/index.ts'
import * as sharing from './sharing/index.ts'
import * as staff from './staff/index.ts'
import * as subjects from './subjects/index.ts'
import * as support from './support/index.ts'
import { makeShell, readAssets, type Ask, type House, type NavItem, type Route } from './web/index.ts'

/** Every page there is, room by room. */
export const routes: readonly Route[] = [
  ...guidance.routes,
  ...concerns.routes,
  ...joining.routes,
  ...subjects.routes,
  ...subjects.ownRoutes([support.ownPlanSection]),
  ...support.routes,
  ...learning.routes,
  ...sharing.routes,
  ...staff.routes,
  ...partnership.routes,
]

/** Everything a running Trellis is, from the ground up: database, keys, pages, worker. */
export const openHouse = async (config: Config, database: Database, real = () => new Date()) => {
  await refuseIfUnguarded(database.db, !config.databaseUrl)
  const clock = staff.clockFor(config.demo, real)
  const { now } = clock
  const house: House = {
    db: database.db,
    keys: keysOf(config),
    config,
    ...clock,
    way: rightOfWay(),
    looks: [...new Set(routes.flatMap(({ looks }) => looks ?? []))],
    openWork: openWorkOf(now),
    heldAbove: support.heldOf,
    atWork: async (ask) => [await support.atWork(ask), await learning.atWork(ask), await learning.frontLineAtWork(ask)],
  }
  const watch = staff.watchSignIns(house)
  const app = await makeShell({
    house,
    assets: readAssets(),
    routes,
    placeFor: partnership.placeFor,
    whoIs: staff.whoIs,
    watch,
    looked: subjects.noticeLook,
    navigation,
    plugins: [
      operations(house),
      staff.api(house, [concerns.api, joining.api]),
      concerns.live(house, watch),
      concerns.reportQueue(house),
    ],
  })
  return { house, app, jobs: jobsWith(house.keys, now) }
}

/** Asked of each room once; nobody is closed without being told what would be left behind. */
const openWorkOf =
  (now: House['now']): House['openWork'] =>
  async (tx, partnership, whose) => {
    const left = await concerns.openWork(tx, partnership, whose, now())
    return (
      left.concerns +
      left.checks +
      (await sharing.peopleOf(tx, partnership, whose, now())) +
      (await sharing.dutiesOf(tx, partnership, whose)) +
      (await support.actionsLeft(tx, partnership, whose)) +
      (await learning.trialsLeft(tx, partnership, whose))
    )
  }

/** What is left for the worker, by kind: each room's answer to news, one after the other where several listen. */
export const jobsWith = (keys: Keys, now = () => new Date()): Record<string, JobHandler> => {
  const rooms = [
    concerns.jobsWith(keys),
    joining.jobsWith(keys),
    sharing.jobs,
    staff.jobs,
    subjects.jobs,
    support.jobsWith(now),
  ]
  const all: Record<string, JobHandler> = {}
  for (const [kind, handler] of rooms.flatMap((jobs) => Object.entries(jobs))) {
    const before = all[kind]
    all[kind] = before
      ? async (job, db) => {
          await before(job, db)
          await handler(job, db)
        }
      : handler
  }
  return all
}

/** For whoever keeps it running: is the process up, and could it answer a page now? Nothing about anybody. */
const operations = (house: House) => (app: FastifyInstance) => {
  app.get('/health', () => ({ status: 'up' }))
  app.get('/ready', async (_, reply) => {
    const waiting = await asViewer(house.db, { kind: 'public', partnership: 'any' }, (tx) =>
      pendingMigrations(tx),
    ).catch(() => undefined)
    if (waiting?.length === 0) return { status: 'ready' }
    return reply
      .code(503)
      .send({ status: 'not ready', why: waiting ? 'migrations have not run' : 'the database does not answer' })
  })
}

/** Where one can go from here: the public's five things, or what a member of staff's roles open. */
const navigation = (ask: Ask, frame: 'public' | 'staff'): readonly NavItem[] => {
  const { nav } = ask.w.common
  const item = (text: string, href: string): NavItem => ({ text, href, section: href })
  if (frame === 'public')
    return [
      item(nav.signs, '/signs'),
      item(nav.report, '/report'),
      item(nav.offer, '/offer'),
      item(nav.forYou, '/for-you'),
      item(nav.receipt, '/receipt'),
    ]
  const { viewer } = ask
  // Somebody who is still signing in has nowhere to go yet.
  if (viewer.kind !== 'staff') return []
  const offered = [
    item(nav.work, '/work'),
    isFrontDoor(viewer) && item(nav.queue, '/queue'),
    isFrontDoor(viewer) && item(ask.w.joining.review.nav, '/joining'),
    hasRole(viewer, 'practitioner', 'duty', 'manager') && item(nav.people, '/people'),
    hasRole(viewer, 'practitioner', 'duty', 'manager') && item(nav.missing, '/missing'),
    hasRole(viewer, 'practitioner', 'duty', 'manager') && item(nav.meetings, '/meetings'),
    hasRole(viewer, 'practitioner', 'duty', 'manager') && item(ask.w.contexts.nav, '/contexts'),
    item(nav.checks, '/checks'),
    item(nav.sent, '/sent'),
    hasRole(viewer, 'practitioner', 'duty', 'manager') && item(ask.w.gaps.list.nav, '/gaps'),
    hasRole(viewer, 'guardian') && item(ask.w.gaps.disputes.nav, '/disputes'),
    hasRole(viewer, 'guardian', 'administrator') && item(ask.w.gaps.counts.nav, '/thresholds'),
    hasRole(viewer, 'learning') && item(ask.w.projects.title, '/projects'),
    hasRole(viewer, 'learning', 'chair') && {
      ...item(ask.w.adoption.nav, '/adoption'),
      section: learning.sectionOf(ask.path),
    },
    hasRole(viewer, 'learning') && item(ask.w.learningReport.form.list.title, '/learning/reports'),
    item(nav.partners, '/partners'),
    {
      text: ask.w.frontLine.nav,
      href: hasRole(viewer, 'chair', 'learning') ? '/front-line' : '/front-line/say',
      section: '/front-line',
    },
    hasRole(viewer, 'guardian') && item(nav.looks, '/looks'),
    hasRole(viewer, 'manager') && item(nav.feeds, '/feeds'),
    hasRole(viewer, 'manager', 'guardian') && item(nav.alerts, '/alerts'),
    hasRole(viewer, 'practitioner', 'duty', 'manager', 'guardian', 'administrator') &&
      item(nav.agreements, '/agreements'),
    hasRole(viewer, 'manager', 'guardian')
      ? item(nav.retention, '/retention')
      : hasRole(viewer, 'administrator') && item(nav.retention, '/retention/rules'),
    hasRole(viewer, 'manager', 'guardian') && item(nav.access, '/access'),
    hasRole(viewer, 'administrator') && item(nav.guidance, '/guidance'),
    hasRole(viewer, 'administrator') && item(nav.accounts, '/accounts'),
  ]
  return offered.filter((one) => one !== false)
}
