import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { noticed } from '../../../../test/noticed.ts'
import { prioritise } from '../../prioritise.ts'

let house: TestHouse
let dena: Browser
let colm: Browser
beforeAll(async () => {
  house = await openTestHouse()
  dena = await house.browser('dena')
  colm = await house.browser('colm')
})
afterAll(() => house.close())

/** Two concerns about people with one first name and one birth: worth a look, and no more. */
const alike = async (name: string, born: string) => {
  const person = { name: `${name} Fennimore`, born_on: born, school_or_work: 'Ash Hill' }
  const first = await noticed(house, { people: [person] })
  const second = await noticed(house, { people: [{ name: `${name} Askewith`, born_on: born }] })
  return { first, second }
}
const pairsIn = (text: string) => [...text.matchAll(/href="\/joining\/([0-9a-f-]{36})"/g)].map(([, id]) => id!)
const pairOf = (concern: string) =>
  house.seen(house.system, async (tx) => {
    const record = await tx.selectFrom('noted_record').select('id').where('concern_id', '=', concern).execute()
    const ids = record.map(({ id }) => id)
    const found = await tx
      .selectFrom('proposal')
      .select(['id', 'band'])
      .where((or) => or.or([or('a_id', 'in', ids), or('b_id', 'in', ids)]))
      .execute()
    return found[0]!
  })

test('pairs of the most urgent concern come first, side by side with what differs in words, and the next follows at once', async () => {
  await alike('Tom', '2010-04-02')
  const { second } = await alike('Brian', '1987-11-23')
  const urgent = await pairOf(second.concern)
  expect(urgent.band).toBe('look')
  await house.seen(house.as('dena'), (tx) =>
    prioritise(tx, house.house.keys, house.as('dena'), second.concern, {
      level: 'red',
      why: 'As read',
      at: house.clock.now,
    }),
  )
  const list = await dena.get('/joining')
  expect(list.text).toContain('2 pairs wait for an answer')
  const [first, , other] = pairsIn(list.text)
  expect(first).toBe(urgent.id)
  const page = await dena.get(`/joining/${first}`)
  expect(page.text).toMatch(/Pair 1 of 2[\s\S]*Side by side[\s\S]*(Differs|Partly the same)<\//)
  expect(page.text).toContain('Only on the')
  const empty = await dena.post(`/joining/${first}`, { why: 'Typed' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Typed')
  const saved = await dena.post(`/joining/${first}`, { answer: 'different' })
  expect(saved.location).toBe(`/joining/${other}?done=${first}`)
  expect((await dena.get(saved.location)).text).toContain('Your answer is saved.')
  expect((await dena.get(`/joining/${first}`)).text).toContain('From what was shown, and nothing else.')
})

test('what somebody was not sure of waits for somebody else; whoever is second keeps their words', async () => {
  const [open] = pairsIn((await colm.get('/joining')).text)
  await colm.post(`/joining/${open}`, { answer: 'not sure' })
  expect(pairsIn((await colm.get('/joining')).text)).not.toContain(open)
  expect(pairsIn((await dena.get('/joining')).text)).toContain(open)
  await dena.post(`/joining/${open}`, { answer: 'different' })
  const late = await colm.post(`/joining/${open}`, { answer: 'same', why: 'The same coat' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Dena Okoro answered this')
  expect(late.text).toContain('The same coat')
})

test('whoever does not decide finds neither the list nor a pair', async () => {
  const { second } = await alike('Leonora', '1999-06-30')
  const { id } = await pairOf(second.concern)
  for (const name of ['priya', 'otto'] as const) {
    const browser = await house.browser(name)
    expect((await browser.get(`/joining/${id}`)).status).toBe(404)
  }
})
