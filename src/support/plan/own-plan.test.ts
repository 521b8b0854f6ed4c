import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { asProduct } from '../../platform/index.ts'
import { statePurpose } from '../../sharing/index.ts'
import { wordsIn } from '../../web/index.ts'
import { identitySchema, makeWay, openPerson } from '../../subjects/index.ts'
import { heldOf } from '../held.ts'
import { addAction } from './act.ts'
import { addGoal, startPlan } from './write.ts'

let house: TestHouse
let subject: string
let hers: Browser
let fathers: Browser
const lines: Record<string, string> = {}

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  const codes = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2009-01-10' })
    subject = await openPerson(tx, keys, lena, said, { as: 'lead', at })
    const of = { id: subject, adult_from: '2027-01-10' }
    await startPlan(tx, lena, of, { kind: 'exploitation', review_on: '2026-12-20' }, at)
    lines['own'] = await addGoal(tx, keys, lena, of, { part: 'home', whose: 'own', words: 'My own key' }, at)
    const owner = { staff: lena.staff, agency: lena.agency }
    const act = (part: 'home' | 'disruption', words: string) =>
      addAction(tx, keys, lena, of, { part, goal: null, words, owner, due_on: '2026-12-04' }, at)
    lines['lock'] = await act('home', 'Change the zylolock')
    lines['kept'] = await act('disruption', 'Watch the grey van')
    const way = { handed: 'in their hand', days: 7 } as const
    const other = { name: 'Dee', ground: 'parental responsibility', why: 'Safe', sections: ['plan'] } as const
    const own = await makeWay(tx, keys, lena, of, { ...way, holder: 'themself', other: null }, at)
    const parent = await makeWay(tx, keys, lena, of, { ...way, holder: 'parent', other }, at)
    return [own.code, parent.code]
  })
  await house.seen(lena, (tx) => {
    const until = new Date(at.getTime() + 36_000_000)
    return statePurpose(tx, lena, subject, { ...safeguarding, until }, at)
  })
  const opened = async (code: string) => {
    const browser = await house.browser()
    await browser.post('/mine', { code })
    return browser
  }
  hers = await opened(codes[0]!)
  fathers = await opened(codes[1]!)
})
afterAll(() => house.close())

const plan = async (name: Name) => (await (await house.browser(name)).get(`/people/${subject}/plan`)).text

test('they read what was agreed, who does it by when and what comes next, and never what is kept from them', async () => {
  const { text } = await hers.get('/mine/open')
  for (const words of [
    'My own key',
    'Change the zylolock',
    'Lena Sorrel, Elmshire children’s social care, by 4 December 2026',
    'we look at the plan together by 20 December 2026',
    'We look at your plan together by 20 December 2026: what has changed',
    'Who is asked to be there:',
    'write it here, and choose who reads it',
    'href="/you-said"',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('grey van')
  expect((await hers.get(`/mine/plan/${lines['kept']}`)).status).toBe(404)
  // Nor does the database open it to whoever is let in by a code.
  const viewer = { kind: 'person', partnership: house.cast.partnership, subject, way: subject } as const
  const person = { ...viewer, through: house.as('lena').agency, as: 'themself', sections: ['plan'] } as const
  const seen = await house.seen(person, (tx) => tx.selectFrom('plan_action').select('id').execute())
  expect(seen).toEqual([{ id: lines['lock'] }])
})

test('every part is folded, so that the first screen says what there is; they come back to the open one', async () => {
  const titles = (text: string, open: string) =>
    [...text.matchAll(new RegExp(`<details class="trellis-fold"${open}>[^]*?<h2[^>]*>([^<]+)`, 'g'))].map(([, t]) => t)
  const first = (await hers.get('/mine/open')).text
  expect(titles(first, ' open')).toEqual([])
  expect(titles(first, '').slice(0, 2)).toEqual(['What happens next', 'My plan'])
  expect(titles((await hers.get('/mine/open?done=plan')).text, ' open')).toEqual(['My plan'])
})

test('they do not agree with a line, it stands beside it on the professional’s plan, and they are answered', async () => {
  const to = `/mine/plan/${lines['lock']}`
  expect((await hers.post(to)).text).toContain('Say what is wrong')
  expect((await hers.post(to, { words: 'I want the zyloold one.' })).location).toBe('/mine/open?done=plan')
  const told = (await hers.get('/mine/open')).text
  for (const words of ['You said you don’t agree:', 'I want the zyloold one.', 'They answer by 30 November 2026'])
    expect(told).toContain(words)
  const page = await plan('lena')
  for (const words of ['They do not agree with these', 'I want the zyloold one.']) expect(page).toContain(words)
  const [answer] = /\/people\/[0-9a-f-]+\/plan\/disagreed\/[0-9a-f-]+/.exec(page)!
  const lena = await house.browser('lena')
  expect((await lena.get(`/people/${subject}`)).text).toContain('1 line they do not agree with.')
  expect((await lena.post(answer)).text).toContain('Enter your answer')
  expect((await lena.post(answer, { words: 'We keep your lock.' })).location).toContain('done=disagreed')
  expect((await hers.get('/mine/open')).text).toContain('We keep your lock.')
  expect(await plan('lena')).not.toContain('They do not agree with these')
})

test('a parent whose code is for the plan reads it, and neither what was said against it nor a way to say it', async () => {
  const { text } = await fathers.get('/mine/open')
  expect([text.includes('Change the zylolock'), text.includes('zyloold'), text.includes('I don’t agree')]).toEqual([
    true,
    false,
    false,
  ])
  // His code is not for what happens next, nor for who helps.
  expect(text).not.toContain('Who is asked to be there')
  expect((await fathers.get(`/mine/plan/${lines['lock']}`)).status).toBe(404)
})

test('what they said is given to them with the rest that is held, and stands nowhere as it was written', async () => {
  const held = await house.seen(house.as('lena'), (tx) =>
    asProduct(tx, () => {
      const of = { partnership: house.cast.partnership, subject, agency: house.as('lena').agency, words: wordsIn('en') }
      return heldOf(tx, house.house.keys, of)
    }),
  )
  expect(held.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['I want the zyloold one.', 'We keep your lock.']),
  )
  for (const table of ['plan_disagreement', 'plan_disagreement_answer', 'event']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text like '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
})
