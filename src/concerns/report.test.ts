import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { wordsOf, concernsKept } from '../../test/noticed.ts'
import { dataKeyOf, newId, type Viewer } from '../platform/index.ts'
import { reportSchema, type Channel, type DetailKind, type Prepared } from './concern.ts'
import { hashedKey } from './detail.ts'
import { keepConcern, report } from './report.ts'
import { sealed } from './sealed.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

type More = { viewer?: Viewer; channel?: Channel; key?: string; files?: Prepared[]; language?: string }
const send = (input: object, { viewer = house.anyone, channel = 'public', key, files, language }: More = {}) =>
  house.seen(viewer, (tx) =>
    report(tx, house.house.keys, viewer, reportSchema.parse({ worry: 'Something is not right', ...input }), {
      channel,
      language,
      at: house.clock.now,
      submissionKey: key === undefined ? undefined : Buffer.from(key),
      files,
    }),
  )
const sent = async (...args: Parameters<typeof send>) => {
  const outcome = await send(...args)
  if (outcome === 'already sent') throw new Error(outcome)
  return outcome
}
const rows = (table: 'concern_person' | 'detail' | 'clock_run' | 'priority' | 'concern_sign', concern: string) =>
  house.seen(house.system, (tx) => tx.selectFrom(table).selectAll().where('concern_id', '=', concern).execute())

test('everything said is kept as it was said, under the agency at the front door', async () => {
  const worry = 'Room 14.\r\nTwo lads, one girl \u0000 \u202e crying <b>'
  const { concern } = await sent(
    {
      worry,
      about: 'several',
      setting: 'HO',
      signs: ['HO01', 'HO02', 'HO01'],
      people: [{ name: 'Kez', age_group: 'child', postcode: 'CV34 4RL' }, { nickname: 'Dizzy' }],
      details: [{ kind: 'vehicle', said: 'AB12 CDE', note: 'white van' }],
      reporter: { may_contact: true, contact_by: 'phone', contact_value: '01632 960111' },
    },
    { language: 'pl' },
  )
  const kept = (await concernsKept(house)).find(({ id }) => id === concern)
  expect(kept).toMatchObject({
    worry,
    language: 'pl',
    channel: 'public',
    agency_id: house.cast.agencies['childrens'],
    entered_by: null,
  })
  const details = await wordsOf(
    house,
    'detail',
    await house.seen(house.system, (tx) =>
      tx.selectFrom('detail').selectAll().where('concern_id', '=', concern).orderBy('kind').execute(),
    ),
  )
  expect(details.map(({ kind, said }) => `${kind} ${said}`)).toEqual([
    'name Kez',
    'nickname Dizzy',
    'postcode CV34 4RL',
    'vehicle AB12 CDE',
  ])
  const hashed = (kind: DetailKind, said: string) => hashedKey(house.house.keys, house.cast.partnership, { kind, said })
  expect(details.map(({ key }) => key)).toEqual([
    hashed('nickname', 'KEZ'),
    hashed('name', 'dizzy'),
    hashed('postcode', 'cv344rl'),
    hashed('vehicle', 'ab12cde'),
  ])
  expect(await rows('concern_sign', concern)).toHaveLength(2)
})

test('the same submission twice is one concern', async () => {
  const [first, second] = await Promise.all([send({}, { key: 'once' }), send({}, { key: 'once' })])
  expect([first, second].filter((outcome) => outcome === 'already sent')).toHaveLength(1)
  expect(await send({}, { key: 'once' })).toBe('already sent')
})

test('a reference that is taken by another concern never loses this one', async () => {
  const taken = await sent({})
  expect(taken.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$/)
  const offered = [taken.reference, taken.reference, 'NEW-ONE']
  const id = newId()
  const reference = await house.seen(house.anyone, async (tx) => {
    const key = await dataKeyOf(tx, house.house.keys, house.cast.partnership, { kind: 'concern', id })
    return keepConcern(
      tx,
      Buffer.from('another'),
      sealed(key, 'concern', {
        partnership_id: house.cast.partnership,
        agency_id: house.cast.agencies['childrens']!,
        id,
        worry: 'Another worry',
        about: 'unknown',
        danger_now: false,
        happened: '',
        place: '',
        wants_news: false,
        channel: 'public',
        language: 'en',
        entered_by: null,
        client_id: null,
        received_at: house.clock.now,
      }),
      () => offered.shift()!,
    )
  })
  expect(reference).toBe('NEW-ONE')
})

test('danger now makes it red and starts the clock of the first look', async () => {
  const { concern, due } = await sent({ danger_now: true, people: [{ age_group: 'child' }] })
  const clocks = await rows('clock_run', concern)
  expect(clocks.map((run) => ('clock' in run ? run.clock : '')).sort()).toEqual(['child-decision', 'first-look-red'])
  expect(due?.toISOString()).toBe('2026-11-24T17:00:00.000Z')
  expect(await rows('priority', concern)).toMatchObject([{ level: 'red', staff_id: null }])
})

test('who may see it: the front door and the sender, nobody else', async () => {
  const { concern } = await sent({}, { viewer: house.as('priya'), channel: 'professional' })
  const count = (viewer: Viewer) =>
    house.seen(
      viewer,
      async (tx) => (await tx.selectFrom('concern').select('id').where('id', '=', concern).execute()).length,
    )
  expect(await count(house.as('dena'))).toBe(1)
  expect(await count(house.as('priya'))).toBe(1)
  for (const viewer of [house.as('saul'), house.as('wes'), house.as('ada'), house.as('otto'), house.anyone])
    expect(await count(viewer)).toBe(0)
})

test('the event says who sent it and how, and the news waits for the worker', async () => {
  const { concern } = await sent({}, { viewer: house.as('priya'), channel: 'professional' })
  const event = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').selectAll().where('about_id', '=', concern).executeTakeFirstOrThrow(),
  )
  expect(event).toMatchObject({
    kind: 'concern received',
    staff_id: house.cast.people.priya.id,
    detail: { channel: 'professional' },
  })
  const jobs = await house.seen(house.system, (tx) =>
    tx.selectFrom('job').select('payload').where('kind', '=', 'concern received').execute(),
  )
  expect(jobs.map(({ payload }) => payload)).toContainEqual({ concern })
})

test('a file is sealed in pieces and whole again when read', async () => {
  const bytes = Buffer.alloc(1_200_000, 'night')
  const { concern } = await sent(
    {},
    { files: [{ name: 'x.txt', type: 'text/plain', bytes, copy: { type: 'text/plain', bytes: Buffer.from('copy') } }] },
  )
  const pieces = await house.seen(house.as('dena'), (tx) =>
    tx
      .selectFrom('attachment')
      .innerJoin('attachment_piece', 'attachment_piece.attachment_id', 'attachment.id')
      .select(['version', 'position', 'sealed'])
      .where('concern_id', '=', concern)
      .execute(),
  )
  expect(pieces.map(({ version, position }) => `${version} ${position}`).sort()).toEqual([
    'copy 0',
    'original 0',
    'original 1',
    'original 2',
  ])
  expect(Buffer.concat(pieces.map(({ sealed }) => sealed)).includes('night')).toBe(false)
})
