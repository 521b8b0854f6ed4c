import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decision, happened, noticed, reporterOf, unheard } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { newId, type Viewer } from '../platform/index.ts'
import { askReporter } from './ask.ts'
import { askPartners } from './check.ts'
import { decide } from './decide.ts'
import { openContact } from './open-contact.ts'
import { openedConcern } from './opened.ts'
import { pause } from './pause.ts'
import { prioritise } from './prioritise.ts'
import { take } from './take.ts'

/** Who sees what, asked of the database itself. */
let house: TestHouse
let concern: string
beforeAll(async () => {
  house = await openTestHouse()
  const sent = await noticed(
    house,
    {
      people: [{ name: 'Kezia Thorne' }],
      details: [{ kind: 'phone', said: '01632 960123' }],
      signs: ['HO01'],
      reporter: { name: 'A neighbour', may_contact: true, contact_by: 'phone', contact_value: '01632 960999' },
    },
    { viewer: house.as('priya'), channel: 'professional' },
  )
  concern = sent.concern
  const dena = house.as('dena')
  const at = house.clock.now
  await house.seen(dena, async (tx) => {
    await take(tx, dena, concern, at)
    await prioritise(tx, house.house.keys, dena, concern, { level: 'red', why: 'As read', at })
    await askReporter(tx, house.house.keys, dena, concern, 'When was that?', at)
    await askPartners(tx, house.house.keys, dena, concern, {
      agencies: [house.cast.agencies['dwp']!],
      question: 'Q',
      reason: 'R',
      at,
    })
    const { id } = await tx
      .selectFrom('clock_run')
      .select('id')
      .where('clock', '=', 'child-decision')
      .executeTakeFirstOrThrow()
    await pause(tx, house.house.keys, dena, concern, { run: id, why: 'Flood', at })
    await decide(tx, house.house.keys, dena, concern, decision(), { standing: null, at })
  })
  await unheard(house, concern)
})
afterAll(() => house.close())

const deciding = [
  'undecided',
  'holding',
  'priority',
  'clock_run',
  'clock_pause',
  'decision',
  'decision_need',
  'contact_opening',
  'original_opening',
  'partner_check',
] as const
const said = ['concern', 'concern_person', 'concern_sign', 'detail', 'message', 'escalation'] as const
const count = (viewer: Viewer, table: string) =>
  house.seen(viewer, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx)
    return rows[0]!.n
  })

test('the front door sees what was said and what was done', async () => {
  for (const name of ['dena', 'colm', 'mina'] as const) {
    for (const table of said) expect(await count(house.as(name), table), `${name} ${table}`).toBeGreaterThan(0)
    for (const table of [
      'holding',
      'priority',
      'clock_run',
      'clock_pause',
      'decision',
      'decision_need',
      'partner_check',
    ] as const)
      expect(await count(house.as(name), table), `${name} ${table}`).toBeGreaterThan(0)
  }
})

test('whoever sent it sees what they said and what they were told, and nothing of the deciding', async () => {
  for (const viewer of [house.as('priya'), reporterOf(house, concern)]) {
    for (const table of said) expect(await count(viewer, table), `${viewer.kind} ${table}`).toBeGreaterThan(0)
    for (const table of deciding) expect(await count(viewer, table), `${viewer.kind} ${table}`).toBe(0)
  }
})

test('a colleague of the sender, another agency, an administrator, a visitor and another partnership see nothing', async () => {
  const others: [string, Viewer][] = [
    ['saul', house.as('saul')],
    ['ada', house.as('ada')],
    ['otto', house.as('otto')],
    ['anyone', house.anyone],
    ['another receipt', reporterOf(house, newId())],
  ]
  for (const [name, viewer] of others)
    for (const table of [...said, ...deciding, 'reporter', 'receipt', 'attachment'])
      expect(await count(viewer, table), `${name} ${table}`).toBe(0)
})

test('an agency that is asked for a check sees that check and its clock alone', async () => {
  const wes = house.as('wes')
  for (const table of [
    ...said,
    ...deciding.filter((one) => one !== 'partner_check' && one !== 'clock_run'),
    'reporter',
  ])
    expect(await count(wes, table), table).toBe(0)
  expect(await count(wes, 'partner_check')).toBe(1)
  expect(await count(wes, 'clock_run')).toBe(1)
})

test('who said it is sealed even from the front door, until one of them says why, and then only to that one', async () => {
  for (const name of ['dena', 'colm', 'mina'] as const) expect(await count(house.as(name), 'reporter')).toBe(0)
  const colm = house.as('colm')
  await house.seen(colm, (tx) => openContact(tx, house.house.keys, colm, concern, 'To ring them back', house.clock.now))
  expect(await count(colm, 'reporter')).toBe(1)
  expect(await count(house.as('dena'), 'reporter')).toBe(0)
  const opened = await house.seen(colm, (tx) => openedConcern(tx, house.house.keys, colm, concern))
  expect(opened.reporter).toMatchObject({ contact_value: '01632 960999' })
  expect(opened.openings).toMatchObject([{ why: 'To ring them back', staff_id: colm.staff }])
  expect((await happened(house, concern)).at(-1)).toMatchObject({ kind: 'contact opened', staff_id: colm.staff })
})

test('nobody but the front door can write the deciding, whatever they try', async () => {
  for (const viewer of [
    house.as('priya'),
    house.as('wes'),
    house.as('ada'),
    house.as('otto'),
    house.anyone,
    reporterOf(house, concern),
  ]) {
    await expect(
      house.seen(viewer, (tx) =>
        tx
          .insertInto('holding')
          .values({
            partnership_id: house.cast.partnership,
            id: newId(),
            concern_id: concern,
            agency_id: house.cast.agencies['school']!,
            staff_id: house.as('priya').staff,
          })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
    const touched = await house.seen(viewer, (tx) =>
      tx.updateTable('decision').set({ replaced_at: new Date() }).where('concern_id', '=', concern).executeTakeFirst(),
    )
    expect(touched.numUpdatedRows).toBe(0n)
  }
})

test('nobody can change or remove what was said', async () => {
  for (const viewer of [house.as('dena'), house.as('mina'), house.system]) {
    await expect(
      house.seen(viewer, (tx) =>
        tx
          .updateTable('concern')
          .set({ worry: Buffer.alloc(0) })
          .execute(),
      ),
    ).rejects.toThrow(/permission denied/)
    await expect(house.seen(viewer, (tx) => tx.deleteFrom('concern').execute())).rejects.toThrow(/permission denied/)
    await expect(house.seen(viewer, (tx) => tx.deleteFrom('decision').execute())).rejects.toThrow(/permission denied/)
  }
})

test('no event holds a word that somebody wrote', async () => {
  const text = JSON.stringify(await happened(house, concern))
  for (const word of ['Kezia', '960123', '960999', 'ring them', 'Flood', 'As read', 'When was', 'same car', 'rang me'])
    expect(text).not.toContain(word)
})
