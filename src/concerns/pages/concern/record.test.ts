import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveAgreement } from '../../../../test/agreement.ts'
import { openTestHouse, type TestHouse } from '../../../../test/house.ts'
import { happened, noticed } from '../../../../test/noticed.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
})
afterAll(() => house.close())

test('the front door opens a person from a concern: who it says they are, and what it tells, under its reference', async () => {
  const { concern, reference } = await noticed(house, {
    worry: 'A grey car every Friday',
    people: [{ name: 'Kezia Thorne', nickname: 'Kez', born_on: '2011-03-02', nhs_number: '999 000 0018' }],
  })
  const dena = await house.browser('dena')
  expect((await dena.get(`/concerns/${concern}`)).text).toContain('Open a person from this concern')
  const empty = await dena.post(`/concerns/${concern}/record`)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Enter how other agencies reach you')
  const page = await dena.get(`/concerns/${concern}/record`)
  const person = /name="person" type="radio" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const sent = await dena.post(`/concerns/${concern}/record`, { person, contact: '01632 960001' })
  expect(sent.location).toMatch(/^\/people\/[0-9a-f-]{36}$/)
  await dena.post(`${sent.location}/purpose`, { purpose: 'child-safeguarding', basis: 'public-task', condition: '' })
  const shown = (await dena.get(sent.location)).text
  for (const seen of ['Kezia Thorne', 'Kez', 'A grey car every Friday', `Concern ${reference}`])
    expect(shown).toContain(seen)
  expect((await happened(house, concern)).at(-1)).toMatchObject({
    kind: 'record opened from concern',
    staff_id: house.as('dena').staff,
    detail: { subject: sent.location.slice('/people/'.length) },
  })
  expect((await dena.get(`/concerns/${concern}`)).text).toContain('Dena Okoro opened the record of a person')
})

test('nobody but the front door has the page, and a person of another concern is nobody', async () => {
  const { concern } = await noticed(house, { people: [{ name: 'Kezia Thorne' }] })
  for (const name of ['lena', 'priya', 'wes'] as const)
    expect((await (await house.browser(name)).get(`/concerns/${concern}/record`)).status).toBe(404)
  const dena = await house.browser('dena')
  const wrong = await dena.post(`/concerns/${concern}/record`, { person: concern, contact: '01632 960001' })
  expect(wrong.status).toBe(404)
})
