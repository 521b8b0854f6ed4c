import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { runDueJobs, type Tx, type Viewer } from '../platform/index.ts'
import {
  addDraftFile,
  draftCookie,
  draftFiles,
  draftsOf,
  dropDraft,
  dropDraftFile,
  expireDrafts,
  keepDraft,
  openDraft,
  readDraftFiles,
  startDraft,
  type Draft,
} from './draft.ts'

let house: TestHouse
const started = new Date('2026-11-23T10:00:00Z')
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(() => {
  house.clock.now = started
})
afterAll(() => house.close())

type Answers = { worry: string }
const as = <T>(viewer: Viewer, work: (ask: { house: TestHouse['house']; tx: Tx; viewer: Viewer }) => Promise<T>) =>
  house.seen(viewer, (tx) => work({ house: house.house, tx, viewer }))
const start = async (viewer: Viewer, worry = 'Two lads in room 14') => {
  const draft = await as(viewer, (ask) => startDraft<Answers>(ask, 'report', { worry }))
  return draft!
}
const later = (minutes: number) => {
  house.clock.now = new Date(started.getTime() + minutes * 60_000)
}

test('a visitor’s answers are there again for whoever holds the cookie, and for nobody else', async () => {
  const draft = await start(house.anyone)
  const cookie = draftCookie(draft)
  expect(cookie.value).toMatch(/^[\w-]{43}$/)
  const open = (key: string | undefined) => as(house.anyone, (ask) => openDraft<Answers>(ask, key))
  expect((await open(cookie.value))?.answers.worry).toBe('Two lads in room 14')
  for (const key of [undefined, '', 'made-up', draft.id]) expect(await open(key)).toBeUndefined()
  expect(await as(house.as('dena'), (ask) => openDraft(ask, draft.id))).toBeUndefined()
})

test('neither the words nor the cookie lie in the database', async () => {
  const draft = await start(house.anyone, 'blue door, third floor')
  const row = await house.seen(house.system, (tx) =>
    tx.selectFrom('draft').selectAll().where('id', '=', draft.id).executeTakeFirstOrThrow(),
  )
  const whole = Buffer.concat([row.sealed, row.token_hash])
  expect(whole.includes('blue door')).toBe(false)
  expect(whole.includes(draft.token!)).toBe(false)
  expect(row).toMatchObject({ handling: 2, staff_id: null })
})

test('a visitor’s draft is over an hour after the last save', async () => {
  const draft = await start(house.anyone)
  later(59)
  await as(house.anyone, (ask) => keepDraft(ask, { ...draft, answers: { worry: 'changed' } }))
  later(118)
  expect((await as(house.anyone, (ask) => openDraft<Answers>(ask, draft.token)))?.answers.worry).toBe('changed')
  later(120)
  expect(await as(house.anyone, (ask) => openDraft(ask, draft.token))).toBeUndefined()
})

test('the worker removes drafts that are over, with their files, and leaves the rest', async () => {
  const over = await start(house.anyone)
  await as(house.anyone, (ask) =>
    addDraftFile(ask, over, { name: 'a', type: 'text/plain', bytes: Buffer.from('words') }),
  )
  later(30)
  const young = await start(house.anyone)
  const kept = await start(house.as('priya'))
  const ids = async () =>
    (await house.seen(house.system, (tx) => tx.selectFrom('draft').select('id').execute())).map(({ id }) => id)
  await expireDrafts(house.db, house.cast.partnership, new Date(started.getTime() + 61 * 60_000))
  expect(await ids()).not.toContain(over.id)
  expect(await ids()).toEqual(expect.arrayContaining([young.id, kept.id]))
  expect(
    await house.seen(house.system, (tx) => tx.selectFrom('draft_file_piece').select('position').execute()),
  ).toEqual([])
})

test('saving often leaves few jobs', async () => {
  const jobs = () =>
    house.seen(house.system, (tx) => tx.selectFrom('job').select('id').where('kind', '=', 'drafts expire').execute())
  const before = (await jobs()).length
  const draft = await start(house.anyone)
  for (let i = 0; i < 5; i++) await as(house.anyone, (ask) => keepDraft(ask, draft))
  expect((await jobs()).length - before).toBeLessThanOrEqual(1)
  const { draftJobs } = await import('./draft.ts')
  await runDueJobs(house.db, draftJobs, (_, error) => expect(error).toBeUndefined())
})

test('staff keep several, find them after signing out, and see only their own', async () => {
  const saul = house.as('saul')
  const [first, second] = [await start(saul, 'one'), await start(saul, 'two')]
  later(60 * 24 * 30)
  const found = await as(saul, (ask) => draftsOf<Answers>(ask, 'report'))
  expect(found.map(({ answers }) => answers.worry).sort()).toEqual(['one', 'two'])
  expect(await as(house.as('priya'), (ask) => openDraft(ask, first.id))).toBeUndefined()
  await as(house.as('priya'), (ask) => dropDraft(ask, second))
  expect(await as(saul, (ask) => openDraft(ask, second.id))).toBeDefined()
  await as(saul, (ask) => dropDraft(ask, second))
  expect(await as(saul, (ask) => openDraft(ask, second.id))).toBeUndefined()
})

test('the same form sent twice finds the same draft', async () => {
  const token = 'a'.repeat(43)
  const drafts = await Promise.all(
    [1, 2].map(() => as(house.anyone, (ask) => startDraft<Answers>(ask, 'report', { worry: 'x' }, token))),
  )
  expect(drafts.filter(Boolean)).toHaveLength(1)
})

test('a draft in another partnership does not open', async () => {
  const draft = await start(house.anyone)
  const there: Viewer = { kind: 'public', partnership: house.cast.people.otto.partnership }
  expect(await as(there, (ask) => openDraft(ask, draft.token))).toBeUndefined()
})

test('files come back whole, one after another, and can be taken out again', async () => {
  const draft: Draft<Answers> = await start(house.anyone)
  const big = Buffer.alloc(1_300_000, 'photo')
  const copy = { type: 'image/jpeg', bytes: Buffer.alloc(600_000, 'copy') }
  await as(house.anyone, (ask) => addDraftFile(ask, draft, { name: 'van.jpg', type: 'image/jpeg', bytes: big, copy }))
  await as(house.anyone, (ask) =>
    addDraftFile(ask, draft, { name: '=x.txt', type: 'text/plain', bytes: Buffer.from('note') }),
  )
  const read = await as(house.anyone, async (ask) => {
    const files = []
    for await (const file of readDraftFiles(ask, draft)) files.push(file)
    return files
  })
  expect(read.map(({ name }) => name)).toEqual(['van.jpg', '=x.txt'])
  expect(read[0]!.bytes.equals(big)).toBe(true)
  expect(read[0]!.copy!.bytes.equals(copy.bytes)).toBe(true)
  expect(read[1]!.bytes.toString()).toBe('note')
  const [first] = await as(house.anyone, (ask) => draftFiles(ask, draft))
  await as(house.anyone, (ask) => dropDraftFile(ask, draft, first!.id))
  expect((await as(house.anyone, (ask) => draftFiles(ask, draft))).map(({ name }) => name)).toEqual(['=x.txt'])
})
