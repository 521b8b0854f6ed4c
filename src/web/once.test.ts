import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { signForCast } from '../../test/signed-for-cast.ts'
import { newId } from '../platform/index.ts'

/** A form that is pressed twice: opening a person's record stands for all of them. */
let house: TestHouse
let lena: Browser
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  lena = await house.browser('lena')
})
afterAll(() => house.close())

const at = '/people/new'
const form = { name: 'Kezia Thorne', as: 'lead', contact: '01632 960111' }
const press = (browser: Browser, _once: string, more: Record<string, string> = {}) =>
  browser.post(at, { ...form, ...more, _once }, { from: at })
const opened = async (): Promise<number> =>
  house.seen(house.system, async (tx) => (await tx.selectFrom('subject').select('id').execute()).length)

test('the page gives its form a number of its own each time', async () => {
  const number = async () => /name="_once" value="([0-9a-f-]{36})"/.exec((await lena.get(at)).text)![1]
  expect(await number()).not.toBe(await number())
})

test('pressed twice, at once or later, it does its work once and leads to the same page', async () => {
  const before = await opened()
  const once = newId()
  const both = await Promise.all([press(lena, once), press(lena, once)])
  const later = await press(lena, once)
  expect(both.map(({ status }) => status)).toEqual([303, 303])
  expect(new Set([...both, later].map(({ location }) => location)).size).toBe(1)
  expect(await opened()).toBe(before + 1)
})

test('what had to be put right first is taken when it is right', async () => {
  const before = await opened()
  const once = newId()
  expect((await press(lena, once, { name: '' })).status).toBe(422)
  expect((await press(lena, once)).status).toBe(303)
  expect(await opened()).toBe(before + 1)
})

test('somebody else’s number is of no use, and after a day the number is forgotten', async () => {
  const before = await opened()
  const once = newId()
  await press(lena, once)
  await press(await house.browser('hal'), once)
  expect(await opened()).toBe(before + 2)
  const left = async () =>
    house.seen(house.system, async (tx) => (await tx.selectFrom('form_sent').select('hash').execute()).length)
  expect(await left()).toBeGreaterThan(2)
  house.clock.now = new Date(house.clock.now.getTime() + 25 * 60 * 60_000)
  await press(await house.browser('lena'), newId())
  expect(await left()).toBe(1)
})
