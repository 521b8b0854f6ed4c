import { afterAll, beforeAll, expect, test } from 'vitest'
import { decision, happened, noticed, unheard } from '../../../test/noticed.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { askPartners } from '../check.ts'
import { decide } from '../decide.ts'
import { addMore } from '../say-more.ts'
import { reporterOf } from '../../../test/noticed.ts'

let house: TestHouse
let dena: Browser
let colm: Browser
let priya: Browser
beforeAll(async () => {
  house = await openTestHouse()
  dena = await house.browser('dena')
  colm = await house.browser('colm')
  priya = await house.browser('priya')
})
afterAll(() => house.close())

const outsiders = ['priya', 'wes', 'ada'] as const
const acts = ['question', 'partners', 'priority', 'hand', 'pause', 'contact', 'not-heard', 'decide/route']

test('the list, a concern and every act on it exist only for the front door of its partnership', async () => {
  const { concern } = await noticed(house, {}, { viewer: house.as('priya'), channel: 'professional' })
  const pages = [`/concerns/${concern}`, ...acts.map((act) => `/concerns/${concern}/${act}`)]
  for (const name of outsiders) {
    const browser = await house.browser(name)
    for (const page of pages) expect((await browser.get(page)).status, `${name} ${page}`).toBe(404)
    for (const act of ['take', 'release', 'question', 'decide/check', 'resume'])
      expect((await browser.post(`/concerns/${concern}/${act}`, {}, { from: '/work' })).status, `${name} ${act}`).toBe(
        404,
      )
    for (const page of ['/queue', '/not-heard']) expect((await browser.get(page)).status, `${name} ${page}`).toBe(404)
  }
  const otto = await house.browser('otto')
  for (const page of pages) {
    expect((await otto.get(page, { host: 'oakshire.test' })).status, `otto ${page}`).toBe(404)
    expect((await otto.get(page, { host: 'elmshire.test' })).location, `otto elsewhere ${page}`).toContain('/sign-in')
  }
  const visitor = await house.browser()
  expect((await visitor.get(`/concerns/${concern}`)).location).toContain('/sign-in')
  expect((await dena.get(`/concerns/${concern}`)).status).toBe(200)
  expect((await dena.get('/concerns/00000000-0000-4000-8000-000000000000')).status).toBe(404)
  expect((await dena.get('/concerns/nonsense')).status).toBe(404)
})

test('opening a concern is an event that says who, and the timeline says it in words', async () => {
  const { concern } = await noticed(house)
  await colm.get(`/concerns/${concern}`)
  await colm.get(`/concerns/${concern}`)
  expect((await happened(house, concern)).at(-1)).toMatchObject({
    kind: 'concern opened',
    staff_id: house.as('colm').staff,
  })
  const got = await dena.get(`/concerns/${concern}`)
  expect(got.text).toContain('Opened by Colm')
  expect(got.text).toContain('(2 times)')
})

test('the second to take it is told who has it, and loses nothing', async () => {
  const { concern } = await noticed(house)
  expect((await dena.post(`/concerns/${concern}/take`, {}, { from: '/queue' })).location).toBe(
    `/concerns/${concern}?done=taken`,
  )
  const late = await colm.post(`/concerns/${concern}/take`, {}, { from: '/queue' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Dena Okoro has it already')
  expect((await dena.get(`/concerns/${concern}?done=taken`)).text).toContain('You have it now.')
})

test('an empty form is explained, field by field, and nothing happens', async () => {
  const { concern } = await noticed(house)
  await unheard(house, concern)
  const before = (await happened(house, concern)).length
  for (const [act, sentences] of [
    ['question', ['Enter your question']],
    ['partners', ['Select which agencies to ask', 'Enter your question', 'Enter your reason']],
    ['priority', ['Select a priority', 'Enter your reason']],
    ['hand', ['Select a colleague']],
    ['pause', ['Select a clock', 'Enter your reason']],
    ['contact', ['Enter your reason']],
    ['not-heard', ['Enter your answer']],
  ] as const) {
    const got = await dena.post(`/concerns/${concern}/${act}`)
    expect(got.status, act).toBe(422)
    for (const sentence of sentences) expect(got.text, act).toContain(sentence)
  }
  expect((await happened(house, concern)).length).toBe(before)
})

test('what was typed stays when something else is missing', async () => {
  const { concern } = await noticed(house)
  const got = await dena.post(`/concerns/${concern}/priority`, { why: 'Because of <the> car', level: '' })
  expect(got.status).toBe(422)
  expect(got.text).toContain('Because of &lt;the> car')
})

test('a field that nobody asked for is refused', async () => {
  const { concern } = await noticed(house, { people: [{ age_group: 'child' }] })
  expect((await dena.post(`/concerns/${concern}/question`, { question: 'When?', staff_id: 'x' })).status).toBe(400)
  expect((await dena.post(`/concerns/${concern}/decide/route`, { route: 'advice', limb_needs: 'yes' })).status).toBe(
    400,
  )
})

test('each act is done by its page and shows on the concern', async () => {
  const { concern } = await noticed(house, { reporter: { name: 'Jo Neighbour', contact_value: '01632 960777' } })
  const page = `/concerns/${concern}`
  await dena.post(`${page}/take`, {}, { from: '/queue' })
  await dena.post(`${page}/priority`, { level: 'amber', why: 'Two reports in a week' })
  await dena.post(`${page}/question`, { question: 'What colour was it?' })
  await dena.post(`${page}/partners`, {
    agencies: house.cast.agencies['school']!,
    question: 'Do you know the boy?',
    reason: 'To keep him safe',
  })
  const run = /name="run"[^>]*value="([^"]+)"/.exec((await dena.get(`${page}/pause`)).text)![1]!
  await dena.post(`${page}/pause`, { run, why: 'The line is down' })
  let shown = (await dena.get(page)).text
  for (const words of [
    'Amber',
    'What colour was it?',
    'Do you know the boy?',
    'The line is down',
    'Two reports in a week',
    'Paused',
  ])
    expect(shown).toContain(words)
  await dena.post(`${page}/resume`, { run }, { from: page })
  const check = /name="check" value="([^"]+)"/.exec(shown)![1]!
  await dena.post(`${page}/withdraw-check`, { check }, { from: page })
  expect(shown).not.toContain('Jo Neighbour')
  await dena.post(`${page}/contact`, { why: 'To ask about the car' })
  shown = (await dena.get(page)).text
  expect(shown).toContain('Jo Neighbour')
  expect(shown).toContain('Taken back')
  expect((await colm.get(page)).text).not.toContain('Jo Neighbour')
  await dena.post(`${page}/hand`, { to: house.as('colm').staff, seen: house.as('dena').staff })
  expect((await dena.get(page)).text).toContain('Handed to Colm')
  const kinds = (await happened(house, concern)).map(({ kind }) => kind).filter((kind) => kind !== 'concern opened')
  expect(kinds).toEqual([
    'concern received',
    'concern taken',
    'priority set',
    'question asked',
    'partner check asked',
    'clock paused',
    'clock resumed',
    'partner check withdrawn',
    'contact opened',
    'concern handed on',
  ])
})

test('an earlier concern that shares a plate is shown with what is shared, both ways', async () => {
  const first = await noticed(house, { details: [{ kind: 'vehicle', said: 'grey car AB12 CDE' }], worry: 'First' })
  const second = await noticed(house, { details: [{ kind: 'vehicle', said: 'AB12CDE' }], worry: 'Second' })
  expect((await dena.get(`/concerns/${second.concern}`)).text).toContain(`/concerns/${first.concern}`)
  expect((await dena.get(`/concerns/${first.concern}`)).text).toContain(
    'Vehicle: AB12CDE, here said as grey car AB12 CDE',
  )
  expect((await dena.get('/queue?status=to-decide')).text).toContain('Shares details with 1 other')
})

test('a new answer is new until whoever has the concern opens it', async () => {
  const { concern } = await noticed(house)
  await dena.post(`/concerns/${concern}/take`, {}, { from: '/queue' })
  const reporter = reporterOf(house, concern)
  await house.seen(reporter, (tx) =>
    addMore(tx, house.house.keys, reporter, { concern, words: 'It was back today', at: house.clock.now }),
  )
  await colm.get(`/concerns/${concern}`)
  expect((await dena.get('/queue?status=new')).text).toContain('New answer from the reporter')
  expect((await dena.get(`/concerns/${concern}`)).text).toContain('It was back today')
  expect((await dena.get('/queue?status=new')).text).not.toContain(`/concerns/${concern}"`)
})

test('filters stay in the address, are shown, and each can be taken off', async () => {
  const got = await dena.get('/queue?priority=red&area=Mill+%3Cb%3E&status=unassigned')
  expect(got.text).toContain('Priority: Red')
  expect(got.text).toContain('Place, in whole words, or postcode: Mill &lt;b>')
  expect(got.text).toContain('href="/queue?status=unassigned&amp;area=Mill+%3Cb%3E"')
  expect(got.text).toMatch(/<input[^>]*name="area"[^>]*value="Mill &lt;b>"/)
})

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=cmd|calc',
  '\u202Eright to left',
  'nul \u0000 here',
  'x'.repeat(5000),
  "'; drop table concern; --",
  '{{7*7}}',
  '\uD83D\uDE00'.repeat(200),
]
test('hostile text is inert on the list, the concern and every page that shows it', async () => {
  for (const text of hostile) {
    const { concern } = await noticed(house, {
      worry: text,
      place: text.slice(0, 2000),
      people: [{ name: text.slice(0, 300), description: text }],
      details: [{ kind: 'account', said: text.slice(0, 500) }],
    })
    for (const address of [`/concerns/${concern}`, `/concerns/${concern}/decide/frame`]) {
      const got = await dena.get(address)
      expect(got.status).toBe(200)
      expect(got.text).not.toContain('<script>alert')
      expect(got.text).not.toContain('<img src=x')
    }
  }
  const list = await dena.get('/queue')
  expect(list.status).toBe(200)
  expect(list.text).not.toContain('<script>alert')
  expect(list.text).not.toContain('<img src=x')
})

test('a partner’s staff see the question, who asks and nothing of the concern, and answer it', async () => {
  const { concern, reference } = await noticed(house, { worry: 'The secret worry', people: [{ name: 'Kezia Thorne' }] })
  const worker = house.as('dena')
  const [check] = await house.seen(worker, (tx) =>
    askPartners(tx, house.house.keys, worker, concern, {
      agencies: [house.cast.agencies['school']!],
      question: 'Is a boy of 14 often away?',
      reason: 'To keep him safe',
      at: house.clock.now,
    }),
  )
  expect((await priya.get('/work')).text).toContain('Your agency is asked about')
  const list = await priya.get('/checks')
  const one = await priya.get(`/checks/${check}`)
  for (const got of [list, one]) {
    expect(got.text).toContain('Is a boy of 14 often away?')
    expect(got.text).toContain('Dena Okoro')
    for (const secret of ['The secret worry', 'Kezia', reference, concern]) expect(got.text).not.toContain(secret)
  }
  expect((await priya.post(`/checks/${check}`)).text).toContain('Select what your agency knows')
  const kept = await priya.post(`/checks/${check}`, { answer: 'He has missed nine days' })
  expect(kept.status).toBe(422)
  expect(kept.text).toContain('He has missed nine days')
  expect((await priya.post(`/checks/${check}`, { known: 'known', answer: 'He has missed nine days' })).location).toBe(
    '/checks?done=answered',
  )
  expect((await dena.get(`/concerns/${concern}`)).text).toContain('He has missed nine days')
  for (const name of ['wes', 'ada'] as const)
    expect((await (await house.browser(name)).get(`/checks/${check}`)).status, name).toBe(404)
})

test('everybody’s work page shows what is theirs, and a manager’s who has what', async () => {
  const { concern } = await noticed(house)
  await dena.post(`/concerns/${concern}/take`, {}, { from: '/queue' })
  const mina = await (await house.browser('mina')).get('/work')
  expect(mina.text).toContain('Who has what')
  expect((await dena.get('/work')).text).not.toContain('Who has what')
  expect((await dena.get('/work')).text).toContain('With you')
  const ada = await (await house.browser('ada')).get('/work')
  const choices = [...ada.text.matchAll(/<li><a class="govuk-link govuk-!-font-weight-bold" href="([^"]+)"/g)]
  expect(choices).toHaveLength(5)
  for (const [, href] of choices) expect((await (await house.browser('ada')).get(href!)).status, href).toBe(200)
  expect(ada.text).toContain('href="/accounts"')
  expect(ada.text).not.toContain('/queue')
  expect((await priya.get('/work')).text).toContain('href="/sent"')
})

test('whoever was not heard is on the managers’ list until somebody else has answered', async () => {
  const { concern } = await noticed(house)
  const worker = house.as('dena')
  await house.seen(worker, (tx) =>
    decide(tx, house.house.keys, worker, concern, decision(), { standing: null, at: house.clock.now }),
  )
  await unheard(house, concern, 'Nobody came')
  expect((await dena.get(`/concerns/${concern}`)).text).toContain('You decided this, so somebody else answers it.')
  const refused = await dena.post(`/concerns/${concern}/not-heard`, { answer: 'I was right' })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('I was right')
  const mina = await house.browser('mina')
  expect((await mina.get('/not-heard')).text).toContain('Nobody came')
  expect((await mina.post(`/concerns/${concern}/not-heard`, { answer: 'We have been now' })).location).toContain(
    'done=answered',
  )
  expect((await mina.get('/not-heard')).text).not.toContain(concern)
})
