import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { runDueJobs } from '../../../platform/index.ts'
import { jobsWith } from '../../../app.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { dropLost } from '../receive.ts'
import { safeCsv } from '../safe-csv.ts'

let house: TestHouse
let mina: Browser
beforeAll(async () => {
  house = await openTestHouse()
  mina = await house.browser('mina')
})
afterAll(() => house.close())

const columns = { act: 'columns', 'column-0': 'id', 'column-1': 'full name', 'column-2': 'born' }
const send = (feed: string, text: string) => {
  const form = new FormData()
  form.append('file', new Blob([text]), 'cases.csv')
  return mina.send(feed, form)
}

test('a manager sets up a list, says what its columns hold, looks at what a file would change, and applies it', async () => {
  expect((await mina.post('/feeds/new', { name: '' })).status).toBe(422)
  const { location: feed } = await mina.post('/feeds/new', {
    name: 'Open cases',
    sends: 'whole',
    contact: '01632 960100',
  })
  expect((await mina.post(feed, {})).text).toContain('Select a file')
  const { location: run } = await send(
    feed,
    'Case ID,Name,DOB\n1,Kit Oyelaran,2010-03-05\n2,Mo Ali,31/02/2010\nbroken\n',
  )
  expect((await mina.get(run)).text).toContain('For example: Kit Oyelaran; Mo Ali')
  expect((await mina.post(run, { ...columns, 'column-0': 'ignore' })).status).toBe(422)
  expect((await mina.post(run, columns)).location).toBe(run)
  const shown = (await mina.get(run)).text
  expect(shown).toContain('What this file would change')
  expect(shown).toContain('It has 1 columns')
  expect((await mina.get(`${run}/left-out.csv`)).text).toContain('4,"It has 1 columns, not as many as the first row"')
  await mina.post(run, { act: 'apply' })
  await runDueJobs(house.db, jobsWith(house.house.keys), (kind, error) => {
    throw new Error(kind, { cause: error })
  })
  expect((await mina.get('/feeds')).text).toContain('2 people on the list')
  expect((await mina.get(feed)).text).toContain('A date of birth that is no date')
  expect((await mina.get(`${feed}/mend.csv`)).text).toContain('2,A date of birth that is no date')
  expect((await mina.post(run, { act: 'apply' })).status).toBe(409)
  // Another name for a column: it says which, and nothing is applied.
  const renamed = await send(feed, 'Case ID,Name,Birthday\n1,Kit Oyelaran,2010-03-05\n')
  expect((await mina.get(renamed.location)).text).toContain('No column is called DOB any more.')
  for (const name of ['lena', 'priya', 'hal', 'otto', 'ada'] as const) {
    const stranger = await house.browser(name)
    for (const address of ['/feeds', feed, run, `${feed}/mend.csv`, `${run}/left-out.csv`, `${feed}/settings`])
      expect([name, address, (await stranger.get(address)).status]).toEqual([name, address, 404])
  }
})

test('a file that breaks off on its way leaves nothing, and one that never went on is taken away; a big one is taken in pieces', async () => {
  const { location: feed } = await mina.post('/feeds/new', { name: 'Big', sends: 'whole', contact: '01632 960100' })
  await house.app.listen({ port: 0 })
  const rows = Array.from({ length: 12_000 }, (_, i) => `${i},Person Number${i},2010-03-05,${'x'.repeat(40)}\n`)
  const text = `Case ID,Name,DOB,Notes\n${rows.join('')}`
  const left = () =>
    house.seen(house.system, (tx) =>
      tx
        .selectFrom('feed_run as r')
        .leftJoin('feed_part as p', 'p.run_id', 'r.id')
        .select((eb) => ['r.id', 'r.state', eb.fn.count<number>('p.part').as('parts')])
        .where('r.feed_id', '=', feed.split('/').at(-1)!)
        .groupBy(['r.id', 'r.state'])
        .execute(),
    )
  const broken = await startSending(feed, text.slice(0, 600_000))
  await expect.poll(left).toMatchObject([{ state: 'arriving', parts: 2 }])
  // It has not been silent for long, so nobody takes it away.
  const [arriving] = await left()
  await house.seen(house.system, (tx) => dropLost(tx, house.cast.partnership, arriving!.id, house.clock.now))
  expect(await left()).toHaveLength(1)
  broken.destroy()
  await expect.poll(left).toEqual([])
  // As a killed server leaves it: it has what came, and nobody to say that no more comes.
  const lost = await startSending(feed, text.slice(0, 600_000))
  await expect.poll(left).toMatchObject([{ state: 'arriving', parts: 2 }])
  const [stuck] = await left()
  await house.seen(house.system, async (tx) => {
    await sql`update feed_run set heard_at = clock_timestamp() - interval '11 minutes' where id = ${stuck!.id}`.execute(
      tx,
    )
    await dropLost(tx, house.cast.partnership, stuck!.id, house.clock.now)
  })
  expect(await left()).toEqual([])
  lost.destroy()
  const { location: run } = await send(feed, text)
  expect(await left()).toMatchObject([{ state: 'reading' }])
  expect((await mina.get(run)).text).toContain('being read')
})

/** The first of a form, by a line that stays open. */
const startSending = async (feed: string, first: string): Promise<http.ClientRequest> => {
  const token = /name="_csrf" value="([^"]+)"/.exec((await mina.get(feed)).text)![1]!
  const part = (name: string, more = '') => `--xx\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`
  const request = http.request({
    method: 'POST',
    port: (house.app.server.address() as AddressInfo).port,
    path: feed,
    headers: {
      host: 'elmshire.test',
      cookie: [...mina.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '),
      'content-type': 'multipart/form-data; boundary=xx',
      'content-length': 5_000_000,
    },
  })
  request.on('error', () => {})
  request.write(`${part('_csrf')}${token}\r\n${part('file', '; filename="a.csv"')}${first}`)
  return request
}

test('what is downloaded runs nothing in a spreadsheet', () => {
  expect(safeCsv([['=1+1', '+44', '-2', '@x', 'a,"b"']]).toString()).toBe('\ufeff\'=1+1,\'+44,\'-2,\'@x,"a,""b"""\r\n')
})
