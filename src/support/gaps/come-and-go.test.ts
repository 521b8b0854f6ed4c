import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { handedOver, somebody } from '../../../test/matters.ts'
import { signForCast } from '../../../test/signed-for-cast.ts'
import type { Keys, StaffViewer, Tx } from '../../platform/index.ts'
import { endInvolvement, handOver, involve, involvedWith } from '../../sharing/index.ts'
import {
  addRelationship,
  endRelationship,
  hear,
  identitySchema,
  openPerson,
  planEnding,
  subjectFacts,
  type SubjectFacts,
} from '../../subjects/index.ts'
import { raiseDispute, sayOfDispute } from '../boundary/raise.ts'
import { answerClosure, closePlan } from '../closure/close.ts'
import { reopen } from '../closure/reopen.ts'
import { comeBack } from '../missing/back.ts'
import { reportMissing } from '../missing/report.ts'
import { addAction, sayOf } from '../plan/act.ts'
import { startPlan } from '../plan/write.ts'
import { gapsFor } from './find.ts'
import type { GapKind } from './gap.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
})
afterAll(() => house.close())

type Acting = { tx: Tx; keys: Keys; viewer: StaffViewer; facts: SubjectFacts; at: Date; today: string }
/** Somebody does something about a person, as a page of theirs would, on this day. */
const act = <T>(name: Name, day: string, id: string, work: (acting: Acting) => Promise<T>): Promise<T> => {
  const at = (house.clock.now = new Date(`${day}T09:00:00Z`))
  const viewer = house.as(name)
  return house.seen(viewer, async (tx) => {
    const facts = (await subjectFacts(tx, viewer.partnership, id))!
    return work({ tx, keys: house.house.keys, viewer, facts, at, today: day })
  })
}
const who = (name: Name) => ({ agency: house.as(name).agency, staff: house.as(name).staff })

/** Lena leads, with a plan; Hal of another agency works with them too. */
const person = async (name: string, born_on = '2011-03-01'): Promise<string> => {
  const at = (house.clock.now = new Date('2026-09-01T09:00:00Z'))
  const lena = house.as('lena')
  const said = identitySchema.parse({ name, born_on })
  const id = await house.seen(lena, (tx) => openPerson(tx, house.house.keys, lena, said, { as: 'lead', at }))
  await act('lena', '2026-09-01', id, async ({ tx, viewer, facts }) => {
    await involve(tx, viewer, { subject: id, ...who('hal'), role: 'circle', contact: '', at })
    await startPlan(tx, viewer, facts, { kind: 'exploitation', review_on: '2027-06-01' }, at)
  })
  return id
}
/** Since when a gap of this kind stands in Lena's list about a person on a day; undefined where none does. */
const since = async (kind: GapKind, id: string, day: string): Promise<string | undefined> => {
  const at = new Date(`${day}T12:00:00Z`)
  const found = await house.seen(house.as('lena'), (tx) =>
    gapsFor(tx, house.as('lena'), { whose: 'mine', at, zone: 'Europe/London' }),
  )
  return found.find((gap) => gap.kind === kind && gap.subject === id)?.since
}
const partOf = ({ tx, viewer, facts, at }: Acting, staff: string) =>
  involvedWith(tx, viewer.partnership, facts.id, at).then((live) => live.find(({ staff_id }) => staff_id === staff)!)
const said = { channel: 'talk', wanted: '', language: '', heard_by: '', readers: 'circle', agencies: [] } as const
const heard = (name: Name, day: string, id: string) =>
  act(name, day, id, ({ tx, keys, viewer, facts, at, today }) =>
    hear(tx, keys, viewer, facts, { ...said, stage: 'other', words: 'I am all right', heard_on: today }, at),
  )

test('a person handed over stands in the list until whoever has them now has met or heard them', async () => {
  const id = await person('Rowan Ash')
  await act('lena', '2026-10-01', id, async (acting) => {
    const { tx, keys, viewer, at } = acting
    const { id: part } = await partOf(acting, viewer.staff)
    const why = { said: { keys, why: 'Lena goes on leave' }, handover: handedOver('2026-09-30') }
    const to = { ...who('mina'), contact: '' }
    await handOver(tx, viewer, { subject: id, role: 'lead', to, replaces: [part], stay: true, at, ...why })
  })
  expect(await since('stalled transfer', id, '2026-10-14')).toBeUndefined()
  expect(await since('stalled transfer', id, '2026-10-20')).toBe('2026-10-01')
  await heard('lena', '2026-10-20', id)
  expect(await since('stalled transfer', id, '2026-10-20')).toBe('2026-10-01')
  await heard('mina', '2026-10-21', id)
  expect(await since('stalled transfer', id, '2026-10-21')).toBeUndefined()
})

test('whoever was heard was in touch: no contact counts from the last time somebody heard them', async () => {
  const id = await person('Tam Reed')
  expect(await since('no contact', id, '2026-10-20')).toBe('2026-09-01')
  await heard('hal', '2026-10-20', id)
  expect(await since('no contact', id, '2026-10-21')).toBeUndefined()
  expect(await since('no contact', id, '2026-11-20')).toBe('2026-10-20')
})

test('a planned ending comes into the list six weeks before its day, says the day, and goes when it is called off', async () => {
  const id = await person('Ivo Marsh')
  const plan = (day: string, ends_on: string | null) =>
    act('lena', day, id, async (acting) => {
      const one = await partOf(acting, acting.viewer.staff)
      await planEnding(acting.tx, acting.viewer, { subject: id, one, ends_on }, acting.at)
    })
  await plan('2026-10-01', '2026-12-20')
  expect(await since('ending', id, '2026-11-01')).toBeUndefined()
  expect(await since('ending', id, '2026-11-10')).toBe('2026-12-20')
  house.clock.now = new Date('2026-11-10T09:00:00Z')
  const { text } = await (await house.browser('lena')).get('/gaps')
  expect([text.includes('On 20 December 2026'), text.includes('Since 20 December 2026')]).toEqual([true, false])
  await plan('2026-11-11', null)
  expect(await since('ending', id, '2026-11-11')).toBeUndefined()
})

test('somebody good who may be lost is a relationship that is ending, until it is over; somebody who harms is not', async () => {
  const id = await person('Ada Birch')
  const lost = { ...somebody, continuity: 'may be lost', continuity_why: 'W' } as const
  const add = (name: string, effect: 'harmful' | 'protective') =>
    act('lena', '2026-10-05', id, ({ tx, keys, viewer, facts, at }) =>
      addRelationship(tx, keys, viewer, facts, { name }, { ...lost, effect }, at),
    )
  await add('Dee', 'harmful')
  expect(await since('ending', id, '2026-10-06')).toBeUndefined()
  const tie = await add('Nan', 'protective')
  expect(await since('ending', id, '2026-10-06')).toBe('2026-10-05')
  await act('lena', '2026-10-07', id, ({ tx, keys, viewer, facts, at, today }) => {
    const over = { tie, until_on: today, why: 'Nan moved away', said_by: 'the person' } as const
    return endRelationship(tx, keys, viewer, facts, over, at)
  })
  expect(await since('ending', id, '2026-10-07')).toBeUndefined()
})

test('missing over the border stands in the list for four weeks, and a move that agencies dispute until they agree', async () => {
  const id = await person('Bryony Askew')
  await act('lena', '2026-10-05', id, async ({ tx, keys, viewer, facts, at }) => {
    const unsaid = { seen_at: null, seen_by: '', seen_where: '', clothing: '', what: '', absence: null }
    const open = { started_at: at, reported_at: at, reported_by: 'Nan', place: 'Home', ...unsaid }
    const known = { looked_after: 'no', out_of_county: 'yes', exploitation: 'not known' } as const
    const episode = (await reportMissing(tx, keys, viewer, facts, { ...open, ...known }, at))!
    const back = { ended_at: at, where: 'Oakshire', by: 'Police', how: '', prevention: 'no', well: 'yes' } as const
    await comeBack(tx, viewer, { keys, subject: facts, episode }, { ...back, well_words: '' }, at)
  })
  expect(await since('over the border', id, '2026-10-06')).toBe('2026-10-05')
  expect(await since('over the border', id, '2026-11-06')).toBeUndefined()
  const dispute = await act('lena', '2026-11-10', id, ({ tx, keys, viewer, facts, at }) => {
    const area = { about: 'area', other: who('hal').agency, words: 'They moved.', otherWords: '', holder: who('lena') }
    return raiseDispute(tx, keys, viewer, { person: facts }, { ...area, answer_by: '2026-11-30' }, at)
  })
  expect(await since('over the border', id, '2026-11-11')).toBe('2026-11-10')
  await act('hal', '2026-11-12', id, ({ tx, keys, viewer, at }) =>
    sayOfDispute(tx, keys, viewer, { dispute, step: 'resolved', words: 'We take it.' }, at),
  )
  expect(await since('over the border', id, '2026-11-12')).toBeUndefined()
})

test('what somebody was to do is nobody’s once they, or the agency that was to send somebody, have gone', async () => {
  const id = await person('Wren Cole')
  const due_on = '2026-12-01'
  const add = (owner: Parameters<typeof addAction>[4]['owner']) =>
    act('lena', '2026-10-01', id, ({ tx, keys, viewer, facts, at }) =>
      addAction(tx, keys, viewer, facts, { part: 'safety', goal: null, words: 'A lock', owner, due_on }, at),
    )
  const { agency } = who('hal')
  const actions = [await add(who('hal')), await add({ staff: null, name: 'A fitter', agency })]
  expect(await since('unowned action', id, '2026-10-02')).toBeUndefined()
  await act('lena', '2026-10-03', id, async (acting) => {
    const { id: involvement } = await partOf(acting, who('hal').staff)
    const left = { reason: 'left post', said: { keys: acting.keys, why: '' }, at: acting.at } as const
    const handover = handedOver('2026-10-02')
    await endInvolvement(acting.tx, acting.viewer, { subject: id, involvement, ...left, handover })
  })
  for (const action of actions) {
    expect(await since('unowned action', id, '2026-10-03')).toBe(due_on)
    await act('lena', '2026-10-03', id, ({ tx, keys, viewer, facts: subject, at }) => {
      const taken = { said: 'next step', words: 'Ring a fitter', owner: who('lena'), due_on } as const
      return sayOf(tx, viewer, { keys, subject, action: { id: action, part: 'safety' } }, taken, at)
    })
  }
  expect(await since('unowned action', id, '2026-10-03')).toBeUndefined()
})

const close = (id: string, day: string, until_on: string) =>
  act('lena', day, id, ({ tx, keys, viewer, facts, at, today }) => {
    const words = { stays: 'Hal', signs: 'A new phone', instead: 'College', person: { view: 'I am all right.' } }
    return closePlan(tx, keys, viewer, facts, { keeper: who('hal').staff, until_on, ...words }, { at, today })
  })

test('the day on which watch was to end puts it into the list, and watching on takes it out', async () => {
  const id = await person('Corin Vale')
  expect(await close(id, '2026-10-01', '2026-11-01')).toBe('closed')
  expect(await since('watch over', id, '2026-11-01')).toBeUndefined()
  expect(await since('watch over', id, '2026-11-02')).toBe('2026-11-01')
  await close(id, '2026-11-02', '2027-02-01')
  expect(await since('watch over', id, '2026-11-02')).toBeUndefined()
})

test('closed near 18 stands in the list from the second person’s yes until it is open again', async () => {
  const id = await person('Kezia Thorne', '2008-12-10')
  expect(await close(id, '2026-11-20', '2027-03-01')).toBe('waits for a second')
  expect(await since('closed near 18', id, '2026-11-20')).toBeUndefined()
  const closure = await house.seen(house.system, (tx) =>
    tx.selectFrom('plan_closure').select(['id', 'asked_by']).where('subject_id', '=', id).executeTakeFirstOrThrow(),
  )
  await act('mina', '2026-11-21', id, ({ tx, keys, viewer, at }) => {
    const yes = { closure, answer: 'yes', why: 'She asked for it.' } as const
    return answerClosure(tx, keys, viewer, { id, adult_from: '2026-12-10' }, yes, at)
  })
  expect(await since('closed near 18', id, '2026-11-21')).toBe('2026-11-21')
  expect(await since('closed near 18', id, '2027-01-05')).toBe('2026-11-21')
  await act('lena', '2027-01-06', id, ({ tx, keys, viewer, at }) =>
    reopen(tx, keys, viewer, id, 'The car is back.', at),
  )
  expect(await since('closed near 18', id, '2027-01-06')).toBeUndefined()
})
