import { afterAll, beforeAll, expect, test } from 'vitest'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { newId } from '../platform/index.ts'
import { involve } from '../sharing/index.ts'
import { addEntry } from './add-entry.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { adultFrom, identitySchema, type EntryClass } from './subject.ts'

let house: TestHouse
let kezia: string
const at = (): Date => house.clock.now

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const said = identitySchema.parse({
    name: 'Kezia Thorne',
    known_as: 'Kez',
    born_on: '2010-06-01',
    phone: '07700 900123',
  })
  kezia = await house.seen(lena, (tx) =>
    openPerson(tx, house.house.keys, lena, said, { as: 'lead', contact: '01632 960111', at: at() }),
  )
  await house.seen(lena, (tx) =>
    involve(tx, lena, {
      subject: kezia,
      agency: house.as('hal').agency,
      staff: house.as('hal').staff,
      role: 'circle',
      contact: '01632 960222',
      at: at(),
    }),
  )
  await write('D4', 0, 'Seen at the flat on Mill Street')
  await write('D5', 0, 'She says she wants the calls to stop')
  await write('D4', 2, 'A safe address that only two may know')
  await write('D7', 0, 'Intelligence pointer')
})
afterAll(() => house.close())

const write = (data_class: EntryClass, handling: 0 | 1 | 2, words: string) => {
  const lena = house.as('lena')
  return house.seen(lena, async (tx) => {
    const subject = (await subjectFacts(tx, lena.partnership, kezia))!
    return addEntry(
      tx,
      house.house.keys,
      lena,
      subject,
      { kind: 'what happened', happened_at: at(), words, data_class, handling, source: '' },
      { at: at() },
    )
  })
}
const stateIn = (browser: Browser, id = kezia) => browser.post(`/people/${id}/purpose`, safeguarding)
/** Without the address itself and the form's token, which differ from page to page. */
const alike = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '').replace(/name="_csrf" value="[^"]*"/g, '')
const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const eventsOf = (id: string) =>
  house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['kind', 'staff_id', 'detail']).where('about_id', '=', id).orderBy('seq').execute(),
  )

test('the lead worker is asked once why they are here, and then sees the person', async () => {
  const lena = await house.browser('lena')
  const asked = await lena.get(`/people/${kezia}`)
  expect(words(asked.text)).toContain('Why are you here?')
  expect(asked.text).not.toContain('Kezia')
  expect((await stateIn(lena)).location).toBe(`/people/${kezia}`)
  const shown = words((await lena.get(`/people/${kezia}`)).text)
  for (const seen of [
    'Kezia Thorne',
    'Kez',
    'Child',
    '16 years old',
    'Mill Street',
    'calls to stop',
    'safe address',
    'Keeping a child safe',
  ])
    expect(shown).toContain(seen)
  expect(shown).not.toContain('Intelligence pointer')
  expect(shown).toContain('Shut by clause ELM 5')
})

test('a housing officer in the circle sees what the clause lets through and how much is kept back, never what', async () => {
  const hal = await house.browser('hal')
  await stateIn(hal)
  const shown = words((await hal.get(`/people/${kezia}`)).text)
  expect(shown).toContain('Mill Street')
  for (const hidden of ['calls to stop', 'safe address', 'Intelligence pointer']) expect(shown).not.toContain(hidden)
  expect(shown).toContain('Sealed: for people named on it only')
  expect(shown).toContain('does not reach this kind of detail')
})

test('for the agency that has not signed the person does not exist, in the same words as somebody who does not', async () => {
  const wes = await house.browser('wes')
  for (const page of ['', '/purpose', '/add', '/involved']) {
    const real = await wes.get(`/people/${kezia}${page}`)
    const nobody = await wes.get(`/people/${newId()}${page}`)
    expect(real.status).toBe(404)
    expect(alike(real.text)).toBe(alike(nobody.text))
  }
  expect((await wes.post(`/people/${kezia}/purpose`, safeguarding)).status).toBe(404)
})

test('a colleague of the lead who does not work with the person meets the glass, and an administrator nothing at all', async () => {
  const dena = await house.browser('dena')
  const glass = await dena.get(`/people/${kezia}`)
  expect(glass.text).not.toContain('Kezia')
  const ada = await house.browser('ada')
  expect((await ada.get(`/people/${kezia}`)).status).toBe(404)
})

test('who said why they came, and who looked, is on record with the clause and without a name', async () => {
  const events = await eventsOf(kezia)
  expect(events).toContainEqual(
    expect.objectContaining({
      kind: 'person opened',
      staff_id: house.as('hal').staff,
      detail: expect.objectContaining({ purpose: 'child-safeguarding', clause: expect.stringMatching(/^ELM \d/) }),
    }),
  )
  expect(JSON.stringify(events)).not.toContain('Kezia')
})

test('a purpose that does not fit, and an empty form, are explained', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`/people/${kezia}/purpose`, {})
  expect(empty.status).toBe(422)
  expect(words(empty.text)).toContain('Choose what it is for')
  expect((await lena.post('/people/new', {})).status).toBe(422)
  expect((await lena.post('/people/find', safeguarding)).text).toContain('Fill in at least one of these')
  const add = await lena.post(`/people/${kezia}/add`, { words: '<b>half a thought</b>' })
  expect(add.status).toBe(422)
  expect(add.text).toContain('&lt;b>half a thought')
})

test('at midnight the purpose has ended: it is asked again, and what was being written is not lost', async () => {
  const hal = await house.browser('hal')
  await stateIn(hal)
  const before = house.clock.now
  const form = {
    kind: 'contact',
    words: 'Rang about the boiler',
    class: 'D4',
    handling: '0',
    'happened_on-day': '23',
    'happened_on-month': '11',
    'happened_on-year': '2026',
  }
  house.clock.now = new Date('2026-11-24T00:00:00Z')
  const again = await house.browser('hal')
  expect(words((await again.get(`/people/${kezia}`)).text)).toContain('Why are you here?')
  const kept = await again.post(`/people/${kezia}/add`, form, { from: `/people/${kezia}` })
  expect(kept.status).toBe(409)
  expect(kept.text).toContain('Rang about the boiler')
  house.clock.now = before
})

test('somebody is found by a name spelt nearly right, by whoever the agreement lets find them and nobody else', async () => {
  const hal = await house.browser('hal')
  expect((await hal.post('/people/find', { ...safeguarding, name: 'kezzia thorn' })).text).toContain('Kezia Thorne')
  expect((await hal.post('/people/find', { ...safeguarding, phone: '+44 7700 900123' })).text).toContain('Kezia Thorne')
  const dena = await house.browser('dena')
  expect((await dena.post('/people/find', { ...safeguarding, name: 'Kezia Thorne' })).text).toContain('Kezia Thorne')
  const wes = await house.browser('wes')
  expect((await wes.post('/people/find', { ...safeguarding, name: 'Kezia Thorne' })).text).not.toContain(
    'href="/people/',
  )
  // Whoever was shown has it in their own log; for wes nothing was shown.
  const found = (await eventsOf(kezia)).filter(({ kind }) => kind === 'person found')
  expect(found.map(({ staff_id }) => staff_id)).toContain(house.as('hal').staff)
  expect(found.map(({ staff_id }) => staff_id)).not.toContain(house.as('wes').staff)
})

test('who else is involved is told with a reason, agency, role and safe contact, and nothing of why', async () => {
  const hal = await house.browser('hal')
  await stateIn(hal)
  expect((await hal.post(`/people/${kezia}/involved`, {})).status).toBe(422)
  const told = words((await hal.post(`/people/${kezia}/involved`, { why: 'To agree a safe visit' })).text)
  for (const seen of ['Lead worker', '01632 960111', '01632 960222']) expect(told).toContain(seen)
  expect(await eventsOf(kezia)).toContainEqual(
    expect.objectContaining({ kind: 'who is involved asked', staff_id: house.as('hal').staff }),
  )
})

test('a record opened on screen carries what was typed, whatever it is, and shows it as words', async () => {
  const hal = await house.browser('hal')
  const name = '<script>alert(1)</script> O’Connor'
  const sent = await hal.post('/people/new', { name, as: 'lead', contact: '01632 960333' })
  const id = /people\/([^?]+)/.exec(sent.location)![1]!
  await stateIn(hal, id)
  const shown = (await hal.get(`/people/${id}`)).text
  expect(shown).not.toContain('<script>alert')
  expect(shown).toContain('&lt;script>alert(1)&lt;/script> O’Connor')
})

test('the frame of a child ends on the eighteenth birthday, for those born on a leap day on the first of March', () => {
  expect(adultFrom('2008-11-25')).toBe('2026-11-25')
  expect(adultFrom('2008-02-29')).toBe('2026-03-01')
  expect(adultFrom('2006-02-28')).toBe('2024-02-28')
})

test('a long story shows its latest part first, then part by part, and all of it when asked', async () => {
  const lena = house.as('lena')
  const long = await house.seen(lena, (tx) =>
    openPerson(tx, house.house.keys, lena, identitySchema.parse({ name: 'Long Story' }), { as: 'lead', at: at() }),
  )
  await house.seen(lena, async (tx) => {
    for (let n = 0; n < 201; n++)
      await addEntry(
        tx,
        house.house.keys,
        lena,
        { id: long, adult_from: null },
        {
          kind: 'contact',
          happened_at: new Date(at().getTime() - n * 60_000),
          words: `Visit number ${n}.`,
          data_class: 'D4',
          handling: 0,
          source: '',
        },
        { at: at() },
      )
  })
  const browser = await house.browser('lena')
  await stateIn(browser, long)
  expect((await browser.get(`/people/${long}`)).text).not.toContain('Visit number 10.')
  const latest = await browser.get(`/people/${long}/chronology`)
  expect(latest.text).toContain('Visit number 199.')
  expect(latest.text).not.toContain('Visit number 200.')
  expect(latest.text).toContain('page=2')
  const earlier = (await browser.get(`/people/${long}/chronology?page=2`)).text
  expect(earlier).toContain('Visit number 200.')
  expect(earlier).not.toContain('Visit number 199.')
  const all = await browser.get(`/people/${long}/chronology?all`)
  expect(all.text).toContain('Visit number 200.')
  expect(all.text).not.toContain('page=2')
})
