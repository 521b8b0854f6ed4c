import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import { newId } from '../../platform/index.ts'
import { emptyReport, type ReportContent } from '../report/content.ts'
import { enterLibrary } from './enter.ts'
import type { Finding, NewEntry } from './entry.ts'
import { withdrawEntry } from './withdraw.ts'

let house: TestHouse
let learners: Learners
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
})
afterAll(() => house.close())

const at = new Date('2026-11-20T10:00:00Z')
const finding = (words: string, more: Partial<Finding> = {}): Finding => ({
  words,
  themes: [],
  boundary: '',
  strength: 'several-voices',
  source: { field: 'learning', paragraph: 1 },
  ...more,
})
const content = (more: Partial<ReportContent>): ReportContent => ({ ...emptyReport(), ...more })
const entry = (title: string, more: Partial<NewEntry> = {}): NewEntry => ({
  kind: 'report',
  title,
  summary: `What was learnt: ${title}`,
  area: 'Elmshire',
  region: 'Midlands',
  size: 'standard',
  methodology: 'Partnership',
  year: 2026,
  areas: [],
  report: content({ partnership_name: 'Elmshire', learning: 'Plans end at a birthday.\n\n- a point\n- another' }),
  prose: '',
  findings: [],
  draft: null,
  ...more,
})
const enter = (one: NewEntry) => house.seen(learners.as('nell'), (tx) => enterLibrary(tx, learners.as('nell'), one, at))
const wordsKnown = async (word: string) =>
  (
    await house.seen(house.anyone, (tx) =>
      tx.selectFrom('library_word').select('entries').where('word', '=', word).executeTakeFirst(),
    )
  )?.entries

test('an edition that replaces one keeps its address, and findings that say the same keep theirs', async () => {
  const draft = newId()
  const findings = [finding('Plans end at a birthday'), finding('Nobody knew who to ring')]
  const first = await enter(entry('Elmshire review', { draft, findings }))
  expect(first.slug).toBe('elmshire-review')
  expect((await enter(entry('Elmshire review'))).slug).toBe('elmshire-review-2')
  const after = [finding('Everybody knows who to ring'), finding('Nobody knew who to ring', { strength: 'seen' })]
  const second = await enter(entry('Elmshire review, second edition', { draft, findings: after }))
  expect(second).toEqual(first)
  const rows = await house.seen(house.anyone, (tx) =>
    tx
      .selectFrom('library_finding')
      .select(['number', 'words', 'edition', 'strength'])
      .where('entry_id', '=', first.id)
      .orderBy('number')
      .execute(),
  )
  expect(rows).toEqual([
    { number: 1, words: 'Plans end at a birthday', edition: 1, strength: 'several-voices' },
    { number: 2, words: 'Nobody knew who to ring', edition: 2, strength: 'seen' },
    { number: 3, words: 'Everybody knows who to ring', edition: 2, strength: 'several-voices' },
  ])
})

test('what is withdrawn is hidden by the database from everybody, words and all, and comes back as a new edition', async () => {
  const draft = newId()
  const wanted = entry('Withdrawn work', { draft, findings: [finding('A zyzzogeton was heard')] })
  const { id, slug } = await enter(wanted)
  const nell = learners.as('nell')
  const seenBy = async (viewer = house.anyone) =>
    house.seen(viewer, async (tx) => [
      (await tx.selectFrom('library_entry').select('id').where('id', '=', id).execute()).length,
      (await tx.selectFrom('library_finding').select('id').where('entry_id', '=', id).execute()).length,
    ])
  expect(await seenBy()).toEqual([1, 1])
  expect(await wordsKnown('zyzzogeton')).toBe(1)
  const birthday = (await wordsKnown('birthday')) ?? 0
  const withdraw = () => house.seen(nell, (tx) => withdrawEntry(tx, nell, id, 'It names a child', at))
  expect(await withdraw()).toBe('withdrawn')
  expect(await withdraw()).toBe('withdrawn already')
  expect(await seenBy()).toEqual([0, 0])
  expect(await seenBy(nell)).toEqual([0, 0])
  expect(await wordsKnown('zyzzogeton')).toBeUndefined()
  expect(await wordsKnown('birthday')).toBe(birthday - 1)
  const why = (viewer = house.anyone) =>
    house.seen(viewer, (tx) => tx.selectFrom('library_withdrawal').select('why').execute())
  expect(await why()).toEqual([])
  expect(await why(nell)).toEqual([{ why: 'It names a child' }])
  expect(await enter(wanted)).toEqual({ id, slug })
  expect(await seenBy()).toEqual([1, 1])
  expect(await wordsKnown('birthday')).toBe(birthday)
})

test('another partnership cannot withdraw it', async () => {
  const { id } = await enter(entry('Ours alone'))
  const otto = house.as('otto')
  await expect(house.seen(otto, (tx) => withdrawEntry(tx, otto, id, 'No', at))).rejects.toThrow('not found')
})
