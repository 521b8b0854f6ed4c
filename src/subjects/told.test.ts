import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { hostileText } from '../../test/hostile-text.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { addEntry } from './add-entry.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { identitySchema } from './subject.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
})
afterAll(() => house.close())
beforeEach(() => {
  house.clock.now = new Date('2026-11-23T10:00:00Z')
})

const open = (said: { name: string; born_on?: string }): Promise<string> => {
  const lena = house.as('lena')
  return house.seen(lena, (tx) =>
    openPerson(tx, house.house.keys, lena, identitySchema.parse(said), {
      as: 'lead',
      contact: '01632 960111',
      at: house.clock.now,
    }),
  )
}
const pageOf = async (name: Name, id: string): Promise<string> => {
  const browser = await house.browser(name)
  await browser.post(`/people/${id}/purpose`, safeguarding)
  return (await browser.get(`/people/${id}`)).text
}
const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('a child is an adult from midnight where the partnership is, summer time and all', async () => {
  house.clock.now = new Date('2026-06-30T22:59:00Z')
  const id = await open({ name: 'Kofi Ansell', born_on: '2008-07-01' })
  expect(words(await pageOf('lena', id))).toMatch(/17 years old\s+Legal frame\s+Child until 1 July 2026/)
  house.clock.now = new Date('2026-06-30T23:00:00Z')
  expect(words(await pageOf('lena', id))).toMatch(/18 years old\s+Legal frame\s+Adult/)
})

test('whatever somebody writes is shown as words, line for line', async () => {
  const id = await open({ name: 'Kezia Thorne' })
  const lena = house.as('lena')
  const said = hostileText.filter((text) => /\S/.test(text)).slice(0, 60)
  await house.seen(lena, async (tx) => {
    const subject = (await subjectFacts(tx, lena.partnership, id))!
    for (const text of said)
      await addEntry(
        tx,
        house.house.keys,
        lena,
        subject,
        { kind: 'contact', happened_at: house.clock.now, words: text, data_class: 'D4', handling: 0, source: '' },
        { at: house.clock.now },
      )
  })
  await pageOf('lena', id)
  const shown = (await (await house.browser('lena')).get(`/people/${id}/chronology`)).text
  expect(shown.match(/class="moj-timeline__item"/g)).toHaveLength(said.length + 1)
  expect(shown).not.toMatch(/<script>|<img |<svg\/|<iframe|<base |<math|<meta http-equiv/)
})
