import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from './house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

test('a page that does not exist is said to be not found, in the house’s own frame', async () => {
  const got = await (await house.browser()).get('/no-such-page')
  expect(got.status).toBe(404)
  expect(got.text).toContain('Page not found')
  expect(got.text).toContain('Elmshire')
})
