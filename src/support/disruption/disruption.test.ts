import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'
import { groups, tools } from './disruption.ts'

let house: TestHouse
let subject: string
let packs: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const at = house.clock.now
  subject = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2009-03-01' })
    const opened = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: opened, agency, staff, role: 'circle', contact: '', at })
    return opened
  })
  for (const who of ['lena', 'hal'] as const)
    await house.seen(house.as(who), (tx) => {
      const until = new Date(at.getTime() + 36_000_000)
      return statePurpose(tx, house.as(who), subject, { ...safeguarding, until }, at)
    })
  packs = `/people/${subject}/packs`
})
afterAll(() => house.close())

const shown = async (name: Name, path: string) => (await house.browser(name)).get(path)
const sent = async (who: Name, path: string, form: Record<string, string>) =>
  (await house.browser(who)).post(path, form)
const on = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const asked = {
  heard: 'yes',
  view: 'I want my zylodoor back.',
  harmed: 'Her nan',
  criminalise: 'it could',
  why: 'Zylophone',
}
const step = { step: 'applied for', ...on('on', '20', '11', '2026'), ...asked }
const tool = { tool: 'partial-closure', aim: 'Zylo flat 3', by: 'Housing', grounds: 'Dealing at night' }

test('every tool is of a group that has a name, and each has its code once', () => {
  expect(tools.filter(({ group }) => !groups[group])).toEqual([])
  expect(new Set(tools.map(({ code }) => code)).size).toBe(tools.length)
})

let one: string
test('what is used to stop them is kept only with what the person says and whether it could make a criminal of them', async () => {
  const to = `/people/${subject}/disruption/new`
  const empty = await sent('lena', to, { tool: 'none' })
  expect(empty.status).toBe(422)
  for (const wrong of ['Select what is used', 'Enter who might be harmed', 'Select whether it could make a criminal'])
    expect(empty.text).toContain(wrong)
  const unsaid = await sent('lena', to, { ...tool, ...step, view: '' })
  expect([unsaid.status, unsaid.text.includes('Enter what they say')]).toEqual([422, true])
  one = (await sent('lena', to, { ...tool, ...step })).location.split('?')[0]!
  const { text } = await shown('lena', one)
  for (const words of ['Partial closure', 'Zylo flat 3', 'zylodoor', 'It could make a criminal of the person'])
    expect(text).toContain(words)
})

test('the same is asked again at each step; the day until which it holds is among what comes next', async () => {
  const bare = { step: 'granted', ...on('on', '22', '11', '2026') }
  expect((await sent('lena', one, bare)).text).toContain('Enter who might be harmed')
  const granted = {
    ...step,
    ...bare,
    ...on('until', '22', '02', '2027'),
    criminalise: 'no',
    heard: 'no',
    unheard: 'Asleep',
  }
  expect((await sent('lena', one, granted)).location).toBe(`${one}?done=stepped`)
  const { text } = await shown('lena', one)
  for (const words of ['Applied for, since 20 November 2026', 'Granted, or in use, since 22 November 2026', 'Asleep'])
    expect(text).toContain(words)
  const hub = (await shown('lena', `/people/${subject}`)).text
  for (const words of ['holds until this day', '1 thing is done to stop the harm.', 'home was taken over: applied for'])
    expect(hub).toContain(words)
})

test('it is the circle’s by its handling: whoever is not let see that sees none of it', async () => {
  expect((await shown('hal', one)).status).toBe(404)
  expect((await shown('hal', packs)).text).not.toContain('Partial closure')
  for (const name of ['wes', 'priya'] as const) expect((await shown(name, one)).status).toBe(404)
})

test('of a specialist process the record says whom to ask, and has no place for more', async () => {
  expect((await sent('lena', `${packs}/specialist`, {})).text).toContain('Enter whom to ask')
  expect((await sent('lena', `${packs}/specialist`, { contact: 'Z', why: 'W' })).status).toBe(400)
  await sent('lena', `${packs}/specialist`, { contact: 'Ada Zylo, 01632 960999' })
  const pointed = 'Specialist process – contact Ada Zylo, 01632 960999'
  for (const path of [packs, `/people/${subject}`]) expect((await shown('lena', path)).text).toContain(pointed)
  const end = /name="end" value="([^"]+)"/.exec((await shown('lena', `${packs}/specialist`)).text)![1]!
  await sent('lena', `${packs}/specialist`, { end })
  expect((await shown('lena', `/people/${subject}`)).text).not.toContain(pointed)
  expect((await shown('lena', `${packs}/specialist`)).text).toContain('Ended on 23 November 2026')
})

test('no word of it stands in the database as it was written', async () => {
  for (const table of ['disruption', 'disruption_step', 'specialist_pointer', 'event']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text ilike '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
})
