import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { noticed } from '../../../../test/noticed.ts'

let house: TestHouse
let dena: Browser
let colm: Browser
beforeAll(async () => {
  house = await openTestHouse()
  dena = await house.browser('dena')
  colm = await house.browser('colm')
})
afterAll(() => house.close())

/** Two concerns with one plate between them, and where the proposal is answered. */
const two = async (plate: string) => {
  const first = await noticed(house, { details: [{ kind: 'vehicle', said: plate }] })
  const second = await noticed(house, { details: [{ kind: 'vehicle', said: plate }] })
  const page = await dena.get(`/concerns/${second.concern}`)
  return { first, second, page, address: /href="(\/concerns\/[^"]+\/joins\/[^"]+)"/.exec(page.text)![1]! }
}

test('the concern shows what may be the same, and why in words', async () => {
  await noticed(house, {
    people: [{ name: 'Katherine Oyelaran', nickname: 'Kit', phone: '07700 900321', born_on: '2010-04-02' }],
  })
  const { concern } = await noticed(house, {
    people: [{ name: 'Kate Oyelaran', phone: '+447700900321', age_said: '16' }],
  })
  const { text } = await dena.get(`/concerns/${concern}`)
  expect(text).toContain(
    'Same phone number (+447700900321): strong; usual forms of the same name (Kate Oyelaran here and Katherine Oyelaran, Kit Oyelaran there): strong; the age fits',
  )
  expect(text).toMatch(/Where it starts: two records taken at random/)
})

test('an answer needs a choice and a reason, keeps what was typed, and can be taken back in one step', async () => {
  const { second, address } = await two('LX21 AAA')
  const empty = await dena.post(address, { answer: 'same', why: '' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Say why')
  expect(empty.text).toMatch(/value="same"[^>]*checked/)
  const saved = await dena.post(address, { answer: 'same', why: 'The same dent in the door' })
  expect(saved.location).toBe(`/concerns/${second.concern}?done=joined`)
  const after = await colm.get(saved.location)
  expect(after.text).toContain('The same dent in the door')
  const decision = /name="decision" value="([^"]+)"/.exec((await colm.get(address)).text)![1]!
  const undone = await colm.post(`${address}/undo`, { decision, undo: 'Another dent' }, { from: address })
  expect(undone.location).toBe(`/concerns/${second.concern}?done=undone`)
  expect((await dena.get(address)).text).toContain('Another dent')
})

test('whoever comes second is told what the first answered, and keeps their words', async () => {
  const { address } = await two('LX21 BBB')
  const form = { answer: 'different', why: 'A van, not a car' }
  await dena.post(address, { answer: 'same', why: 'Same roof rack' })
  const late = await colm.post(address, form)
  expect(late.status).toBe(409)
  expect(late.text).toContain('Dena Okoro answered this')
  expect(late.text).toContain('because: Same roof rack')
  expect(late.text).toContain('A van, not a car')
})

test('an answer that cannot stand beside another is kept as a question, with the page that says so', async () => {
  const { first, address } = await two('LX21 CCC')
  const third = await noticed(house, { details: [{ kind: 'vehicle', said: 'LX21 CCC' }] })
  await dena.post(address, { answer: 'different', why: 'Two vans' })
  const all = (await dena.get(`/concerns/${third.concern}`)).text
  const [one, other] = [...all.matchAll(/href="(\/concerns\/[^"]+\/joins\/[^"]+)"/g)].map(([, found]) => found!)
  expect((await dena.post(one!, { answer: 'same', why: 'Seen at the gate' })).status).toBe(303)
  const refused = await colm.post(other!, { answer: 'same', why: 'Seen there too' })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('This cannot be so together with what Dena Okoro answered')
  expect((await dena.get(`/concerns/${third.concern}`)).text).toContain('Seen there too')
  expect(first.concern).not.toBe(third.concern)
})

test('for whoever does not decide the page does not exist, nor the proposal under another concern', async () => {
  const { first, address } = await two('LX21 DDD')
  const id = address.split('/').at(-1)!
  for (const name of ['priya', 'ada', 'lena'] as const)
    expect((await (await house.browser(name)).get(address)).status).toBe(404)
  expect((await dena.get(`/concerns/${first.concern}/joins/${id}`)).status).toBe(200)
  const other = await noticed(house)
  expect((await dena.get(`/concerns/${other.concern}/joins/${id}`)).status).toBe(404)
})

test('a van that many saw does not hide the girl: three of each are shown beside the concern, and all on their own page', async () => {
  await noticed(house, { people: [{ name: 'Ottoline Quayle', phone: '07700 900655' }] })
  for (let n = 0; n < 5; n++) await noticed(house, { details: [{ kind: 'vehicle', said: 'NV19 WYH' }] })
  const { concern } = await noticed(house, {
    people: [{ name: 'Ottoline Quayle', phone: '07700 900655' }],
    details: [{ kind: 'vehicle', said: 'NV19 WYH' }],
  })
  const { text } = await dena.get(`/concerns/${concern}`)
  expect(text.match(/<bdi>Vehicle: NV19WYH/g)).toHaveLength(3)
  expect(text).toContain('Person: Ottoline Quayle')
  const all = await dena.get(`/concerns/${concern}/joins`)
  expect(text).toContain(`href="/concerns/${concern}/joins"`)
  expect(all.text.match(/<bdi>Vehicle: NV19WYH/g)).toHaveLength(5)
})
