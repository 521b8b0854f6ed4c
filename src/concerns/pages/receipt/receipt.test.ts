import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { sealed } from '../../sealed.ts'
import { dataKeyOf } from '../../../platform/index.ts'
import { wordsOf } from '../../../../test/noticed.ts'
import { answerEscalation } from '../../answer-escalation.ts'
import { askReporter } from '../../ask.ts'
import { reportSchema, type Channel } from '../../concern.ts'
import { report } from '../../report.ts'
import { take } from '../../take.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const sendAs = async (who: 'public' | 'priya', worry: string, channel: Channel = 'public') => {
  const viewer = who === 'public' ? house.anyone : house.as(who)
  const sent = await house.seen(viewer, (tx) =>
    report(tx, house.house.keys, viewer, reportSchema.parse({ worry, people: [{ name: 'Secret Name' }] }), {
      channel,
      at: house.clock.now,
    }),
  )
  if (sent === 'already sent') throw new Error(sent)
  return sent
}
const opened = async (worry: string): Promise<{ browser: Browser; concern: string; receipt: string }> => {
  const { concern, receipt } = await sendAs('public', worry)
  const browser = await house.browser()
  expect((await browser.post('/receipt', { receipt })).location).toBe('/receipt/open')
  return { browser, concern, receipt }
}
const dena = () => house.as('dena')
const asDena = <T>(work: (tx: Parameters<Parameters<TestHouse['seen']>[1]>[0]) => Promise<T>) =>
  house.seen(dena(), work)
/** A decision as its owner writes it; only what reaches the reporter matters here. */
const decideOn = (concern: string, told: string) =>
  asDena(async (tx) => {
    const row = await tx.selectFrom('concern').select('agency_id').where('id', '=', concern).executeTakeFirstOrThrow()
    const key = await dataKeyOf(tx, house.house.keys, house.cast.partnership, { kind: 'concern', id: concern })
    const of = { partnership_id: house.cast.partnership, agency_id: row.agency_id, concern_id: concern }
    await tx
      .insertInto('decision')
      .values(
        sealed(key, 'decision', {
          ...of,
          id: crypto.randomUUID(),
          frame: 'child',
          route: 'early-help',
          reason: 'SECRET REASON about the uncle',
          unknowns: 'SECRET UNKNOWNS',
          confidence: 'low',
          offered: 'SECRET OFFER',
          told,
          decided_by: house.cast.people.dena.id,
        }),
      )
      .execute()
  })

test('the receipt opens what was said, however it is typed, and never stands in an address', async () => {
  const { concern, receipt } = await sendAs('public', 'Two lads in room 14')
  const browser = await house.browser()
  const got = await browser.post('/receipt', { receipt: receipt.toLowerCase().replaceAll(' ', '') })
  expect(got.location).toBe('/receipt/open')
  const page = await browser.get('/receipt/open')
  expect(page.text).toContain('Two lads in room 14')
  expect(page.text).toContain('Not yet')
  expect(page.text).not.toContain(receipt)
  expect(page.text).not.toContain(concern)
  expect(page.headers['cache-control']).toBe('no-store')
  const events = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'viewer', 'staff_id'])
      .where('about_id', '=', concern)
      .orderBy('seq')
      .execute(),
  )
  expect(events.at(-1)).toEqual({ kind: 'receipt opened', viewer: 'reporter', staff_id: null })
})

test('wrong, unknown, expired and malformed receipts are answered alike, to the byte', async () => {
  const { receipt } = await sendAs('public', 'x')
  const before = house.clock.now
  const wrong = receipt.slice(0, -1) + (receipt.endsWith('0') ? '1' : '0')
  const unknown = 'ZZZZ ZZZZ ZZZZ ZZZZ ZZZZ'
  const plain = async (typed: string) => {
    const browser = await house.browser()
    const got = await browser.post('/receipt', { receipt: typed })
    const text = got.text.replace(/name="_csrf" value="[^"]+"/g, '').replaceAll(typed, '')
    return { status: got.status, length: got.text.length, text, cookies: browser.cookies.size }
  }
  const answers = [await plain(wrong), await plain(unknown), await plain('not a receipt at all, no!')]
  house.clock.now = new Date('2029-01-01T10:00:00Z')
  answers.push(await plain(receipt))
  house.clock.now = before
  expect(answers[0]).toMatchObject({ status: 422, cookies: 0 })
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(new Set([answers[0]!.length, answers[1]!.length, answers[3]!.length]).size).toBe(1)
})

test('an empty box is explained', async () => {
  const got = await (await house.browser()).post('/receipt', { receipt: ' ' })
  expect(got.status).toBe(422)
  expect(got.text).toContain('href="#receipt"')
})

test('without a visit there is nothing to read, and words on the way are kept', async () => {
  const browser = await house.browser()
  expect((await browser.get('/receipt/open')).location).toBe('/receipt')
  const { browser: other } = await opened('x')
  const page = await other.get('/receipt/more')
  const before = house.clock.now
  house.clock.now = new Date(before.getTime() + 31 * 60_000)
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!
  const got = await house.app.inject({
    method: 'POST',
    url: '/receipt/more',
    payload: new URLSearchParams({ _csrf: token, words: 'the van was back' }).toString(),
    headers: {
      host: 'elmshire.test',
      cookie: `visit=${other.cookies.get('visit')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  house.clock.now = before
  expect(got.statusCode).toBe(403)
  expect(got.body).toContain('the van was back')
})

test('the reporter reads how far it has come and what they are told, and nothing else of the deciding', async () => {
  const { browser, concern } = await opened('She is driven off at night')
  await asDena((tx) => take(tx, dena(), concern, house.clock.now))
  await decideOn(concern, 'A worker will visit this week.')
  const { text } = await browser.get('/receipt/open')
  expect(text).toContain('A worker will visit this week.')
  expect(text).not.toContain('Not yet')
  for (const secret of ['SECRET', 'Dena', 'Okoro', 'Secret Name', 'early-help'])
    expect(text, secret).not.toContain(secret)
})

test('a question waits at the top until it is answered, once for two presses', async () => {
  const { browser, concern } = await opened('x')
  const question = await asDena((tx) =>
    askReporter(tx, house.house.keys, dena(), concern, 'What colour was the van?', house.clock.now),
  )
  expect((await browser.get('/receipt/open')).text).toContain('What colour was the van?')
  const url = `/receipt/answer/${question}`
  expect((await browser.post(url, { words: '' })).status).toBe(422)
  await Promise.all([browser.post(url, { words: 'White' }), browser.post(url, { words: 'White' })])
  const sent = await house.seen(house.system, (tx) =>
    tx.selectFrom('message').selectAll().where('concern_id', '=', concern).orderBy('sent_at').execute(),
  )
  const messages = await wordsOf(house, 'message', sent)
  expect(messages).toHaveLength(2)
  expect(messages.find(({ kind }) => kind === 'answer')).toMatchObject({ words: 'White', answers_id: question })
  expect(messages.find(({ kind }) => kind === 'question')!.read_at).not.toBeNull()
  expect((await browser.get('/receipt/open')).text).not.toContain(`/receipt/answer/${question}`)
})

test('a question of another concern cannot be answered or read', async () => {
  const { browser } = await opened('x')
  const other = await sendAs('public', 'y')
  const question = await asDena((tx) =>
    askReporter(tx, house.house.keys, dena(), other.concern, 'Where is he now?', house.clock.now),
  )
  const got = await browser.get(`/receipt/answer/${question}`)
  expect(got.status).toBe(404)
  expect(got.text).not.toContain('Where is he now?')
  expect((await browser.post(`/receipt/answer/${question}`, { words: 'x' }, { from: '/receipt/more' })).status).toBe(
    404,
  )
})

test('words and a file can be added, and a file that cannot be taken is explained', async () => {
  const { browser, concern } = await opened('x')
  const form = (name: string, bytes: string) => {
    const data = new FormData()
    data.append('words', 'Here is the note')
    data.append('files', new File([bytes], name))
    return data
  }
  const wrong = await browser.send('/receipt/more', form('evil.jpg', '<script>'))
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('evil.jpg')
  expect(wrong.text).toContain('Here is the note')
  expect((await browser.send('/receipt/more', form('note.txt', 'plate AB12 CDE'))).location).toBe('/receipt/open')
  expect((await browser.get('/receipt/open')).text).toContain('note.txt')
  const kinds = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select('kind').where('about_id', '=', concern).orderBy('seq').execute(),
  )
  expect(kinds.at(-1)!.kind).toBe('reporter said more')
})

test('“I was not heard” starts its clock, once; each answer that does not hear starts the next of three steps', async () => {
  const { browser, concern } = await opened('x')
  await decideOn(concern, 'We have closed this.')
  const mina = house.as('mina')
  for (const step of [1, 2, 3]) {
    const words = `Still wrong ${step}`
    await Promise.all([
      browser.post('/receipt/not-heard', { words }),
      browser.post('/receipt/not-heard', { words: `${words} again` }),
    ])
    const rows = await house.seen(house.system, (tx) =>
      tx
        .selectFrom('escalation')
        .select(['step', 'answered_at'])
        .where('concern_id', '=', concern)
        .orderBy('step')
        .execute(),
    )
    expect(rows.map((row) => row.step)).toEqual([1, 2, 3].slice(0, step))
    const clocks = await house.seen(house.system, (tx) =>
      tx
        .selectFrom('clock_run')
        .select(['clock', 'due_at'])
        .where('concern_id', '=', concern)
        .where('of_id', 'is not', null)
        .where('stopped_at', 'is', null)
        .execute(),
    )
    expect(clocks).toMatchObject([{ clock: `not-heard-step-${step}` }])
    expect((await browser.get('/receipt/open')).text).toContain('We plan to answer by')
    await house.seen(mina, (tx) =>
      answerEscalation(tx, house.house.keys, mina, concern, `Read again ${step}`, house.clock.now),
    )
    expect((await browser.get('/receipt/open')).text).toContain(`Read again ${step}`)
  }
  expect((await browser.get('/receipt/open')).text).toContain('all three steps')
  const kinds = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select('kind')
      .where('about_id', '=', concern)
      .where('kind', '=', 'not heard raised')
      .execute(),
  )
  expect(kinds).toHaveLength(3)
})

test('“I have finished” closes it here and in the database', async () => {
  const { browser } = await opened('x')
  const held = browser.cookies.get('visit')!
  expect((await browser.post('/receipt/finish', {}, { from: '/receipt/open' })).location).toBe('/receipt/finished')
  expect(browser.cookies.has('visit')).toBe(false)
  browser.cookies.set('visit', held)
  expect((await browser.get('/receipt/open')).location).toBe('/receipt')
})

test('staff read and answer what they sent, without a receipt; a colleague and the signed-out do not', async () => {
  const { concern } = await sendAs('priya', 'He is met at the gate', 'professional')
  const question = await asDena((tx) =>
    askReporter(tx, house.house.keys, dena(), concern, 'Which gate?', house.clock.now),
  )
  const priya = await house.browser('priya')
  const list = await priya.get('/sent')
  expect(list.text).toContain('He is met at the gate')
  expect(list.text).toContain('1 new')
  expect((await priya.get(`/sent/${concern}`)).text).toContain('Which gate?')
  await priya.post(`/sent/${concern}/answer/${question}`, { words: 'North gate' })
  await priya.post(`/sent/${concern}/not-heard`, { words: 'Nobody rang' })
  expect((await priya.get(`/sent/${concern}`)).text).toContain('Nobody rang')
  for (const name of ['saul', 'wes', 'ada', 'dena'] as const) {
    const browser = await house.browser(name)
    for (const url of [
      `/sent/${concern}`,
      `/sent/${concern}/more`,
      `/sent/${concern}/answer/${question}`,
      `/sent/${concern}/not-heard`,
      '/sent/x',
    ])
      expect((await browser.get(url)).status, `${name} ${url}`).toBe(404)
    expect((await browser.get('/sent')).text).not.toContain('at the gate')
  }
  expect((await (await house.browser()).get(`/sent/${concern}`)).location).toContain('/sign-in')
  const events = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['kind', 'staff_id']).where('about_id', '=', concern).execute(),
  )
  expect(events).toContainEqual({ kind: 'own concern opened', staff_id: house.cast.people.priya.id })
  expect(events).toContainEqual({ kind: 'reporter answered', staff_id: house.cast.people.priya.id })
})
