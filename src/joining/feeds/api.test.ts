import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csv, openFeed } from '../../../test/fed.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { runDueJobs } from '../../platform/index.ts'
import { addApiClient } from '../../staff/index.ts'
import { jobsWith } from '../jobs.ts'

let house: TestHouse
let feeding: Awaited<ReturnType<typeof openFeed>>
let key: string
let other: string
const kit = '101,Kit,Oyelaran,2010-03-05,LE1 1ZZ,,2024-09-01'
const mo = '102,Mohammed,Ali,12/04/2011,LE1 1ZZ,,'
const zoe = '103,Zoë,Brennan,2009-01-02,CV21 2AA,,'
const ann = '104,Ann,Other,2009-01-03,CV21 2AA,,'
const four = csv(kit, mo, zoe, ann)

beforeAll(async () => {
  house = await openTestHouse()
  feeding = await openFeed(house, { by_system: true })
  // What the columns hold is said once, by a person.
  await feeding.apply(csv(kit))
  const system = async (agency: string) =>
    (
      await house.seen(house.as('ada'), (tx) =>
        addApiClient(
          tx,
          house.house.keys,
          house.as('ada'),
          { agency: house.cast.agencies[agency]!, name: 'Pupils' },
          house.clock.now,
        ),
      )
    ).key
  key = await system('school')
  other = await system('housing')
})
afterAll(() => house.close())

type Reply = { status: number; type: string; location: string; body: Record<string, unknown> }
const ask = async (
  method: 'GET' | 'PUT',
  url: string,
  payload?: string | Buffer | Readable,
  headers: Record<string, string> = {},
): Promise<Reply> => {
  const reply = await house.app.inject({
    method,
    url,
    payload,
    headers: {
      host: 'elmshire.test',
      authorization: `Bearer ${key}`,
      ...(method === 'PUT' && { 'content-type': 'text/csv; charset=utf-8' }),
      ...headers,
    },
  })
  return {
    status: reply.statusCode,
    type: String(reply.headers['content-type']),
    location: String(reply.headers['location']),
    body: reply.json<Record<string, unknown>>(),
  }
}
const put = (payload: string | Buffer | Readable, headers: Record<string, string> = {}) =>
  ask('PUT', `/api/feeds/${feeding.feed}`, payload, headers)
const work = () =>
  runDueJobs(house.db, jobsWith(house.house.keys), (kind, error) => {
    throw new Error(kind, { cause: error })
  })
/** What became of it, once the worker has gone by. */
const became = async (sent: Reply): Promise<Record<string, unknown>> => {
  expect([sent.status, sent.body['is_new']]).toEqual([202, true])
  await work()
  return (await ask('GET', sent.location)).body
}
const runs = () =>
  house.seen(house.system, (tx) => tx.selectFrom('feed_run').select('id').where('feed_id', '=', feeding.feed).execute())

test('a system’s file flows in piece by piece, is applied by itself, and is told of by line and reason', async () => {
  const long = 'x'.repeat(10_000)
  const rows = [
    kit,
    `102,${long},Ali,,,,`,
    '103,Zoë,Brennan',
    ',No,Id,,,,',
    '201,"=HYPERLINK(""http://x"")",+44,2001-02-31,NOWHERE,123,',
    '204,One,Same,2010-01-01,,,',
    '204,One,Other,2010-01-01,,,',
    '202,Γεωργία,Παπαδοπούλου,2010-01-01,,,',
  ]
  const pieces = csv(...rows).match(/[\s\S]{1,400}/g)!
  const run = await became(await put(Readable.from(pieces.map((piece) => Buffer.from(piece)))))
  expect(run).toMatchObject({
    state: 'applied',
    encoding: 'utf-8',
    counts: { before: 1, new: 2, changed: 0, same: 1, gone: 0, left_out: 5 },
    left_out: [
      { line: 3, reason: 'too long', column: 'Forename' },
      { line: 4, reason: 'columns', detail: 'It has 3 columns, not as many as the first row' },
      { line: 5, reason: 'no id', column: 'Pupil ID' },
      { line: 7, reason: 'duplicate' },
      { line: 8, reason: 'duplicate' },
    ],
    left_out_after: null,
  })
  expect(run['quality']).toContainEqual({
    issue: 'birth invalid',
    detail: 'A date of birth that is no date',
    people: 1,
  })
  expect(JSON.stringify(run)).not.toMatch(/Zoë|HYPERLINK|xxx/)
  const later = await ask('GET', `/api/feeds/${feeding.feed}/runs/${String(run['run'])}?after=5`)
  expect(later.body['left_out']).toMatchObject([{ line: 7 }, { line: 8 }])
})

test('a retry makes one run, whatever came in between; a key used for another file is refused', async () => {
  const once = { 'idempotency-key': 'monday' }
  const [first, second] = await Promise.all([put(four, once), put(four, once)])
  // At the same moment one of them may find the other still arriving.
  expect([first.status, second.status].filter((status) => status === 202)).toHaveLength(1)
  const sent = first.status === 202 ? first : second
  expect(await became(sent)).toMatchObject({ state: 'second look' })
  await feeding.look(String(sent.body['run']), 'apply')
  await work()
  const again = await put(four, once)
  expect(again).toMatchObject({ status: 200, location: sent.location, body: { is_new: false } })
  await became(await put(Buffer.from(csv(kit, zoe, ann, '105,Łukasz,Żak,2010-01-01,,,'), 'utf16le')))
  const before = (await runs()).length
  // The retry of Monday's file must not bring back Monday's list.
  expect(await put(four, once)).toMatchObject({ status: 200, location: sent.location })
  expect(await put(csv(kit), once)).toMatchObject({
    status: 422,
    type: 'application/problem+json',
    body: { title: 'This Idempotency-Key was used for another file' },
  })
  expect(await runs()).toHaveLength(before)
  expect(await feeding.list()).toHaveLength(4)
})

test('a file that deletes three in ten, or whose column has another name, changes nothing and waits for a person', async () => {
  const sent = await put(csv(kit, zoe))
  expect(await became(sent)).toMatchObject({ state: 'second look', counts: { before: 4, gone: 2 } })
  expect(await put(csv(kit))).toMatchObject({ status: 409, type: 'application/problem+json' })
  expect(await feeding.list()).toHaveLength(4)
  expect(await feeding.look(String(sent.body['run']), 'stop')).toBe('stopped')
  const renamed = await put(four.replace('DOB', 'Birth date'))
  expect(await became(renamed)).toMatchObject({ state: 'columns', counts: { new: 0 } })
  expect(await feeding.list()).toHaveLength(4)
})

test('what is no table is a problem document, and nothing of it is kept', async () => {
  const feed = await openFeed(house, { name: 'Leavers', by_system: true })
  const send = (payload: string, headers?: Record<string, string>) =>
    ask('PUT', `/api/feeds/${feed.feed}`, payload, headers)
  const answers = [
    await send(''),
    await send('PK\x03\x04 a workbook'),
    await send('{}', { 'content-type': 'application/xml' }),
    await send(four, { 'content-encoding': 'gzip' }),
  ]
  expect(answers.map(({ status, type }) => [status, type])).toEqual(
    [422, 415, 415, 415].map((status) => [status, 'application/problem+json']),
  )
  expect(
    await house.seen(house.system, (tx) =>
      tx.selectFrom('feed_run').select('id').where('feed_id', '=', feed.feed).execute(),
    ),
  ).toEqual([])
})

test('what is another agency’s, or may not be sent by systems, is as what does not exist', async () => {
  const [one] = await runs()
  const address = `/api/feeds/${feeding.feed}/runs/${one!.id}`
  expect((await ask('GET', address)).status).toBe(200)
  const shut = await openFeed(house, { name: 'By hand' })
  const nowhere = '/api/feeds/5e0d4ad5-0d5e-4a5e-8f1c-0d5e4a5e8f1c'
  const nothing = await ask('PUT', nowhere, four)
  expect(nothing).toMatchObject({ status: 404, body: { title: 'Nothing is here' } })
  const theirs = { authorization: `Bearer ${other}` }
  expect(await put(four, theirs)).toEqual(nothing)
  expect(await ask('PUT', `/api/feeds/${shut.feed}`, four)).toEqual(nothing)
  expect(await ask('GET', address, undefined, theirs)).toEqual(await ask('GET', `${nowhere}/runs/x`))
  const nobody = { authorization: `Bearer trellis_${'A'.repeat(43)}` }
  expect([(await put(four, nobody)).status, (await ask('GET', address, undefined, nobody)).status]).toEqual([401, 401])
})
