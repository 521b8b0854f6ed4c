import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { noticed } from '../../../../test/noticed.ts'
import { suspected } from '../../../../test/suspected.ts'
import { jobsWith } from '../../../app.ts'
import { runDueJobs } from '../../../platform/index.ts'
import { undo } from '../../../joining/index.ts'
import { suspectAll } from '../../../joining/suspect.ts'
import { eraseSubject } from '../../../subjects/erase.ts'
import { openPerson } from '../../../subjects/open-person.ts'
import { identitySchema } from '../../../subjects/subject.ts'
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
  // Each link says which pair it opens.
  for (const name of ['Tom', 'Brian'])
    expect(list.text).toMatch(new RegExp(`Person: ${name} (Fennimore|Askewith) and ${name} (Fennimore|Askewith)<`))
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

describe('what is known as one and looks wrong', () => {
  const night = () => suspectAll(house.db, house.house.keys, house.cast.partnership, house.clock.now)

  const jobs = () =>
    runDueJobs(house.db, jobsWith(house.house.keys), (kind, error) => {
      throw new Error(kind, { cause: error })
    })

  test('is listed with its reasons until somebody says why it is right, and again when something changes', async () => {
    const { suspicion, decision, proposal } = await suspected(house)
    const address = `/joining/suspicions/${suspicion}`
    const list = await dena.get('/joining')
    expect(list.text).toMatch(new RegExp(`${address}"[\\s\\S]*Two dates of birth`))
    const page = await dena.get(address)
    expect(page.text).toContain('Records 1 and 2 give different dates of birth.')
    expect(page.text).toMatch(new RegExp(`href="/joining/${proposal}"[\\s\\S]*Weakest tie`))
    expect((await dena.post(address, { why: ' ' })).status).toBe(422)
    expect((await dena.post(address, { why: 'The school wrote it wrongly' })).location).toBe('/joining?done=right')
    const late = await colm.post(address, { why: 'His mother says so' })
    expect(late.status).toBe(409)
    expect(late.text).toMatch(
      /Dena Okoro, [^<]*: it is right[\s\S]*The school wrote it wrongly[\s\S]*His mother says so/,
    )
    await night()
    expect((await colm.get('/joining')).text).not.toContain('suspicions/')
    const dated = house.as('dena')
    await house.seen(dated, (tx) =>
      undo(tx, house.house.keys, dated, decision, { why: 'Two brothers', at: house.clock.now }),
    )
    expect((await dena.get(address)).text).toContain('This has changed since it was found.')
    // As one again, it is another question, with what was said of it before.
    await dena.post(`/joining/${proposal}`, { answer: 'same' })
    const [, again] = /suspicions\/([0-9a-f-]{36})/.exec((await dena.get('/joining')).text)!
    expect((await dena.get(`/joining/suspicions/${again}`)).text).toMatch(/before it changed: it is right/)
    expect((await (await house.browser('priya')).get(`/joining/suspicions/${again}`)).status).toBe(404)
    await dena.post(`/joining/suspicions/${again}`, { why: 'As before' })
  })

  test('says nothing of a field in a record that the reader may not see, and what was answered goes with the person', async () => {
    const hal = house.as('hal')
    const person = { name: 'Peregrine Quillfeather', phone: '07700 900488' }
    const subject = await house.seen(hal, (tx) =>
      openPerson(tx, house.house.keys, hal, identitySchema.parse({ ...person, born_on: '2009-05-06' }), {
        as: 'lead',
        at: house.clock.now,
      }),
    )
    await jobs()
    const { concern } = await noticed(house, { people: [{ ...person, born_on: '2009-08-17' }] })
    const { id } = await pairOf(concern)
    await dena.post(`/joining/${id}`, { answer: 'same' })
    const list = (await dena.get('/joining')).text
    expect(list).toContain('Something in a record that is not shown in a list')
    const [, suspicion] = /suspicions\/([0-9a-f-]{36})/.exec(list)!
    const page = (await dena.get(`/joining/suspicions/${suspicion}`)).text
    expect(page).toContain('Something in a record of another agency does not fit.')
    expect(page).not.toMatch(/dates of birth|2009-05-06/)
    await dena.post(`/joining/suspicions/${suspicion}`, { why: 'Her aunt misremembers' })
    const reason = () =>
      house.seen(house.system, (tx) =>
        tx
          .selectFrom('suspicion_answer')
          .select('why_sealed')
          .where('suspicion_id', '=', suspicion!)
          .executeTakeFirstOrThrow(),
      )
    expect((await reason()).why_sealed).not.toBeNull()
    await house.seen(house.system, (tx) => eraseSubject(tx, house.system, subject, 'retention', house.clock.now))
    await jobs()
    expect((await reason()).why_sealed).toBeNull()
    expect((await dena.get(`/joining/suspicions/${suspicion}`)).text).toContain('This has changed since it was found.')
  })
})
