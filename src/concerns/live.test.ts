import { afterAll, beforeAll, expect, test } from 'vitest'
import { noticed } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'

let house: TestHouse
let base: string
beforeAll(async () => {
  house = await openTestHouse()
  base = await house.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  // Node's own client keeps a spare connection open that has asked for nothing yet.
  house.app.server.closeAllConnections()
  await house.close()
})

const listen = async (name?: Parameters<TestHouse['browser']>[0]) => {
  const session = name ? (await house.browser(name)).cookies.get('session')! : ''
  return (more = new AbortController()) =>
    fetch(`${base}/queue/live`, { headers: { cookie: `session=${session}` }, signal: more.signal })
}
/** Reads a stream until it says `what`, and returns all it said. */
const until = async (reply: Response, what: string): Promise<string> => {
  const reader = reply.body!.getReader()
  let text = ''
  while (!text.includes(what)) {
    const { value, done } = await reader.read()
    if (done) break
    text += Buffer.from(value).toString()
  }
  return text
}

test('an open list hears that something came in, and not a word of what', async () => {
  const stop = new AbortController()
  const reply = await (await listen('dena'))(stop)
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  await until(reply.clone(), 'retry')
  await new Promise((resolve) => setTimeout(resolve, 1200))
  const { concern, reference } = await noticed(house, { worry: 'The secret worry' })
  const heard = await until(reply, '"received":1')
  expect(heard).toContain('event: changed')
  for (const secret of [concern, reference, 'secret']) expect(heard).not.toContain(secret)
  stop.abort()
})

test('only the front door has a live list: for everybody else it does not exist', async () => {
  for (const name of ['priya', 'wes', 'ada', undefined] as const)
    expect((await (await listen(name))()).status, name).toBe(404)
})

test('a session may hold four lists open, and a closed one makes room', async () => {
  const open = await listen('colm')
  const stops = Array.from({ length: 4 }, () => new AbortController())
  for (const stop of stops) expect((await open(stop)).status).toBe(200)
  expect((await open()).status).toBe(429)
  stops[0]!.abort()
  await expect
    .poll(async () => (await open(stops[0]!.signal.aborted ? new AbortController() : stops[0]!)).status)
    .toBe(200)
  for (const stop of stops) stop.abort()
})

test('an open list does not keep anybody signed in', async () => {
  const before = await house.seen(house.system, (tx) => tx.selectFrom('session').select(['id', 'seen_at']).execute())
  house.clock.now = new Date(house.clock.now.getTime() + 5 * 60_000)
  const stop = new AbortController()
  await (
    await listen('mina')
  )(stop)
  const after = await house.seen(house.system, (tx) => tx.selectFrom('session').select(['id', 'seen_at']).execute())
  for (const { id, seen_at } of before) expect(after.find((one) => one.id === id)!.seen_at).toEqual(seen_at)
  stop.abort()
})

test('a house that stops ends the open lists instead of waiting for them', async () => {
  const other = await openTestHouse()
  const address = await other.app.listen({ port: 0, host: '127.0.0.1' })
  const session = (await other.browser('dena')).cookies.get('session')!
  const open = () => fetch(`${address}/queue/live`, { headers: { cookie: `session=${session}` } })
  expect((await open()).status).toBe(200)
  const unread = await open()
  const before = Date.now()
  await other.close()
  expect(Date.now() - before).toBeLessThan(5000)
  await unread.text().catch(() => '')
})
