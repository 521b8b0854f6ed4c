import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { giveAgreement } from '../../test/agreement.ts'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { dataKeyOf, destroyDataKey, newId, type StaffViewer } from '../platform/index.ts'
import { addEntry, identitySchema, openPerson, subjectFacts, type EntrySaid } from '../subjects/index.ts'
import { declareConflict } from './conflict.ts'
import { answerSecond } from './answer-second.ts'
import { decideNotToShare, moreHarmful, share } from './disclosure.ts'
import { dutiesFor, dutiesLeftBehind, dutiesOf } from './duties-open.ts'
import { before_all, raiseForNext } from './duty-begun.ts'
import { escalateDuty } from './duty.ts'
import { forgetSubject } from './forget.ts'
import { involve } from './involvement.ts'

let house: TestHouse
let child: string
const childrens = () => house.cast.agencies['childrens']!
const morning = new Date('2026-11-23T10:00:00Z')
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
})
afterAll(() => house.close())
beforeEach(async () => {
  house.clock.now = morning
  child = await opened('2010-06-01')
})

/** Hal, of housing, opens a record: what housing holds of a child it is obliged to tell children's social care. */
const opened = (born_on: string): Promise<string> => {
  const hal = house.as('hal')
  const who = identitySchema.parse({ name: 'Kezia Thorne', born_on })
  return house.seen(hal, (tx) => openPerson(tx, house.house.keys, hal, who, { as: 'circle', at: house.clock.now }))
}
const manager = (): StaffViewer => ({ ...house.as('hal'), staff: house.as('lena').staff, roles: ['manager'] })
const tasks = async (viewer: StaffViewer = house.as('hal'), subject = child) =>
  (await house.seen(viewer, (tx) => dutiesFor(tx, viewer, house.clock.now))).duties.filter(
    ({ subject_id }) => subject_id === subject,
  )
const write = (parts: Partial<EntrySaid> = {}, by: Name = 'hal'): Promise<string> =>
  house.seen(house.as(by), async (tx) => {
    const at = house.clock.now
    const entry = {
      kind: 'what happened',
      happened_at: at,
      words: 'Cars',
      data_class: 'D4',
      handling: 0,
      source: '',
    } as const
    const subject = (await subjectFacts(tx, house.cast.partnership, child))!
    return addEntry(tx, house.house.keys, house.as(by), subject, { ...entry, ...parts }, { at })
  })
const about = (classes: ('D3' | 'D4')[]) => ({
  subject: child,
  recipient: childrens(),
  name: 'Dena Okoro',
  role: 'Social worker',
  classes: classes as ['D3' | 'D4'],
  wishes: null,
  purpose: 'child-safeguarding',
  basis: 'legal-obligation',
  condition: '',
  why: 'Their part of the plan needs it',
  at: house.clock.now,
})
const frame = { age: 'child', handling: 0, closeness: 0 } as const
const tell = (classes: ('D3' | 'D4')[]) =>
  house.seen(house.as('hal'), (tx) =>
    share(
      tx,
      house.house.keys,
      house.as('hal'),
      { ...about(classes), method: 'by phone', consent: null, notTold: null, outside: null, expires: null },
      frame,
    ),
  )
const keepBack = (reason: 'not necessary' | typeof moreHarmful) =>
  house.seen(house.as('hal'), (tx) =>
    decideNotToShare(tx, house.house.keys, house.as('hal'), { ...about(['D3', 'D4']), reason }, frame),
  )
const later = (minutes: number): void => {
  house.clock.now = new Date(house.clock.now.getTime() + minutes * 60_000)
}

test('an agency that opens a record of a child is asked to share it or say why not, by the end of the next working day', async () => {
  const [task, ...more] = await tasks()
  expect(more).toEqual([])
  expect(task).toMatchObject({
    cite: 'T2-CHILD 2',
    recipient_agency_id: childrens(),
    classes: ['D3'],
    for_staff_id: house.as('hal').staff,
    due_at: new Date('2026-11-24T17:00:00Z'),
    waits: false,
  })
})

test('what comes in while it is open is added to it, and no second one is raised', async () => {
  await write()
  await write()
  expect((await tasks()).map(({ classes }) => classes)).toEqual([['D3', 'D4']])
})

test('nothing is raised of what the clause does not reach: kept closer, of another class, about an adult, or one’s own', async () => {
  await tell(['D3'])
  await write({ handling: 1 })
  await write({ data_class: 'D5' })
  await write({}, 'lena')
  expect(await tasks()).toEqual([])
  expect(await tasks(house.as('hal'), await opened('1990-06-01'))).toEqual([])
  expect(await tasks(manager())).toEqual([])
})

test('an agency that becomes involved knows who it is, and is asked once', async () => {
  const police = house.cast.agencies['police']!
  const lena = house.as('lena')
  const join = () =>
    house.seen(lena, (tx) =>
      involve(tx, lena, { subject: child, agency: police, staff: null, role: 'circle', contact: '', at: morning }),
    )
  await join()
  await join()
  // Nobody there has an account: the front door's manager is told that it waits, and not of whom.
  const left = await house.seen(house.system, (tx) => dutiesLeftBehind(tx, house.cast.partnership, house.clock.now))
  expect(left.map(({ agency, count }) => [agency, count])).toEqual([[police, 1]])
  const mina = await house.browser('mina')
  expect((await mina.get('/without-a-worker')).text).toContain('Elmshire Police: 1 to share,')
  const officer: StaffViewer = { ...manager(), agency: police }
  expect((await tasks(officer)).map(({ classes, for_staff_id }) => [classes, for_staff_id])).toEqual([[['D3'], null]])
})

test('sharing ends what was shared and leaves open what was not; what comes in afterwards is raised anew', async () => {
  await write()
  later(10)
  await tell(['D3'])
  expect((await tasks()).map(({ classes }) => classes)).toEqual([['D4']])
  await tell(['D4'])
  expect(await tasks()).toEqual([])
  later(10)
  await write()
  expect((await tasks()).map(({ classes }) => classes)).toEqual([['D4']])
})

test('saying why not ends it; “more harmful” waits until a second manager confirms, and stays open when overturned', async () => {
  const second = (id: string, answer: 'confirmed' | 'overturned') =>
    house.seen(manager(), (tx) =>
      answerSecond(tx, house.house.keys, manager(), id, { answer, words: 'Why', at: house.clock.now }),
    )
  const overturned = await keepBack(moreHarmful)
  expect((await tasks()).map(({ waits }) => waits)).toEqual([true])
  await second(overturned, 'overturned')
  expect((await tasks()).map(({ waits }) => waits)).toEqual([false])
  const confirmed = await keepBack(moreHarmful)
  await second(confirmed, 'confirmed')
  expect(await tasks()).toEqual([])
  await write()
  await keepBack('not necessary')
  expect(await tasks()).toEqual([])
})

test('a second manager’s answer does not speak of what came in after the decision', async () => {
  const id = await keepBack(moreHarmful)
  later(10)
  await write()
  await house.seen(manager(), (tx) =>
    answerSecond(tx, house.house.keys, manager(), id, { answer: 'confirmed', words: 'Why', at: house.clock.now }),
  )
  expect((await tasks()).map(({ classes }) => classes)).toEqual([['D3', 'D4']])
})

test('what somebody leaves behind is everybody’s at their agency', async () => {
  const other: StaffViewer = { ...house.as('hal'), staff: house.as('dena').staff }
  expect(await tasks(other)).toEqual([])
  await house.seen(house.system, (tx) =>
    sql`update share_duty set for_staff_id = null where subject_id = ${child}`.execute(tx),
  )
  expect(await tasks(other)).toHaveLength(1)
})

test('it is seen by whose it is and the managers of the agency, never by the recipient or whoever is too close', async () => {
  const other: StaffViewer = { ...house.as('hal'), staff: house.as('dena').staff }
  expect(await tasks(other)).toEqual([])
  expect(await tasks(manager())).toHaveLength(1)
  expect(await tasks(house.as('mina'))).toEqual([])
  const read = (viewer: StaffViewer) =>
    house.seen(viewer, async (tx) => (await sql`select from share_duty where subject_id = ${child}`.execute(tx)).rows)
  expect([(await read(house.as('lena'))).length, (await read(house.as('wes'))).length]).toEqual([0, 0])
  await house.seen(house.as('hal'), (tx) =>
    declareConflict(tx, house.as('hal'), { subject: child, kind: 'relative', at: house.clock.now }),
  )
  expect(await tasks()).toEqual([])
  await house.seen(house.system, (tx) =>
    sql`update conflict set lifted_at = now(), lifted_by = ${house.as('mina').staff}, lifted_why_sealed = '\\x01'`.execute(
      tx,
    ),
  )
})

test('the managers are told once when nobody answered in time, and not of what was answered', async () => {
  const [task] = await tasks()
  const tellManagers = () => house.seen(house.system, (tx) => escalateDuty(tx, house.system, task!.id, house.clock.now))
  expect(await tellManagers()).toBe(false)
  later(2 * 24 * 60)
  expect([await tellManagers(), await tellManagers()]).toEqual([true, false])
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ kind: string }>`select kind from event where about_id = ${child} and kind like 'duty %' order by seq`.execute(
      tx,
    ),
  )
  expect(rows.map(({ kind }) => kind)).toEqual(['duty to share raised', 'duty to share overdue'])
})

test('the work page says what waits, until when, and when it is late', async () => {
  const page = async () => (await (await house.browser('hal')).get('/work')).text.replace(/<[^>]+>|\s+/g, ' ')
  expect(await page()).toMatch(/Share, or say why not.*: tell Elmshire children’s social care/)
  expect(await page()).toContain('due Tue 24 Nov, 17:00')
  later(2 * 24 * 60)
  expect(await page()).toMatch(/Late\s+1 working hour over/)
})

test('it counts as work that somebody would leave behind, until the subject is forgotten', async () => {
  const count = () =>
    house.seen(house.system, (tx) => dutiesOf(tx, house.cast.partnership, { account: house.as('hal').staff }))
  const before = await count()
  await house.seen(house.system, (tx) => forgetSubject(tx, house.cast.partnership, child, house.clock.now))
  expect(await count()).toBe(before - 1)
})

test('when clauses come to count, what is held already and was neither told nor kept back waits, and waits once', async () => {
  const { partnership, agencies } = house.cast
  // Written down before any clause obliged anybody: nothing has raised it.
  const [old, gone] = [newId(), newId()]
  await house.seen(house.system, async (tx) => {
    const about = { partnership_id: partnership, agency_id: agencies['housing']!, kind: 'person', opened_at: morning }
    for (const id of [old, gone])
      await tx
        .insertInto('subject')
        .values({ ...about, id, reference: id, adult_from: '2028-06-01' })
        .execute()
    await dataKeyOf(tx, house.house.keys, partnership, { kind: 'subject', id: gone })
    await destroyDataKey(tx, house.system, { kind: 'subject', id: gone }, 'retention')
  })
  const begin = () =>
    house.seen(house.system, async (tx) => {
      for (let after: string | undefined = before_all; after;)
        after = await raiseForNext(tx, house.system, after, house.clock.now)
    })
  child = old
  expect(await tasks()).toEqual([])
  await begin()
  await begin()
  expect((await tasks()).map(({ cite, classes }) => [cite, classes])).toEqual([['T2-CHILD 2', ['D3']]])
  expect(await tasks(house.as('hal'), gone)).toEqual([])
  later(10)
  await tell(['D3'])
  later(10)
  await begin()
  expect(await tasks()).toEqual([])
})
