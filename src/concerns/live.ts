import type { FastifyInstance, FastifyReply } from 'fastify'
import { asViewer, inTransaction, isFrontDoor, type StaffViewer, type Viewer } from '../platform/index.ts'
import { placeFor } from '../partnership/index.ts'
import { whoIs } from '../staff/index.ts'
import type { Ask, House, Watch as SignInWatch } from '../web/index.ts'
import { frontDoorIsOpen } from './kept-from.ts'

/*
 * Tells open lists that something changed, and nothing else: no id, no word of anybody. One look at the newest events
 * a second serves every list of a partnership in this process; whether a list hears of one is asked as its reader, so that
 * what the agreement shuts is not even counted.
 */
const every_ms = 1000
/** Something in between keeps what stands between from taking the line for dead. */
const breath_ms = 15_000
const most_streams = 4
/** Events commit in another order than they are numbered: this far back they may still appear. */
const late_ms = 30_000
/** Looking changes nothing for anybody else. */
const lookings = [
  'concern opened',
  'network opened',
  'pattern opened',
  'file opened',
  'contact opened',
  'original opened',
  'partner check opened',
]

type Tell = (change: { received: number }) => void
type Watch = { tells: Map<Tell, StaffViewer>; stop: () => void }

export const live =
  (house: House, watchSignIn: SignInWatch) =>
  (app: FastifyInstance): void => {
    const watches = new Map<string, Watch>()
    const streams = new Map<string, number>()
    const open = new Set<() => void>()
    app.addHook('preClose', async () => {
      for (const close of open) close()
    })
    app.get('/queue/live', async (request, reply) => {
      const place = await placeFor(house, request.host)
      const session = request.cookies['session'] ?? ''
      const viewer = await signedIn(house, place, request.cookies)
      if (!isFrontDoor(viewer) || !(await seesAnything(house, viewer)))
        return reply.code(404).header('connection', 'close').send()
      const before = streams.get(session) ?? 0
      if (before >= most_streams) return reply.code(429).header('connection', 'close').send()
      streams.set(session, before + 1)
      const close = stream(reply, () => {
        open.delete(close)
        clearInterval(breathing)
        stopWatching()
        watch.tells.delete(tell)
        if (watch.tells.size === 0) {
          watch.stop()
          watches.delete(place.id)
        }
        const left = (streams.get(session) ?? 1) - 1
        if (left > 0) streams.set(session, left)
        else streams.delete(session)
      })
      open.add(close)
      const tell: Tell = (change) => void reply.raw.write(`event: changed\ndata: ${JSON.stringify(change)}\n\n`)
      const watch = watches.get(place.id) ?? startWatch(house, place.id)
      watches.set(place.id, watch)
      watch.tells.set(tell, viewer)
      const breathing = setInterval(() => reply.raw.write(': still here\n\n'), breath_ms)
      const signInEnded = (): void => {
        reply.raw.write('event: ended\ndata: {}\n\n')
        close()
      }
      const stopWatching = watchSignIn(place, request.cookies, signInEnded, isFrontDoor)
      return reply
    })
  }

/** Takes the reply over as a stream. Returns what closes it; `onClose` runs once, whoever closes. */
const stream = (reply: FastifyReply, onClose: () => void): (() => void) => {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  raw.write('retry: 5000\n\n')
  let closed = false
  const end = (): void => {
    if (closed) return
    closed = true
    onClose()
    // A browser that reads no more would hold its half of the connection open, and a stopping server would wait for it.
    raw.end(() => raw.destroy())
  }
  raw.on('close', end)
  raw.on('error', end)
  return end
}

/** Asking must not keep a session awake: an open list is not somebody at work. */
const signedIn = (house: House, place: Ask['place'], cookies: Ask['cookies']): Promise<Viewer> =>
  inTransaction(house.db, (tx) => whoIs(tx, house, place, cookies, false))

/** Looks for new events once a second for as long as somebody listens. */
const startWatch = (house: House, partnership: string): Watch => {
  const tells: Watch['tells'] = new Map()
  let floor: number | undefined
  let seen = new Set<string>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    const events = await newest(house, partnership, floor)
    const fresh = events.rows.filter(({ id }) => !seen.has(id))
    const first = floor === undefined
    floor = events.floor
    seen = new Set(events.rows.map(({ id }) => id))
    if (first || fresh.length === 0) return
    // Colleagues of one agency see the same of what arrives.
    for (const their of Map.groupBy(tells, ([, { agency }]) => agency).values()) {
      const seen = await seenAmong(house, their[0]![1], fresh)
      if (seen.length === 0) continue
      const received = seen.filter(({ kind }) => kind === 'concern received').length
      for (const [tell] of their) tell({ received })
    }
  }
  const turn = (): void =>
    void look()
      .catch(() => {})
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, every_ms)
      })
  turn()
  return {
    tells,
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Whether the front door is open to this viewer at all, whichever concerns there are. */
const seesAnything = (house: House, viewer: StaffViewer): Promise<boolean> =>
  asViewer(house.db, viewer, (tx) => frontDoorIsOpen(tx), { now: house.now(), zone: 'UTC' })

/** Those of the events that are about a concern this viewer may see. */
const seenAmong = (house: House, viewer: StaffViewer, events: readonly Happened[]): Promise<Happened[]> =>
  asViewer(
    house.db,
    viewer,
    async (tx) => {
      const rows = await tx
        .selectFrom('concern')
        .select('id')
        .where('partnership_id', '=', viewer.partnership)
        .where('id', 'in', [...new Set(events.map(({ about_id }) => about_id))])
        .execute()
      const seen = new Set(rows.map(({ id }) => id))
      return events.filter(({ about_id }) => seen.has(about_id))
    },
    { now: house.now(), zone: 'UTC' },
  )

type Happened = { kind: string; about_id: string }

const newest = (house: House, partnership: string, floor: number | undefined) =>
  asViewer(house.db, { kind: 'system', partnership }, async (tx) => {
    const newer = tx
      .selectFrom('event')
      .select(['id', 'seq', 'kind', 'at', 'about_id'])
      .where('partnership_id', '=', partnership)
      .orderBy('seq', 'desc')
      .limit(floor === undefined ? 200 : 2000)
    const rows = await newer.$if(floor !== undefined, (some) => some.where('seq', '>', floor!)).execute()
    const old = rows.filter(({ at }) => Date.now() - at.getTime() > late_ms).map(({ seq }) => Number(seq))
    const kept = Math.max(floor ?? 0, ...old)
    return {
      floor: kept,
      rows: rows.filter(({ seq, kind }) => Number(seq) > kept && !lookings.includes(kind)),
    }
  })
