import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { signForCast } from '../../test/signed-for-cast.ts'
import { openSubject } from '../../test/subject.ts'
import { newId } from '../platform/index.ts'
import { addEntry } from './add-entry.ts'
import { subjectFacts } from './queries.ts'

let house: TestHouse
let subject: string
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await openSubject(house)
  const lena = house.as('lena')
  await house.seen(lena, async (tx) => {
    const facts = (await subjectFacts(tx, lena.partnership, subject))!
    const at = house.clock.now
    for (const [data_class, handling] of [
      ['D7', 0],
      ['D7', 0],
      ['D4', 2],
      ['D5', 0],
    ] as const) {
      const entry = {
        kind: 'what happened',
        happened_at: at,
        words: 'Planted',
        data_class,
        handling,
        source: '',
      } as const
      await addEntry(tx, house.house.keys, lena, facts, entry, { at })
    }
  })
})
afterAll(() => house.close())

/** What was written down while `work` ran. */
const refusedBy = async (work: () => Promise<unknown>) => {
  const all = () =>
    house.seen(house.system, (tx) =>
      tx.selectFrom('event').selectAll().where('kind', '=', 'sharing refused').orderBy('seq').execute(),
    )
  const before = (await all()).length
  await work()
  return (await all()).slice(before)
}
const reasons = (events: Awaited<ReturnType<typeof refusedBy>>) =>
  events.map(({ detail }) => (detail as { reason: string }).reason).sort()

test('a refusal at the gate is counted although its request is undone, and for somebody who does not exist alike', async () => {
  const wes = await house.browser('wes')
  const real = await refusedBy(() => wes.get(`/people/${subject}`))
  const absent = await refusedBy(() => wes.get(`/people/${newId()}`))
  const nonsense = await refusedBy(() => wes.get('/people/nobody/add'))
  for (const events of [real, absent, nonsense]) {
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      staff_id: house.as('wes').staff,
      about_kind: 'partnership',
      about_id: house.cast.partnership,
      detail: { reason: 'NO_CLAUSE', clause: null },
    })
  }
})

test('refused and absent ask the database the same, statement by statement', async () => {
  const wes = await house.browser('wes')
  const asked = (id: string) => statementsOf(() => wes.get(`/people/${id}`))
  // The first of each kind prepares what the others ask again.
  for (const id of [subject, newId()]) await asked(id)
  await sameOf(
    () => asked(subject),
    () => asked(newId()),
  )
})

/** What the database was asked while `work` ran, in order. */
const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const sending = vi.spyOn(pg.Query.prototype, 'submit')
  await work()
  const said = sending.mock.contexts.map((query) => (query as unknown as { text: string }).text)
  sending.mockRestore()
  return said
}

/** Now and then the house does something of its own on another connection: what differs always, is never the same. */
const sameOf = (one: () => Promise<string[]>, other: () => Promise<string[]>) =>
  vi.waitFor(
    async () => {
      const real = await one()
      expect(real.length).toBeGreaterThan(5)
      expect(await other()).toEqual(real)
    },
    { timeout: 10_000 },
  )

test('what a person has a right to: a manager who answers for nobody that holds something asks the same, person or none', async () => {
  const { partnership, id: account_id } = house.cast.people.wes
  const grant = { partnership_id: partnership, id: newId(), account_id, role: 'manager' as const }
  await house.seen(house.system, (tx) => tx.insertInto('role_grant').values(grant).execute())
  const wes = await house.browser('wes')
  for (const end of ['access', `access/${newId()}`, 'hold', 'erase', `erase/${newId()}`]) {
    const asked = (id: string) =>
      statementsOf(async () => expect((await wes.get(`/people/${id}/${end}`)).status).toBe(404))
    for (const id of [subject, newId()]) await asked(id)
    await sameOf(
      () => asked(subject),
      () => asked(newId()),
    )
  }
  const { reference } = await house.seen(house.system, (tx) =>
    tx.selectFrom('subject').select('reference').where('id', '=', subject).executeTakeFirstOrThrow(),
  )
  const byReference = (said: string) =>
    statementsOf(async () => expect((await wes.post('/access', { reference: said })).status).toBe(422))
  for (const said of [reference, 'P-NONE']) await byReference(said)
  await sameOf(
    () => byReference(reference),
    () => byReference('P-NONE'),
  )
})

test('whoever is only not near enough is counted by the clause that asks for it', async () => {
  const mina = await house.browser('mina')
  const events = await refusedBy(async () => expect((await mina.get(`/people/${await stranger()}`)).status).toBe(403))
  expect(reasons(events)).toEqual(['RELATIONSHIP'])
})
/** A person of another agency, whom nobody of children’s social care works with. */
const stranger = async (): Promise<string> => {
  const id = await openSubject(house)
  await house.seen(house.system, async (tx) => {
    await tx
      .updateTable('subject')
      .set({ agency_id: house.as('hal').agency })
      .where('id', '=', id)
      .execute()
    await tx
      .updateTable('involvement')
      .set({ to_at: house.clock.now })
      .where('subject_id', '=', id)
      .where('agency_id', '=', house.as('lena').agency)
      .execute()
  })
  return id
}

test('what is kept back on an opened page is counted once for each clause, and the guardian reads it', async () => {
  const hal = await house.browser('hal')
  const events = await refusedBy(() => hal.get(`/people/${subject}`))
  expect(reasons(events)).toEqual(['BARRED', 'CLASS', 'SEALED'])
  expect(events.map(({ detail }) => (detail as { items: number }).items).sort()).toEqual([1, 1, 2])
  expect(JSON.stringify(events)).not.toContain(subject)
  const register = (await (await house.browser('gwen')).get('/agreements')).text.replace(/<[^>]+>/g, ' ')
  for (const seen of ['ELM 5: Clause of D7', 'Shut by it']) expect(register).toContain(seen)
  // How often the tests above had to ask is chance; that every time was counted is not.
  const unspoken = await house.seen(house.system, (tx) =>
    sql<{ times: number }>`select count(*)::int as times from event
      where kind = 'sharing refused' and detail ->> 'reason' = 'NO_CLAUSE'`.execute(tx),
  )
  const { times } = unspoken.rows[0]!
  expect(times).toBeGreaterThan(6)
  expect(register.replace(/\s+/g, ' ')).toContain(`No clause speaks of it ${times} refusals`)
})
