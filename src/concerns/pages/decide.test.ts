import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decision, happened, noticed, reporterOf, wordsOf } from '../../../test/noticed.ts'
import { openTestHouse, type Browser, type Got, type TestHouse } from '../../../test/house.ts'
import { decide } from '../decide.ts'
import { addMore } from '../say-more.ts'

let house: TestHouse
let dena: Browser
let colm: Browser
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  dena = await house.browser('dena')
  colm = await house.browser('colm')
})

const hidden = (got: Got) => ({
  standing: /name="standing" value="([^"]*)"/.exec(got.text)?.[1] ?? '',
  seen: /name="seen" value="([^"]*)"/.exec(got.text)?.[1] ?? '',
})
/** Fills in one page as a person would, with what it carries. */
const step = async (browser: Browser, concern: string, name: string, form: Record<string, string | string[]>) => {
  const address = `/concerns/${concern}/decide/${name}`
  return browser.post(address, { ...hidden(await browser.get(address)), do: 'go', ...form })
}
const why = {
  reason: 'Two people saw the same car',
  unknowns: 'Who drives it',
  confidence: 'medium',
  offered: 'A named worker, by us',
  told: 'Thank you. We have looked at it.',
}
const aboutChild = { people: [{ name: 'Kezia Thorne', born_on: '2011-03-02' }] }
const aboutAdult = { people: [{ name: 'Ivor Pell', born_on: '1980-03-02' }] }
const standing = async (concern: string) => {
  const rows = await house.seen(house.system, (tx) =>
    tx.selectFrom('decision').selectAll().where('concern_id', '=', concern).where('replaced_at', 'is', null).execute(),
  )
  return (await wordsOf(house, 'decision', rows))[0]
}

test('a child: the frame follows from the date of birth, the route brings its offer, and the reporter is told', async () => {
  const { concern } = await noticed(house, aboutChild)
  expect((await dena.get(`/concerns/${concern}/decide`)).location).toBe(`/concerns/${concern}/decide/route`)
  const route = await dena.get(`/concerns/${concern}/decide/route`)
  expect(route.text).toContain('Kezia Thorne is 15 on 23 November 2026')
  expect(route.text).toContain('Strategy discussion (section 47)')
  expect(route.text).not.toContain('section 42(2)')
  expect((await dena.get(`/concerns/${concern}/decide/frame`)).text).toContain('Step 1 of 4')
  expect((await step(dena, concern, 'route', { route: 'family-help', also: ['missing'] })).location).toMatch(/why$/)
  const page = await dena.get(`/concerns/${concern}/decide/why`)
  expect(page.text).toContain('A named worker and a plan agreed with the family.')
  expect(page.text).toContain('The police reference and grade')
  const sent = await step(dena, concern, 'why', {
    ...why,
    need_consent: 'given',
    need_consent_why: 'Her mother',
    'need_police-reference': 'WP-77',
  })
  expect(sent.location).toMatch(/check$/)
  const check = await dena.get(`/concerns/${concern}/decide/check`)
  for (const words of [
    'Early help or family help',
    'Missing response',
    'Two people saw the same car',
    'WP-77',
    'Given',
  ])
    expect(check.text).toContain(words)
  expect((await step(dena, concern, 'check', {})).location).toBe(`/concerns/${concern}?done=decided`)
  expect(await standing(concern)).toMatchObject({
    frame: 'child',
    route: 'family-help',
    also: ['missing'],
    limb_needs: null,
  })
  const shown = await dena.get(`/concerns/${concern}`)
  expect(shown.text).toContain('Decided by Dena Okoro: Early help or family help')
  expect((await happened(house, concern)).map(({ kind }) => kind)).toContain('concern decided')
})

test('an adult: each limb has its answer and its evidence, and one that is not met rules out section 42 and nothing else', async () => {
  const { concern } = await noticed(house, aboutAdult)
  expect((await dena.get(`/concerns/${concern}/decide`)).location).toMatch(/limbs$/)
  const empty = await step(dena, concern, 'limbs', {})
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Select yes, no or not yet known for: Needs for care and support')
  expect(empty.text).toContain('Enter the evidence for: Abuse or neglect')
  const limbs = (protect: string) => ({
    limb_needs: 'yes',
    limb_needs_why: 'Learning disability',
    limb_risk: 'yes',
    limb_risk_why: 'His flat was taken over',
    limb_protect: protect,
    limb_protect_why: 'He asked the police himself',
  })
  await step(dena, concern, 'limbs', limbs('no'))
  const route = await dena.get(`/concerns/${concern}/decide/route`)
  expect(route.text).toContain('The exploitation pathway, another enquiry and support are open to them all the same.')
  expect(route.text.indexOf('Other safeguarding enquiry')).toBeLessThan(
    route.text.indexOf('Safeguarding enquiry (section 42(2))'),
  )
  const refused = await step(dena, concern, 'route', { route: 's42-enquiry' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('A section 42 enquiry needs all three parts')
  expect((await step(dena, concern, 'route', { route: 'exploitation-pathway' })).location).toMatch(/why$/)
  const form = { ...why, 'need_age-16-or-over': 'yes', 'need_lawful-basis': 'Public task' }
  expect((await step(dena, concern, 'why', form)).location).toMatch(/check$/)
  expect((await dena.get(`/concerns/${concern}/decide/check`)).text).toContain('Not all three limbs are met')
  await step(dena, concern, 'check', {})
  expect(await standing(concern)).toMatchObject({
    frame: 'adult',
    route: 'exploitation-pathway',
    limb_protect: 'no',
    limb_protect_why: 'He asked the police himself',
  })
})

test('an age that nobody knows is asked, and one on either side of a birthday is shown', async () => {
  const unknown = await noticed(house, { people: [{ name: 'Someone' }] })
  expect((await dena.get(`/concerns/${unknown.concern}/decide`)).location).toMatch(/frame$/)
  expect((await step(dena, unknown.concern, 'frame', {})).status).toBe(422)
  expect((await step(dena, unknown.concern, 'frame', { frame: 'adult' })).location).toMatch(/limbs$/)
  const split = await noticed(house, { people: [{ born_on: '2008-11-20' }], happened_on: '2026-11-10' })
  expect((await dena.get(`/concerns/${split.concern}/decide`)).location).toMatch(/frame$/)
  expect((await dena.get(`/concerns/${split.concern}/decide/frame`)).text).toContain(
    'They are adult today and were child on the day it happened',
  )
})

test('every part that is missing is named, and what was typed stays', async () => {
  const { concern } = await noticed(house, aboutChild)
  await step(dena, concern, 'route', { route: 'intelligence' })
  const got = await step(dena, concern, 'why', {
    reason: 'Only a plate',
    'look_again-day': '31',
    'look_again-month': '2',
    'look_again-year': '2027',
    offered: '',
    told: '',
  })
  expect(got.status).toBe(422)
  for (const sentence of [
    'Enter what is not known',
    'Select how sure you are',
    'Enter what is offered',
    'Enter a real date for when it is looked at again',
  ])
    expect(got.text).toContain(sentence)
  expect(got.text).toContain('Only a plate')
  expect(
    (
      await step(dena, concern, 'why', {
        ...why,
        'look_again-day': '1',
        'look_again-month': '1',
        'look_again-year': '2020',
      })
    ).text,
  ).toContain('The date must be in the future')
  expect(
    (
      await step(dena, concern, 'why', {
        ...why,
        'look_again-day': '1',
        'look_again-month': '2',
        'look_again-year': '2027',
      })
    ).location,
  ).toMatch(/check$/)
  await step(dena, concern, 'check', {})
  expect(await standing(concern)).toMatchObject({ look_again_on: '2027-02-01' })
})

test('words that name somebody are shown to the writer, who takes them out or confirms them', async () => {
  const { concern } = await noticed(house, aboutChild)
  await step(dena, concern, 'route', { route: 'advice' })
  const named = await step(dena, concern, 'why', { ...why, told: 'We are helping Kezia now.' })
  expect(named.status).toBe(422)
  expect(named.text).toContain('These words say something about a person: Kezia.')
  expect(
    (await step(dena, concern, 'why', { ...why, told: 'We are helping Kezia now.', told_confirmed: 'yes' })).location,
  ).toMatch(/check$/)
})

test('what is begun outlives the session, the tab and a step without the rest', async () => {
  const { concern, reference } = await noticed(house, aboutChild)
  await step(dena, concern, 'route', { route: 'advice' })
  const address = `/concerns/${concern}/decide/why`
  expect((await dena.post(address, { reason: 'Half a thought', do: 'keep' })).location).toBe(`${address}?kept=yes`)
  const again = await house.browser('dena')
  expect((await again.get('/work')).text).toContain(`Carry on with the decision on ${reference}`)
  expect((await again.get(`/concerns/${concern}`)).text).toContain('Carry on deciding')
  expect((await again.get(address)).text).toContain('Half a thought')
  const raw = await house.seen(house.system, (tx) =>
    tx.selectFrom('draft').select('sealed').where('kind', '=', 'decision').execute(),
  )
  expect(raw.every(({ sealed }) => !sealed.includes('Half a thought'))).toBe(true)
  expect((await colm.get(address)).text).not.toContain('Half a thought')
  await again.post(`/concerns/${concern}/decide/drop`, {}, { from: address })
  expect((await again.get('/work')).text).not.toContain(reference)
})

test('whoever decides second is told who was first, sees everything they typed, and may replace it knowingly', async () => {
  const { concern } = await noticed(house, aboutChild)
  await step(dena, concern, 'route', { route: 'advice' })
  await step(dena, concern, 'why', { ...why, reason: 'My own careful reason' })
  const check = hidden(await dena.get(`/concerns/${concern}/decide/check`))
  const worker = house.as('colm')
  await house.seen(worker, (tx) =>
    decide(tx, house.house.keys, worker, concern, decision(), { standing: null, at: new Date('2026-11-23T14:02:00Z') }),
  )
  const late = await dena.post(`/concerns/${concern}/decide/check`, { ...check, do: 'go' })
  expect(late.status).toBe(409)
  expect(late.text).toMatch(/Colm \w+ decided this at 14:02 while you were writing/)
  expect(late.text).toContain('My own careful reason')
  expect((await standing(concern))!.decided_by).toBe(worker.staff)
  expect(
    (
      await dena.post(
        `/concerns/${concern}/decide/check`,
        { ...hidden(late), do: 'go' },
        { from: `/concerns/${concern}/decide/check` },
      )
    ).location,
  ).toContain('done=decided')
  expect(await standing(concern)).toMatchObject({ decided_by: house.as('dena').staff, reason: 'My own careful reason' })
  const shown = await dena.get(`/concerns/${concern}`)
  expect(shown.text).toContain('Earlier decisions')
  expect(shown.text).toContain('Decided again by Dena Okoro')
})

test('what came in while writing is told before anything is decided, once', async () => {
  const { concern } = await noticed(house, aboutChild)
  await step(dena, concern, 'route', { route: 'advice' })
  await step(dena, concern, 'why', why)
  const check = hidden(await dena.get(`/concerns/${concern}/decide/check`))
  const reporter = reporterOf(house, concern)
  await house.seen(reporter, (tx) =>
    addMore(tx, house.house.keys, reporter, { concern, words: 'She is back', at: house.clock.now }),
  )
  const told = await dena.post(`/concerns/${concern}/decide/check`, { ...check, do: 'go' })
  expect(told.status).toBe(409)
  expect(told.text).toContain('The reporter has told us more.')
  expect(await standing(concern)).toBeUndefined()
  expect(
    (
      await dena.post(
        `/concerns/${concern}/decide/check`,
        { ...hidden(told), do: 'go' },
        { from: `/concerns/${concern}/decide/check` },
      )
    ).location,
  ).toContain('done=decided')
})

test('the last step cannot be reached before the others are done', async () => {
  const { concern } = await noticed(house, aboutAdult)
  expect((await dena.get(`/concerns/${concern}/decide/check`)).location).toMatch(/limbs$/)
  const sent = await dena.post(
    `/concerns/${concern}/decide/check`,
    { standing: '', seen: '0', do: 'go' },
    { from: `/concerns/${concern}/decide/limbs` },
  )
  expect(sent.status).toBe(422)
  expect(await standing(concern)).toBeUndefined()
  expect((await dena.get(`/concerns/${concern}/decide/nonsense`)).status).toBe(404)
})
