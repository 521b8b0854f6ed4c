import { afterAll, beforeAll, expect, test } from 'vitest'
import { runDueJobs } from '../../../platform/index.ts'
import { jobsWith } from '../../../app.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
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

test('what is downloaded runs nothing in a spreadsheet', () => {
  expect(safeCsv([['=1+1', '+44', '-2', '@x', 'a,"b"']]).toString()).toBe('\ufeff\'=1+1,\'+44,\'-2,\'@x,"a,""b"""\r\n')
})
