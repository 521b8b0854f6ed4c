import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { asViewer, enqueue, rightOfWay, runDueJobs, startWorker, type Job } from './index.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterEach(() => asViewer(house.db, { kind: 'system', partnership: 'any' }, (tx) => tx.deleteFrom('job').execute()))
afterAll(() => house.close())

const leave = (
  kind: string,
  payload: Record<string, string> = {},
  options?: { key?: string; at?: Date },
  who: 'anyone' | 'system' = 'anyone',
) => house.seen(house[who], (tx) => enqueue(tx, house[who], kind, payload, options))
const jobs = () =>
  asViewer(house.db, { kind: 'system', partnership: 'any' }, (tx) =>
    tx.selectFrom('job').selectAll().orderBy('run_at').execute(),
  )
const dueAgain = (since = '1 second') =>
  asViewer(house.db, { kind: 'system', partnership: 'any' }, (tx) =>
    sql`update job set run_at = now() - ${since}::interval, locked_until = null`.execute(tx),
  )
const errors: [string, unknown][] = []
const run = (handlers: Parameters<typeof runDueJobs>[1], enough?: () => boolean) =>
  runDueJobs(house.db, handlers, (kind, error) => errors.push([kind, error]), { enough })

describe('leaving work for later', () => {
  test('anybody may, also a visitor, and it is run with what was left', async () => {
    const seen: Job[] = []
    await leave('greet', { concern: '1' })
    expect(await run({ greet: (job) => Promise.resolve(void seen.push(job)) })).toBe(1)
    expect(seen).toMatchObject([{ kind: 'greet', partnership: house.cast.partnership, payload: { concern: '1' } }])
    expect(await run({})).toBe(0)
  })

  test('the same key waits once, also when two leave it; after it is done it may wait again', async () => {
    for (const who of ['anyone', 'system', 'anyone'] as const) await leave('tidy', {}, { key: 'concern 1' }, who)
    expect(await jobs()).toHaveLength(1)
    await run({ tidy: () => Promise.resolve() })
    await leave('tidy', {}, { key: 'concern 1' })
    expect(await jobs()).toHaveLength(2)
  })

  test('nothing is left when the transaction fails', async () => {
    const failed = house.seen(house.anyone, async (tx) => {
      await enqueue(tx, house.anyone, 'greet', {})
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await jobs()).toEqual([])
  })

  test('what is for later is not run now', async () => {
    await leave('greet', {}, { at: new Date(Date.now() + 60_000) })
    expect(await run({ greet: () => Promise.resolve() })).toBe(0)
  })

  test('a visitor cannot read what waits, nor leave it for another partnership', async () => {
    await leave('greet')
    expect(await house.seen(house.anyone, (tx) => tx.selectFrom('job').selectAll().execute())).toEqual([])
    const elsewhere = { kind: 'public', partnership: house.cast.people.otto.partnership } as const
    await expect(house.seen(house.anyone, (tx) => enqueue(tx, elsewhere, 'greet', {}))).rejects.toThrow(
      'row-level security',
    )
  })
})

describe('what fails', () => {
  test('is told, waits, and is tried again with its name in the row and no word of anybody’s', async () => {
    await leave('break')
    const before = errors.length
    await run({ break: () => Promise.reject(new TypeError('what somebody wrote')) })
    expect(errors.slice(before)).toEqual([['break', new TypeError('what somebody wrote')]])
    const [row] = await jobs()
    expect(row).toMatchObject({ attempts: 1, last_error: 'TypeError', done_at: null, locked_until: null })
    expect(new Date(row!.run_at).getTime()).toBeGreaterThan(Date.now() + 3000)
    await dueAgain()
    await run({ break: () => Promise.resolve() })
    expect((await jobs())[0]!.done_at).not.toBeNull()
  })

  test('eight times is left for a person to look at', async () => {
    await leave('break')
    for (let i = 0; i < 10; i++) {
      await run({ break: () => Promise.reject(new Error('again')) })
      await dueAgain()
    }
    expect((await jobs())[0]!.attempts).toBe(8)
    const dead = await asViewer(house.db, house.system, (tx) => tx.selectFrom('dead_job').select('kind').execute())
    expect(dead).toEqual([{ kind: 'break' }])
  })

  test('does not stop the others', async () => {
    await leave('break')
    await leave('greet')
    let greeted = 0
    await run({ break: () => Promise.reject(new Error('no')), greet: () => Promise.resolve(void greeted++) })
    expect(greeted).toBe(1)
  })

  test('what nobody here knows how to do waits for a newer version', async () => {
    await leave('unheard of')
    await run({})
    expect((await jobs())[0]).toMatchObject({ last_error: 'no handler', done_at: null })
  })
})

test('the job of a server that was killed is taken up when its lease ends, not before', async () => {
  await leave('greet')
  const lease = (ends: string) =>
    asViewer(house.db, { kind: 'system', partnership: 'any' }, (tx) =>
      sql`update job set locked_until = now() + ${ends}::interval`.execute(tx),
    )
  await lease('1 minute')
  expect(await run({ greet: () => Promise.resolve() })).toBe(0)
  await lease('-1 second')
  expect(await run({ greet: () => Promise.resolve() })).toBe(1)
})

test('two workers never run one job twice', async () => {
  for (let i = 0; i < 20; i++) await leave('count', { i: String(i) })
  const ran: string[] = []
  const count = (job: Job): Promise<void> => Promise.resolve(void ran.push(job.payload['i']!))
  await Promise.all([run({ count }), run({ count }), run({ count })])
  expect(ran.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
})

test('what has just become due gives way to a page that somebody waits for; what has waited for seconds does not', async () => {
  const way = rightOfWay()
  const page = Promise.withResolvers<void>()
  const answered = way.first(() => page.promise)
  const order: string[] = []
  const handlers = { count: (job: Job): Promise<void> => Promise.resolve(void order.push(job.payload['i']!)) }
  await leave('count', { i: 'due for long' })
  await dueAgain('1 minute')
  await runDueJobs(house.db, handlers, () => {}, { way })
  await leave('count', { i: 'just due' })
  const running = runDueJobs(house.db, handlers, () => {}, { way })
  while ((await jobs()).every(({ locked_until }) => !locked_until))
    await new Promise((resolve) => setTimeout(resolve, 5))
  order.push('page')
  page.resolve()
  await Promise.all([answered, running])
  expect(order).toEqual(['due for long', 'page', 'just due'])
})

test('asked to stop, the worker ends the job in hand and takes no other', async () => {
  for (let i = 0; i < 3; i++) await leave('slow')
  let begun = 0
  let ended = 0
  const worker = startWorker(
    house.db,
    {
      slow: async () => {
        begun++
        await new Promise((resolve) => setTimeout(resolve, 300))
        ended++
      },
    },
    () => {},
  )
  while (begun === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await worker.stop()
  expect([begun, ended]).toEqual([1, 1])
  expect((await jobs()).filter(({ done_at }) => done_at === null)).toHaveLength(2)
})
