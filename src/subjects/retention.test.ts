import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signForCast } from '../../test/signed-for-cast.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { dataKeys, openText } from '../platform/index.ts'
import { addEntry } from './add-entry.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { dueOn, loadRetention, proposeDestruction } from './retention.ts'
import { identitySchema, type EntryKind } from './subject.ts'

let house: TestHouse
const planted = ['Plantedname', 'Plantedalias', 'Plantedstreet', 'plantedwords', 'plantedsource', '07700900999']
const today = '2062-01-10'
const later = new Date('2062-01-10T10:00:00Z')

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  await house.seen(house.system, (tx) => loadRetention(tx, house.cast.partnership))
})
afterAll(() => house.close())
let subject: string
beforeEach(async () => {
  house.clock.now = new Date('2026-11-23T10:00:00Z')
  subject = await write()
})

/** A child whose record was opened, written in and closed. */
const write = async (kind: EntryKind = 'what happened', close = true): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  const { keys } = house.house
  const said = identitySchema.parse({
    name: 'Plantedname',
    known_as: 'Plantedalias',
    born_on: '2012-02-29',
    address: '1 Plantedstreet CV21 2AA',
    phone: '07700900999',
  })
  const id = await house.seen(lena, (tx) =>
    openPerson(tx, keys, lena, said, { as: 'lead', contact: 'plantedsource', at }),
  )
  await house.seen(lena, async (tx) => {
    const facts = (await subjectFacts(tx, lena.partnership, id))!
    const entry = { kind, happened_at: at, words: 'plantedwords', data_class: 'D4' as const, handling: 0 as const }
    await addEntry(tx, keys, lena, facts, { ...entry, source: 'plantedsource' }, { at })
  })
  const until = new Date(at.getTime() + 86_400_000)
  if (close) await product((tx) => sql`update involvement set to_at = ${until} where subject_id = ${id}`.execute(tx))
  return id
}
type Work<T> = Parameters<typeof house.seen<T>>[1]
const product = <T>(work: Work<T>) => house.seen(house.system, work)
const due = (on = today) =>
  product(async (tx) =>
    (await dueOn(tx, house.cast.partnership, on, subject)).map((one) => `${one.rule_code} ${one.due_on}`),
  )

test('of all rules that apply the one that keeps longest wins', async () => {
  expect(await due('2061-01-01')).toEqual([])
  expect(await due()).toEqual(['child-protection 2061-11-24'])
  subject = await write('allegation')
  expect(await due('2100-01-01')).toEqual([])
})

test('nothing is due while somebody works with the person, or where a birthday it counts from is not known', async () => {
  subject = await write('what happened', false)
  expect(await due()).toEqual([])
  subject = await write()
  await product((tx) => sql`update subject set adult_from = null where id = ${subject}`.execute(tx))
  expect(await due()).toEqual([])
})

const propose = async () => {
  house.clock.now = later
  await product((tx) => proposeDestruction(tx, house.system, later, today))
  const { rows } = await product((tx) =>
    sql<{
      id: string
    }>`select id from destruction_proposal where subject_id = ${subject} and settled_at is null`.execute(tx),
  )
  return rows.map(({ id }) => `/retention/${id}`)
}
/** Every row of every table as text, so that no column is forgotten. */
const wordsLeft = async (): Promise<string[]> => {
  const { rows } = await product((tx) =>
    sql<{
      name: string
    }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not in ('migration')`.execute(tx),
  )
  const found: string[] = []
  const words = planted.join('|')
  for (const { name } of rows) {
    const hit = await product((tx) =>
      sql`select from ${sql.table(name)} t where t::text ~* ${words} limit 1`.execute(tx),
    )
    if (hit.rows.length) found.push(name)
  }
  return found.sort()
}

test('two different people destroy a record; its words open nowhere, and it does not exist for anybody', async () => {
  const [address] = await propose()
  const { rows: aside } = await product((tx) =>
    sql<{
      id: string
      words_sealed: Buffer
      key_id: string
    }>`select id, words_sealed, key_id from entry where subject_id = ${subject}`.execute(tx),
  )
  const [mina, gwen, lena] = [await house.browser('mina'), await house.browser('gwen'), await house.browser('lena')]
  const empty = await mina.post(address!)
  expect([empty.status, empty.text.includes('Select what should happen')]).toEqual([422, true])
  expect((await mina.post(address!, { answer: 'confirm' })).location).toBe('/retention')
  expect((await mina.post(address!, { answer: 'confirm' })).status).toBe(422)
  const kept = await product((tx) => dataKeys(tx, house.house.keys, house.cast.partnership, [aside[0]!.key_id]))
  expect(
    openText(
      kept.get(aside[0]!.key_id)!,
      { table: 'entry', column: 'words', row: aside[0]!.id },
      aside[0]!.words_sealed,
    ),
  ).toBe('plantedwords')

  expect((await gwen.post(address!, { answer: 'confirm' })).location).toBe('/retention')
  const gone = await product((tx) => dataKeys(tx, house.house.keys, house.cast.partnership, [aside[0]!.key_id]))
  expect(gone.size).toBe(0)
  expect((await lena.get(`/people/${subject}`)).status).toBe(404)
  const { rows } = await product((tx) =>
    sql<{ n: number }>`select (select count(*) from identity_key where subject_id = ${subject})
      + (select count(*) from identity where subject_id = ${subject} and (born_on is not null or adult_from is not null)) as n`.execute(
      tx,
    ),
  )
  expect(Number(rows[0]!.n)).toBe(0)
  const shown = (await gwen.get('/retention')).text
  for (const said of ['35 years after last contact', 'D3, D4', 'Mina Farah, Gwen Astley']) expect(shown).toContain(said)
})

test('a reason puts it off, and a legal hold wins until it is lifted', async () => {
  const [address] = await propose()
  const mina = await house.browser('mina')
  expect((await mina.post(address!, { answer: 'defer', years: '2' })).text).toContain('Enter why it is kept')
  await mina.post(address!, { answer: 'defer', why: 'A review is running.', years: '2' })
  const kept = (await (await house.browser('gwen')).get('/retention')).text
  for (const said of ['Put off', 'A review is running.', 'by Mina Farah']) expect(kept).toContain(said)
  expect(await propose()).toEqual([])
  house.clock.now = new Date('2026-11-23T10:00:00Z')
  subject = await write()
  const [second] = await propose()
  await mina.post(second!, { answer: 'hold', why: 'An inquiry asked.' })
  expect(await due()).toEqual([])
  const lift = /\/retention\/holds\/[0-9a-f-]{36}/.exec((await mina.get('/retention')).text)![0]
  expect((await mina.post(lift)).text).toContain('Enter why it may go')
  expect((await mina.post(lift, { why: 'It is over.' })).location).toBe('/retention')
  expect(await due()).toEqual(['child-protection 2061-11-24'])
})

test('somebody who works with the person again between the two confirmations stops it', async () => {
  const [address] = await propose()
  const [mina, gwen] = [await house.browser('mina'), await house.browser('gwen')]
  await mina.post(address!, { answer: 'confirm' })
  await product((tx) => sql`update involvement set to_at = null where subject_id = ${subject}`.execute(tx))
  await gwen.post(address!, { answer: 'confirm' })
  const { rows } = await product((tx) =>
    sql`select from data_key where of_id = ${subject} and wrapped is not null`.execute(tx),
  )
  expect(rows).toHaveLength(1)
})

test('others have no such page', async () => {
  const [address] = await propose()
  for (const name of ['lena', 'hal', 'wes', 'priya', 'ada'] as const)
    for (const path of ['/retention', address!]) expect((await (await house.browser(name)).get(path)).status).toBe(404)
})

test('once everything is destroyed no planted word is in any table', async () => {
  expect(await wordsLeft()).toEqual(['involvement'])
  house.clock.now = later
  await product((tx) => sql`update destruction_proposal set settled_at = now()`.execute(tx))
  await product(async (tx) => {
    const { rows } = await sql<{ id: string }>`select id from subject where erased_at is null`.execute(tx)
    const { eraseSubject } = await import('./erase.ts')
    for (const { id } of rows) await eraseSubject(tx, house.system, id, 'retention', later)
  })
  expect(await wordsLeft()).toEqual([])
})
