import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { suspend } from '../staff/suspend.ts'
import { involve } from '../sharing/index.ts'
import { openPerson } from './open-person.ts'
import { identitySchema } from './subject.ts'

/** Kezia, whom Lena leads; Colm and Mina are in the circle. Lena writes where she sleeps, and names Colm. */
let house: TestHouse
let person: string
let entry: string
const secret = 'Behind the chapel'
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const at = house.clock.now
  person = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
    const id = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', contact: '01632 960111', at })
    for (const name of ['colm', 'mina'] as const) {
      const { agency, staff } = house.as(name)
      await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '01632 960222', at })
    }
    return id
  })
  const browser = await inside('lena')
  const form = { kind: 'contact', words: secret, class: 'D4', handling: '2', ...today }
  // Somebody who is not in the circle is not to be named by a form that was made by hand.
  const wrong = await browser.post(`/people/${person}/add`, { ...form, named: house.as('hal').staff })
  expect(wrong.status).toBe(422)
  // Nobody reads what is barred to everybody, named or not: said before it is written.
  const shut = await browser.post(`/people/${person}/add`, { ...form, class: 'D7' })
  expect(shut.status).toBe(422)
  expect(shut.text).toContain('lets nobody at your agency read a sealed entry of this kind')
  await browser.post(`/people/${person}/add`, { ...form, named: house.as('colm').staff })
  entry = /entries\/([^/]+)\/names/.exec((await browser.get(`/people/${person}`)).text)![1]!
})
afterAll(() => house.close())

const today = { 'happened_on-day': '23', 'happened_on-month': '11', 'happened_on-year': '2026' }
const inside = async (name: Name): Promise<Browser> => {
  const browser = await house.browser(name)
  await browser.post(`/people/${person}/purpose`, safeguarding)
  return browser
}
const pageOf = async (name: Name) => (await (await inside(name)).get(`/people/${person}`)).text
const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const names = () => `/people/${person}/entries/${entry}/names`
const kinds = () =>
  house.seen(house.system, async (tx) =>
    (await tx.selectFrom('event').select('kind').where('about_id', '=', person).execute()).map(({ kind }) => kind),
  )

test('whoever writes a sealed entry names who may read it, and the page says who they are', async () => {
  for (const name of ['lena', 'colm'] as const) {
    const shown = await pageOf(name)
    expect(shown).toContain(secret)
    expect(shown).toContain('Named on it: ')
  }
  expect(await pageOf('mina')).not.toContain(secret)
})

test('a colleague who is not involved is offered no names, and each look at such a page is in the log', async () => {
  expect((await (await inside('lena')).get(`/people/${person}/add`)).text).toContain('Colm Byrne')
  const dena = await inside('dena')
  const shown = await dena.get(`/people/${person}/add`)
  expect(shown.status).toBe(200)
  // Who leads stands above every page of theirs; the form names nobody.
  const inForm = shown.text.slice(shown.text.indexOf('<main'))
  for (const name of ['Colm Byrne', 'Lena Sorrel', 'Mina Farah']) expect(inForm).not.toContain(name)
  const form = { kind: 'contact', words: 'Seen', class: 'D4', handling: '2', ...today, named: house.as('colm').staff }
  expect((await dena.post(`/people/${person}/add`, form)).status).toBe(422)
  await dena.get(`/people/${person}/share`)
  const called = await dena.post(`/people/${person}/meetings/new`, {
    ...safeguarding,
    kind: 'strategy discussion',
    'on-day': '24',
    'on-month': '11',
    'on-year': '2026',
    time: '9.30',
    place: 'Here',
    handling: '0',
  })
  const meeting = called.location.split('?')[0]!
  for (const end of ['add', 'end']) expect((await dena.get(`${meeting}/${end}`)).status).toBe(200)
  const seen = (await kinds()).filter((kind) => kind.endsWith('form opened'))
  expect(new Set(seen)).toEqual(new Set(['entry form opened', 'share form opened', 'meeting form opened']))
})

test('only whoever is named may see who else is, add a name or take one away', async () => {
  const mina = await inside('mina')
  expect((await mina.get(names())).status).toBe(404)
  const form = { act: 'add', add: house.as('mina').staff, why: 'She asked' }
  expect((await mina.post(names(), form, { from: '/people' })).status).toBe(404)
  expect(await pageOf('mina')).not.toContain(secret)
})

test('a name is added and taken away with a reason, which is in no row as words; the last one stays', async () => {
  const colm = await inside('colm')
  const add = { act: 'add', add: house.as('mina').staff, why: 'Zylophant she drives her' }
  const empty = await colm.post(names(), { ...add, add: '' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Zylophant')
  await colm.post(names(), add)
  expect(await pageOf('mina')).toContain(secret)
  await colm.post(names(), { act: 'remove', remove: house.as('mina').staff, why: 'Zylophant done' })
  expect(await pageOf('mina')).not.toContain(secret)
  // One who is named again sees it again.
  await colm.post(names(), add)
  expect(await pageOf('mina')).toContain(secret)
  for (const name of ['mina', 'lena'] as const)
    await colm.post(names(), { act: 'remove', remove: house.as(name).staff, why: 'Zylophant' })
  expect(await pageOf('lena')).not.toContain(secret)
  // Why is read by those who are named for it, and by nobody else.
  const shown = words((await colm.get(names())).text)
  for (const said of [
    'by Colm Byrne: Zylophant she drives her',
    'Taken away 23 November 2026 by Colm Byrne: Zylophant',
  ])
    expect(shown).toContain(said)
  expect((await (await inside('lena')).get(names())).status).toBe(404)
  const last = await colm.post(names(), { act: 'remove', remove: house.as('colm').staff, why: 'Zylophant' })
  expect(last.status).toBe(422)
  const rows = await house.seen(house.system, (tx) => tx.selectFrom('named_person').selectAll().execute())
  expect(JSON.stringify(rows)).not.toMatch(/zylophant/i)
  expect(await kinds()).toEqual(
    expect.arrayContaining(['name added to a sealed entry', 'name taken from a sealed entry']),
  )
  // What touches a sealed matter is not in the log that the whole circle reads.
  expect((await (await inside('mina')).get(`/people/${person}/looked`)).text).not.toContain('sealed entry')
})

test('when the last one who is named leaves, a manager sees how many, and names somebody who is not themself', async () => {
  const ada = house.as('ada')
  const colm = house.as('colm').staff
  const mina = await house.browser('mina')
  expect((await mina.get('/people')).text).not.toContain('/people/sealed')
  await house.seen(ada, (tx) => suspend(tx, house.house, ada, { account: colm, why: 'Left' }))
  expect((await mina.get('/people')).text).toContain('1 sealed entry that nobody is left to read')
  expect((await mina.get('/without-a-worker')).text).toContain('/people/sealed')
  const shown = await mina.get('/people/sealed')
  expect(shown.text).not.toMatch(/Kezia|chapel/)
  const form = { person, staff: house.as('mina').staff, why: 'Colm has left' }
  expect((await mina.post('/people/sealed', form)).status).toBe(422)
  expect((await mina.post('/people/sealed', { ...form, staff: house.as('lena').staff })).location).toBe(
    '/people/sealed?named=1',
  )
  expect(await pageOf('lena')).toContain(secret)
  expect(await pageOf('mina')).not.toContain(secret)
  expect((await mina.get('/people/sealed')).text).toContain('Every sealed entry has somebody who can read it.')
  expect((await (await house.browser('lena')).get('/people/sealed')).status).toBe(404)
})
