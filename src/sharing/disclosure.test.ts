import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { BadRequest, destroyDataKey, newId, NotFound, type StaffViewer } from '../platform/index.ts'
import type { DataClass } from './decide.ts'
import { declareConflict } from './conflict.ts'
import { answerSecond, secondsFor } from './answer-second.ts'
import { answersFor, decideNotToShare, moreHarmful, share } from './disclosure.ts'
import { disclosuresOf, overturnedFor, secondsWaiting } from './disclosed.ts'
import { registerOf } from './register.ts'
import { tiesOf } from './ties.ts'

let house: TestHouse
const subject = newId()
const planted = 'Her aunt in Leek collects her'
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
})
afterAll(() => house.close())

const about = () => ({
  ...safeguarding,
  subject,
  recipient: house.as('lena').agency,
  name: 'Petra Kohl',
  role: 'Health visitor',
  classes: ['D4'] as const,
  wishes: null,
  why: planted,
  at: house.clock.now,
})

const frame = { age: 'child', handling: 0, closeness: 2 } as const

/** What somebody reads who came through the gate of the subject, and how much is kept from them and why. */
const readBy = (name: 'hal' | 'lena' | 'colm', of: string) =>
  house.seen(house.as(name), async (tx) => {
    const { now } = house.clock
    const viewer = { ...house.as(name), stated: { ...safeguarding, until: new Date(now.getTime() + 60_000) } }
    const register = await registerOf(tx, viewer.partnership)
    const ties = await tiesOf(tx, viewer, of, now)
    return disclosuresOf(tx, house.house.keys, viewer, of, { register, ties, age: 'child', now })
  })
const byPhone = {
  method: 'by phone',
  consent: null,
  notTold: 'It would put her at risk',
  outside: null,
  expires: null,
} as const

/** Which of these words lie readable in any row of a table, as text or as bytes. */
const plainIn = async (table: string, words: string[]): Promise<string[]> => {
  const rows = await house.seen(house.system, async (tx) =>
    (await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(tx)).rows.map(
      ({ row }) => row,
    ),
  )
  expect(rows.length).toBeGreaterThan(0)
  return words.filter((word) =>
    rows.some((row) => row.includes(word) || row.includes(Buffer.from(word).toString('hex'))),
  )
}

test('the recipient is answered by the agreement, class by class, before anything goes', async () => {
  const register = await house.seen(house.system, (tx) => registerOf(tx, house.cast.partnership))
  const of = { supplier: house.as('hal').agency, age: 'child', handling: 0, closeness: 2, register } as const
  const effects = (recipient: string): string[] =>
    answersFor({ ...about(), classes: ['D4', 'D7'], recipient }, of).map(({ told }) =>
      told.effect === 'deny' ? told.reason : told.effect,
    )
  expect(effects(house.as('lena').agency)).toEqual(['allow', 'BARRED'])
  expect(effects(house.as('wes').agency)).toEqual(['NO_CLAUSE', 'BARRED'])
})

test('what was shared is kept sealed, for the agency that shared it', async () => {
  const hal = house.as('hal')
  const { keys } = house.house
  const kept = await house.seen(hal, (tx) => share(tx, keys, hal, { ...about(), ...byPhone }, frame))
  const { id } = kept as { id: string }
  const seenBy = (name: 'hal' | 'lena' | 'wes') =>
    house.seen(
      house.as(name),
      async (tx) =>
        (
          await sql<{
            row: string
          }>`select encode(why_sealed, 'escape') as row from disclosure where id = ${id}`.execute(tx)
        ).rows,
    )
  expect((await seenBy('hal'))[0]!.row).not.toContain('aunt')
  const [shown] = (await readBy('hal', subject)).told
  expect(shown).toMatchObject({ why: planted, recipient_name: 'Petra Kohl', why_not_told: byPhone.notTold })
  expect(shown!.answers).toEqual([expect.objectContaining({ class: 'D4', refusal: null, cite: 'ELM 4' })])
  expect(await seenBy('lena')).toEqual([])
  expect(await seenBy('wes')).toEqual([])
})

test('what the agreement says no to goes only with a reason of its own, whoever calls', async () => {
  const hal = house.as('hal')
  const send = (outside: string | null) =>
    house.seen(hal, (tx) =>
      share(tx, house.house.keys, hal, { ...about(), ...byPhone, classes: ['D4', 'D7'], outside }, frame),
    )
  expect(await send(null)).toBe('outside needed')
  expect(await send('Her life is in danger tonight')).toHaveProperty('id')
  const { told: all } = await readBy('hal', subject)
  // Where nothing is denied there is no such reason.
  expect(all.map(({ classes, outside }) => [classes.length, outside !== null]).sort()).toEqual([
    [1, false],
    [2, true],
  ])
  const answers = all.find(({ outside }) => outside)!.answers
  expect(answers.map(({ class: of, refusal }) => [of, refusal])).toEqual([
    ['D4', null],
    ['D7', 'BARRED'],
  ])
})

test('a purpose or a basis that the lists do not have is refused, also without a page', async () => {
  const hal = house.as('hal')
  const send = (wrong: object) =>
    house.seen(hal, (tx) => share(tx, house.house.keys, hal, { ...about(), ...byPhone, ...wrong }, frame))
  for (const wrong of [{ purpose: 'curiosity' }, { basis: 'consent' }, { condition: 'para-99' }])
    await expect(send(wrong)).rejects.toThrow(BadRequest)
})

test('not sharing because it harms the child more waits for another manager of the agency, once', async () => {
  const hal = house.as('hal')
  const { keys } = house.house
  const id = await house.seen(hal, (tx) => decideNotToShare(tx, keys, hal, { ...about(), reason: moreHarmful }, frame))
  const said = { answer: 'overturned', words: 'The school has to know', at: house.clock.now } as const
  const answer = (viewer: typeof hal) => house.seen(viewer, (tx) => answerSecond(tx, keys, viewer, id, said))
  const waiting = (viewer: typeof hal) => house.seen(viewer, (tx) => secondsWaiting(tx, viewer))
  await expect(answer({ ...hal, roles: ['manager'] })).rejects.toThrow(NotFound)
  await expect(answer({ ...house.as('lena'), roles: ['manager'] })).rejects.toThrow(NotFound)
  const second = { ...hal, staff: house.as('lena').staff, roles: ['manager'] as const }
  // Monday at ten: the whole of the next working day.
  expect(await waiting(second)).toEqual([expect.objectContaining({ id, due_at: new Date('2026-11-24T17:00:00Z') })])
  expect(await waiting(hal)).toEqual([])
  await answer(second)
  await expect(answer(second)).rejects.toThrow(NotFound)
  expect(await waiting(second)).toEqual([])
  for (const table of ['disclosure', 'disclosure_second'])
    expect(await plainIn(table, [planted, 'Petra Kohl', 'Health visitor', said.words])).toEqual([])
  // The decider is asked to share it, until somebody has.
  const left = () => house.seen(hal, (tx) => overturnedFor(tx, hal))
  expect(await left()).toEqual([expect.objectContaining({ id })])
  const later = new Date(house.clock.now.getTime() + 60_000)
  await house.seen(hal, (tx) => share(tx, keys, hal, { ...about(), ...byPhone, at: later }, frame))
  expect(await left()).toEqual([])
})

test('a colleague reads what the agreement lets them read of it; the rest is counted, and in no query of theirs', async () => {
  const lena = house.as('lena')
  const of = newId()
  const send = (classes: readonly [DataClass], handling: 0 | 2) => {
    const sharing = {
      ...about(),
      ...byPhone,
      subject: of,
      recipient: house.as('hal').agency,
      classes,
      outside: 'Tonight',
    }
    return house.seen(lena, (tx) => share(tx, house.house.keys, lena, sharing, { ...frame, handling }))
  }
  for (const [kind, handling] of [
    ['D4', 0],
    ['D4', 2],
    ['D7', 0],
  ] as const)
    await send([kind], handling)
  expect((await readBy('lena', of)).told).toHaveLength(3)
  const { told, withheld } = await readBy('colm', of)
  expect(told.map(({ classes, kept }) => [...classes, kept])).toEqual([['D4', 0]])
  expect(withheld.map(({ reason, count }) => [reason, count]).sort()).toEqual([
    ['BARRED', 1],
    ['SEALED', 1],
  ])
  const rows = await house.seen(house.as('colm'), (tx) =>
    tx.selectFrom('disclosure').select('kept').where('subject_id', '=', of).execute(),
  )
  expect(rows.map(({ kept }) => Number(kept))).toEqual([0, 0])
})

test('what was overturned is shared when all of it was, for its purpose; whoever is too close does not hear of it', async () => {
  const lena = house.as('lena')
  const mina = house.as('mina')
  const { keys } = house.house
  const of = newId()
  const two = { ...about(), subject: of, recipient: house.as('hal').agency, classes: ['D4', 'D5'] as const }
  const id = await house.seen(lena, (tx) => decideNotToShare(tx, keys, lena, { ...two, reason: moreHarmful }, frame))
  const answer = { answer: 'overturned', words: 'They have to know', at: house.clock.now } as const
  await house.seen(mina, (tx) => answerSecond(tx, keys, mina, id, answer))
  const left = async (viewer: StaffViewer) =>
    (await house.seen(viewer, (tx) => overturnedFor(tx, viewer))).filter(({ subject_id }) => subject_id === of).length
  const at = new Date(house.clock.now.getTime() + 60_000)
  const send = (classes: readonly [DataClass]) => {
    const sharing = { ...two, ...byPhone, classes, at, outside: 'Tonight' }
    return house.seen(lena, (tx) => share(tx, keys, lena, sharing, frame))
  }
  const other = { ...house.as('colm'), roles: ['manager'] as const }
  await send(['D4'])
  expect([await left(lena), await left(mina), await left(other)]).toEqual([1, 1, 1])
  await house.seen(mina, (tx) => declareConflict(tx, mina, { subject: of, kind: 'relative', at }))
  expect([await left(mina), await left(other)]).toEqual([0, 1])
  await house.seen(house.system, (tx) =>
    tx
      .insertInto('sharing_code')
      .values({ partnership_id: lena.partnership, list: 'purpose', code: 'crime', label: 'To stop a crime' })
      .execute(),
  )
  two.purpose = 'crime'
  await send(['D5'])
  expect(await left(lena)).toBe(1)
  two.purpose = safeguarding.purpose
  await send(['D5'])
  expect([await left(lena), await left(other)]).toEqual([0, 0])
})

test('a sealed decision waits for the manager who is named, and for the others once that one cannot answer it', async () => {
  const lena = house.as('lena')
  const mina = house.as('mina')
  const of = newId()
  const not = {
    ...about(),
    subject: of,
    recipient: house.as('hal').agency,
    reason: moreHarmful,
    second: mina.staff,
  } as const
  await house.seen(lena, (tx) => decideNotToShare(tx, house.house.keys, lena, not, { ...frame, handling: 2 }))
  const other = { ...house.as('colm'), roles: ['manager'] as const }
  const waiting = async (viewer: StaffViewer) =>
    (await house.seen(viewer, (tx) => secondsWaiting(tx, viewer))).filter(({ subject_id }) => subject_id === of).length
  expect([await waiting(mina), await waiting(other)]).toEqual([1, 0])
  await house.seen(mina, (tx) => declareConflict(tx, mina, { subject: of, kind: 'relative', at: house.clock.now }))
  expect([await waiting(mina), await waiting(other)]).toEqual([0, 1])
})

test('where an agency has no other manager who can, a guardian answers it; one who is too close does not', async () => {
  const { keys } = house.house
  const [hal, lena, mina, gwen] = [house.as('hal'), house.as('lena'), house.as('mina'), house.as('gwen')]
  const at = house.clock.now
  const decided = async (viewer: StaffViewer) => {
    const of = newId()
    const not = { ...about(), subject: of, recipient: house.cast.agencies['school']!, reason: moreHarmful } as const
    return { of, id: await house.seen(viewer, (tx) => decideNotToShare(tx, keys, viewer, not, frame)) }
  }
  const waits = (viewer: StaffViewer, of: string) =>
    house.seen(viewer, async (tx) => (await secondsWaiting(tx, viewer)).some(({ subject_id }) => subject_id === of))
  const could = (viewer: StaffViewer, of: string) =>
    house.seen(viewer, async (tx) => (await secondsFor(tx, viewer, of)).map(({ name, role }) => `${name}, ${role}`))
  // Housing has no manager, and no guardian: the partnership's answers.
  const alone = await decided(hal)
  expect(await could(hal, alone.of)).toEqual(['Gwen Astley, guardian'])
  expect([await waits(gwen, alone.of), await waits(mina, alone.of), await waits(hal, alone.of)]).toEqual([
    true,
    false,
    false,
  ])
  const said = { answer: 'confirmed', words: 'He has to be told first', at } as const
  await house.seen(gwen, (tx) => answerSecond(tx, keys, gwen, alone.id, said))
  expect(await waits(gwen, alone.of)).toBe(false)
  // Children's social care has one, and a guardian only while that one cannot.
  const beside = await decided(lena)
  expect([await could(lena, beside.of), await waits(gwen, beside.of)]).toEqual([['Mina Farah, manager'], false])
  await house.seen(mina, (tx) => declareConflict(tx, mina, { subject: beside.of, kind: 'relative', at }))
  expect([await could(lena, beside.of), await waits(gwen, beside.of)]).toEqual([['Gwen Astley, guardian'], true])
  await house.seen(gwen, (tx) => declareConflict(tx, gwen, { subject: beside.of, kind: 'relative', at }))
  expect([await could(lena, beside.of), await waits(gwen, beside.of)]).toEqual([[], false])
})

test('a decision about somebody who was erased waits for nobody', async () => {
  const hal = house.as('hal')
  const gone = newId()
  const not = { ...about(), subject: gone, reason: moreHarmful } as const
  await house.seen(hal, (tx) => decideNotToShare(tx, house.house.keys, hal, not, frame))
  const second = { ...hal, staff: house.as('lena').staff, roles: ['manager'] as const }
  const waiting = () => house.seen(second, (tx) => secondsWaiting(tx, second))
  expect(await waiting()).toHaveLength(1)
  await house.seen(house.system, (tx) => destroyDataKey(tx, house.system, { kind: 'subject', id: gone }, 'retention'))
  expect(await waiting()).toEqual([])
})
