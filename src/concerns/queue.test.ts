import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { decision, noticed, unheard } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { localDate } from '../platform/index.ts'
import { answerEscalation } from './answer-escalation.ts'
import { askReporter } from './ask.ts'
import { askPartners } from './check.ts'
import { frameOn } from './concern.ts'
import { decide } from './decide.ts'
import { pause } from './pause.ts'
import { prioritise } from './prioritise.ts'
import { queueAddress, readFilter } from './queue-filter.ts'
import { many_shared, queuePage } from './queue.ts'
import type { QueueFilter } from './queue-order.ts'
import { queueLoad, workloads } from './workload.ts'
import { take } from './take.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const listed = async (filter: Partial<QueueFilter> = {}, name: 'dena' | 'colm' | 'mina' | 'otto' = 'dena') => {
  const worker = house.as(name)
  const now = house.clock.now
  return house.seen(worker, (tx) =>
    queuePage(
      tx,
      house.house.keys,
      worker,
      { status: 'to-decide', page: 1, ...filter },
      { now, today: localDate(now, 'Europe/London') },
    ),
  )
}
const ids = async (filter: Partial<QueueFilter> = {}, name: 'dena' | 'colm' | 'otto' = 'dena') =>
  (await listed(filter, name)).rows.map(({ id }) => id)
const dena = () => house.as('dena')
const as = <T>(work: (tx: Parameters<Parameters<TestHouse['seen']>[1]>[0]) => Promise<T>) => house.seen(dena(), work)

test('what is due first stands first, and a paused clock stands after those that run', async () => {
  const later = await noticed(house, { about: 'place' })
  const sooner = await noticed(house)
  const paused = await noticed(house, { danger_now: true })
  const run = await house.seen(house.system, (tx) =>
    tx.selectFrom('clock_run').select('id').where('concern_id', '=', paused.concern).execute(),
  )
  for (const { id } of run)
    await as((tx) =>
      pause(tx, house.house.keys, dena(), paused.concern, {
        run: id,
        why: 'Waiting for the road to open',
        at: house.clock.now,
      }),
    )
  const order = (await ids()).filter((id) => [later.concern, sooner.concern, paused.concern].includes(id))
  expect(order).toEqual([sooner.concern, later.concern, paused.concern])
})

test('each list holds what its name says', async () => {
  const { concern: mine } = await noticed(house)
  await as((tx) => take(tx, dena(), mine, house.clock.now))
  const { concern: asked } = await noticed(house)
  await as((tx) => askReporter(tx, house.house.keys, dena(), asked, 'What time was it?', house.clock.now))
  const { concern: checked } = await noticed(house)
  await as((tx) =>
    askPartners(tx, house.house.keys, dena(), checked, {
      agencies: [house.cast.agencies['school']!],
      question: 'Q',
      reason: 'R',
      at: house.clock.now,
    }),
  )
  const { concern: done } = await noticed(house)
  await as((tx) => decide(tx, house.house.keys, dena(), done, decision(), { standing: null, at: house.clock.now }))
  const { concern: ignored } = await noticed(house)
  await unheard(house, ignored)
  expect(await ids({ status: 'mine' })).toEqual([mine])
  expect(await ids({ status: 'mine' }, 'colm')).toEqual([])
  expect(await ids({ status: 'unassigned' })).not.toContain(mine)
  expect(await ids({ status: 'unassigned' })).toContain(asked)
  expect(await ids({ status: 'reporter' })).toEqual([asked])
  expect(await ids({ status: 'partner' })).toEqual([checked])
  expect(await ids({ status: 'decided' })).toEqual([done])
  expect(await ids()).not.toContain(done)
  expect(await ids({ status: 'not-heard' })).toEqual([ignored])
  expect(await ids({ status: 'new' })).toEqual([ignored])
  await house.seen(house.as('colm'), (tx) =>
    answerEscalation(tx, house.house.keys, house.as('colm'), ignored, 'We have', house.clock.now),
  )
  expect(await ids({ status: 'not-heard' })).toEqual([])
})

test('another partnership’s list holds none of it', async () => {
  expect(await ids({}, 'otto')).toEqual([])
})

test('filters narrow by priority, channel, setting, frame, clock and place', async () => {
  const { concern } = await noticed(
    house,
    { about: 'business', setting: 'TX', place: 'The rank at 50% Lane_End', postcode: 'CV9 9ZZ' },
    { channel: 'small' },
  )
  await as((tx) =>
    prioritise(tx, house.house.keys, dena(), concern, { level: 'blue', why: 'For information', at: house.clock.now }),
  )
  for (const filter of [
    { priority: 'blue' as const },
    { channel: 'small' as const },
    { setting: 'TX' },
    { frame: 'context' as const, area: 'rank' },
    { area: 'lane_end' },
    { area: '50% LANE' },
    { area: 'cv99' },
  ])
    expect(await ids(filter), JSON.stringify(filter)).toEqual([concern])
  expect(await ids({ area: 'laneXend' })).toEqual([])
  // Words are hashed whole.
  expect(await ids({ area: 'lan' })).toEqual([])
  expect(await ids({ area: '%' })).toEqual([])
  expect(await ids({ priority: 'none' })).not.toContain(concern)
  expect(await ids({ due: 'late' })).toEqual([])
  house.clock.now = new Date('2026-12-09T10:00:00Z')
  expect(await ids({ due: 'late' })).toContain(concern)
  house.clock.now = new Date('2026-11-23T10:00:00Z')
})

test('a reference finds its concern however it is typed, decided or not', async () => {
  const { concern, reference } = await noticed(house)
  await as((tx) => decide(tx, house.house.keys, dena(), concern, decision(), { standing: null, at: house.clock.now }))
  const typed = ` ${reference.toLowerCase().replace('-', ' ')} `
  expect(await ids(readFilter({ reference: typed }))).toEqual([concern])
  expect(await ids(readFilter({ reference: 'nothing like one' }))).toEqual([])
})

test('what the row says: shared details, checks, holder, extract, and the frame', async () => {
  const first = await noticed(house, { details: [{ kind: 'vehicle', said: 'white van, KV07 ABC' }] })
  const { concern } = await noticed(house, {
    details: [{ kind: 'vehicle', said: 'KVO7 ABC' }],
    people: [{ age_group: 'adult' }],
    worry: 'x'.repeat(2000),
  })
  const row = (await listed()).rows.find(({ id }) => id === concern)!
  expect(row).toMatchObject({
    shared: 1,
    frame: 'adult',
    holder: null,
    checks_asked: 0,
    clock: 'adult-decision',
    clock_unit: 'working-days',
  })
  expect(row.extract).toHaveLength(240)
  expect((await listed()).rows.find(({ id }) => id === first.concern)!.shared).toBe(1)
})

test('twenty-five a page, and the number of them all', async () => {
  for (let i = 0; i < 30; i++) await noticed(house, { setting: 'AA' })
  const one = await listed({ setting: 'AA' })
  const two = await listed({ setting: 'AA', page: 2 })
  expect([one.total, one.rows.length, two.rows.length]).toEqual([30, 25, 5])
  expect(new Set([...one.rows, ...two.rows].map(({ id }) => id)).size).toBe(30)
})

test('what waits is counted, and a manager sees who has how much', async () => {
  const load = await as((tx) => queueLoad(tx, dena(), house.clock.now))
  expect(load.mine).toBe(1)
  expect(load.undecided).toBeGreaterThan(30)
  expect(await as((tx) => queueLoad(tx, dena(), house.clock.now, 5))).toMatchObject({ undecided: 5, mine: 1 })
  const shares = await house.seen(house.as('mina'), (tx) => workloads(tx, house.as('mina'), house.clock.now))
  expect(shares).toMatchObject([{ staff: dena().staff, has: 1, late: 0 }])
})

test('the frame of the list and the frame of the decision are one rule', async () => {
  const ages = [
    [],
    [{ age_group: 'child' }],
    [{ age_group: 'adult' }],
    [{ age_group: null }],
    [{ born_on: '2008-11-23' }],
    [{ born_on: '2008-11-24' }],
    [{ born_on: '2008-02-29' }],
    [{ age_group: 'adult' }, { age_group: 'child' }],
    [{ age_group: 'adult' }, { age_group: 'not known' }],
    [{ part: 'other', age_group: 'child' }],
    [{ part: 'may be causing harm', born_on: '2010-01-01' }, { born_on: '1990-01-01' }],
  ]
  for (const about of ['one', 'place', 'unknown'])
    for (const people of ages) {
      const { concern } = await noticed(house, { about, people, setting: 'FR' })
      const { rows } = await listed({ reference: await reference(concern) })
      const said = people.map((person) => ({ part: 'worried about', born_on: null, age_group: null, ...person }))
      expect(rows[0]!.frame, JSON.stringify({ about, people })).toBe(
        frameOn(about as never, said as never, '2026-11-23'),
      )
    }
})
const reference = async (id: string) =>
  (
    await house.seen(house.system, (tx) =>
      sql<{ reference: string }>`select reference from concern where id = ${id}`.execute(tx),
    )
  ).rows[0]!.reference

test('filters live in the address and come back out of it', () => {
  const filter = readFilter({
    status: 'mine',
    priority: 'red',
    area: ' High Street ',
    page: '2',
    frame: 'not known',
    due: 'sometime',
  })
  expect(filter).toMatchObject({
    status: 'mine',
    priority: 'red',
    area: 'High Street',
    page: 2,
    frame: 'not known',
    due: undefined,
  })
  const address = queueAddress(filter)
  expect(readFilter(Object.fromEntries(new URL(address, 'http://x').searchParams))).toEqual(filter)
  expect(queueAddress(readFilter({}))).toBe('/queue')
  expect(readFilter({ page: '-3', status: 'all', priority: 'purple' })).toMatchObject({
    page: 1,
    status: 'to-decide',
    priority: undefined,
  })
})

test('the plain list is in the order of each concern’s first running clock, then of those without, page by page', async () => {
  for (let i = 0; i < 40; i++) {
    const at = new Date(house.clock.now.getTime() - i * 3_600_000)
    const { concern } = await noticed(house, { about: i % 3 ? 'one' : 'place', danger_now: i % 2 === 0 }, { at })
    const run = sql`partnership_id = ${dena().partnership} and concern_id = ${concern}`
    if (i % 5 === 1) await as((tx) => sql`update clock_run set stopped_at = now() where ${run}`.execute(tx))
    if (i % 5 === 2)
      await as(async (tx) => {
        const { rows } = await sql<{ id: string }>`select id from clock_run where ${run} order by due_at`.execute(tx)
        await pause(tx, house.house.keys, dena(), concern, {
          run: rows[0]!.id,
          why: 'Waiting for the road to open',
          at,
        })
      })
  }
  const everyone = await as(async (tx) =>
    (
      await sql<{ id: string }>`
          select u.concern_id as id from undecided u
          left join clock_run r on r.partnership_id = u.partnership_id and r.concern_id = u.concern_id and r.stopped_at is null
            and r.clock <> 'partner-check-reply' and not exists (select from clock_pause z where z.run_id = r.id and z.to_at is null)
          group by u.concern_id, u.received_at order by min(r.due_at) nulls last, u.received_at, u.concern_id`.execute(
        tx,
      )
    ).rows.map(({ id }) => id),
  )
  for (let n = 1; n <= Math.ceil(everyone.length / 25) + 1; n++) {
    expect(await ids({ page: n }), `page ${n}`).toEqual(everyone.slice((n - 1) * 25, n * 25))
    expect((await listed({ page: n })).total).toBe(n * 25 - 25 < everyone.length ? everyone.length : 0)
  }
})

test('others that share several things are counted once each, and from ten on they are many', async () => {
  const details = ['vehicle', 'phone'].map((kind, i) => ({ kind, said: ['LV51 QRS', '07700 900871'][i]! }))
  const { concern } = await noticed(house, { details })
  const { reference } = await as((tx) =>
    tx.selectFrom('concern').select('reference').where('id', '=', concern).executeTakeFirstOrThrow(),
  )
  const counts: number[] = []
  for (const more of [0, 1, 8, 3]) {
    for (let i = 0; i < more; i++) await noticed(house, { details })
    counts.push((await listed({ reference })).rows[0]!.shared)
  }
  expect(counts).toEqual([0, 1, 9, many_shared])
})
