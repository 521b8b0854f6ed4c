import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { calendarOf, clockOf, contactPoints } from './index.ts'

let house: TestHouse
let ada: Browser
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(async () => {
  ada = await house.browser('ada')
})
afterAll(() => house.close())

const points = () => house.seen(house.anyone, (tx) => contactPoints(tx, house.cast.partnership))
const calendar = () => house.seen(house.anyone, (tx) => calendarOf(tx, house.cast.partnership))
const kindsOfEvents = () =>
  house.seen(house.as('ada'), async (tx) =>
    (await tx.selectFrom('event').select('kind').orderBy('seq').execute()).map(({ kind }) => kind),
  )

describe('clocks', () => {
  const rule = (at: Date) => house.seen(house.anyone, (tx) => clockOf(tx, house.cast.partnership, 'child-decision', at))

  test('are shown to any member of staff in words', async () => {
    const got = await (await house.browser('wes')).get('/settings/clocks')
    expect(got.text).toContain('Child referral: decision, and the referrer told')
    expect(got.text).toContain('45 working days')
    expect(got.text).not.toContain('/settings/clocks/child-decision')
  })

  test('a change counts from now on: what started before keeps its own', async () => {
    const before = new Date(house.clock.now)
    house.clock.now = new Date(before.getTime() + 60_000)
    const got = await ada.post('/settings/clocks/child-decision', {
      amount: '2',
      unit: 'working-hours',
      risk: '60',
      basis: 'Local agreement',
    })
    expect(got.location).toBe('/settings/clocks?done=changed')
    expect(await rule(before)).toMatchObject({ amount: 1, unit: 'working-days' })
    expect(await rule(house.clock.now)).toMatchObject({ amount: 2, unit: 'working-hours', atRiskFraction: 0.6 })
    const shown = await ada.get('/settings/clocks/child-decision')
    expect(shown.text).toContain('Since 23 November 2026')
    expect(shown.text).toContain('As it came')
    expect(await kindsOfEvents()).toContain('clock changed')
  })

  test('nonsense is explained', async () => {
    const got = await ada.post('/settings/clocks/adult-decision', {
      amount: '0',
      unit: 'moons',
      risk: '101',
      basis: ' ',
    })
    expect(got.status).toBe(422)
    for (const said of [
      'from 1 to 999',
      'Select hours, days or months',
      'from 1 to 100',
      'Enter where this time comes from',
    ])
      expect(got.text).toContain(said)
    expect((await ada.get('/settings/clocks/no-such-clock')).status).toBe(404)
  })
})

describe('how to reach us', () => {
  test('any member of staff reads it', async () => {
    const got = await (await house.browser('saul')).get('/settings/contacts')
    expect(got.text).toContain('01632 960001')
    expect(got.text).not.toContain('/settings/contacts/new')
  })

  test('a contact point is added, changed and removed', async () => {
    await ada.post('/settings/contacts/new', { label: 'Night team', audience: 'both', phone: '01632 960 300' })
    const added = (await points()).find(({ label }) => label === 'Night team')!
    expect(added).toMatchObject({ code: 'night-team', checked: true, demo: false })
    const page = `/settings/contacts/${added.id}`
    await ada.post(page, { label: 'Night team', audience: 'professional', email: 'night@elmshire.example' })
    expect((await points()).at(-1)).toMatchObject({ code: 'night-team', phone: null, email: 'night@elmshire.example' })
    await ada.post(`${page}/remove`, {}, { from: page })
    expect((await points()).map(({ label }) => label)).not.toContain('Night team')
    expect((await ada.get(page)).status).toBe(404)
    expect(await kindsOfEvents()).toEqual(
      expect.arrayContaining(['contact point added', 'contact point changed', 'contact point removed']),
    )
  })

  test('one that reaches nobody, or is mistyped, is explained', async () => {
    expect((await ada.post('/settings/contacts/new', {})).text).toContain('Enter who answers')
    expect((await ada.post('/settings/contacts/new', { label: 'x', audience: 'both' })).text).toContain(
      'Enter at least one way to reach them',
    )
    const got = await ada.post('/settings/contacts/new', {
      label: 'x',
      audience: 'both',
      phone: 'ring me',
      email: 'x',
      url: 'javascript:alert(1)',
    })
    for (const said of ['Enter a phone number', 'Enter an email address', 'Enter a full web address'])
      expect(got.text).toContain(said)
    expect(got.text).toContain('value="ring me"')
  })
})

describe('working hours and holidays', () => {
  test('hours are changed, and the clocks run by them', async () => {
    await ada.post('/settings/hours', { opens: '8:30', closes: '17:30' }, { from: '/settings/holidays' })
    expect(await calendar()).toMatchObject({ opens: 510, closes: 1050 })
    expect((await ada.get('/settings/holidays')).text).toContain('Monday to Friday, 08:30 to 17:30')
  })

  test('an end before the start, or no time at all, is explained', async () => {
    const from = { from: '/settings/holidays' }
    expect((await ada.post('/settings/hours', { opens: '17:00', closes: '09:00' }, from)).text).toContain(
      'The end must be later than the start',
    )
    const got = await ada.post('/settings/hours', { opens: '25:00', closes: 'five' }, from)
    expect(got.status).toBe(422)
    expect(got.text).toContain('Enter a time on the 24-hour clock')
    expect(got.text).toContain('value="five"')
  })

  test('a day is added once and removed', async () => {
    const day = { 'date-day': '1', 'date-month': '12', 'date-year': '2026', name: 'Training day' }
    await ada.post('/settings/holidays', day)
    expect((await calendar()).holidays.has('2026-12-01')).toBe(true)
    expect((await ada.post('/settings/holidays', day)).text).toContain('This day is on the list already')
    await ada.post('/settings/holidays/2026-12-01/remove', {}, { from: '/settings/holidays' })
    expect((await calendar()).holidays.has('2026-12-01')).toBe(false)
  })

  test('an empty form is explained', async () => {
    const got = await ada.post('/settings/holidays', {})
    expect(got.text).toContain('Enter the date')
    expect(got.text).toContain('Enter what day it is')
  })

  test('only an administrator changes them', async () => {
    const mina = await house.browser('mina')
    expect((await mina.get('/settings/holidays')).status).toBe(200)
    expect(
      (await mina.post('/settings/hours', { opens: '01:00', closes: '02:00' }, { from: '/settings/holidays' })).status,
    ).toBeGreaterThanOrEqual(403)
    expect((await calendar()).opens).toBe(510)
  })
})
