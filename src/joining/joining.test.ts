import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataKeyOf, runDueJobs } from '../platform/index.ts'
import { addIdentity, openPerson } from '../subjects/open-person.ts'
import { eraseSubject } from '../subjects/erase.ts'
import { identitySchema } from '../subjects/subject.ts'
import { jobsWith } from '../app.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { happened, noticed } from '../../test/noticed.ts'
import { decide, undo, type Answering } from './decide.ts'
import { readPersonModel } from './model.ts'
import { noteConcern } from './note.ts'
import { proposalsFor } from './proposals.ts'
import { relinkAll } from './relink.ts'
import { standardPerson, standardPlace, type PersonSupplied } from './standard.ts'
import { suspected, type Member } from './suspicious.ts'
import { weigh } from './weigh.ts'
import { noticesFor } from './tell.ts'
import { signForCast } from '../../test/signed-for-cast.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const about = (person: object, more: object = {}) => ({ about: 'one', people: [person], ...more })
const seenBy = (concern: string, name: 'dena' | 'colm' = 'dena') =>
  house.seen(house.as(name), (tx) => proposalsFor(tx, house.house.keys, house.as(name), concern, house.clock.now))
const say = (proposal: string, answer: Answering['answer'], name: 'dena' | 'colm' | 'priya' = 'dena') =>
  house.seen(house.as(name), (tx) =>
    decide(tx, house.house.keys, house.as(name), proposal, {
      answer,
      why: 'Seen together',
      shown: ['one'],
      at: house.clock.now,
    }),
  )
const takeBack = (decision: string) =>
  house.seen(house.as('dena'), (tx) =>
    undo(tx, house.house.keys, house.as('dena'), decision, { why: 'A mistake', at: house.clock.now }),
  )
const relink = () => relinkAll(house.db, house.house.keys, house.cast.partnership, house.clock.now)
const runJobs = () =>
  runDueJobs(house.db, jobsWith(house.house.keys), (kind, error) => {
    throw new Error(kind, { cause: error })
  })
/** Where every record belongs now. */
const belonging = () =>
  house.seen(house.system, async (tx) => {
    const rows = await tx
      .selectFrom('belonging')
      .select(['record_id', 'known_id'])
      .where('to_at', 'is', null)
      .orderBy('record_id')
      .execute()
    return rows.map(({ record_id, known_id }) => `${record_id} ${known_id}`)
  })

describe('what is noticed', () => {
  test('a plate that was misread in one place is proposed as the same vehicle in another', async () => {
    const first = await noticed(house, { details: [{ kind: 'vehicle', said: 'white van, AB12 CDE' }] })
    const second = await noticed(house, { details: [{ kind: 'vehicle', said: 'A8I2 CDE' }] })
    const [proposal, ...others] = await seenBy(second.concern)
    expect(others).toEqual([])
    expect(proposal).toMatchObject({
      kind: 'vehicle',
      band: 'strong',
      there: { concern: first.concern, standard: { plate: 'AB12CDE' } },
    })
    expect(await happened(house, second.concern)).toContainEqual(
      expect.objectContaining({ kind: 'proposals made', detail: { proposals: 1 } }),
    )
  })

  test('a girl is proposed by nickname and phone, with what speaks for it step by step', async () => {
    const first = await noticed(house, about({ name: 'Katherine Oyelaran', nickname: 'Kit', phone: '07700 900321' }))
    const second = await noticed(
      house,
      about({ name: 'Kate Oyelaran', phone: '+44 7700 900321', age_said: 'about 15' }),
    )
    const [proposal] = (await seenBy(second.concern)).filter(({ kind }) => kind === 'person')
    expect(proposal!.there.concern).toBe(first.concern)
    expect(proposal!.steps.map(({ comparison }) => comparison)).toEqual(
      expect.arrayContaining(['prior', 'name', 'phone']),
    )
    expect(proposal!.steps.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(proposal!.weight, 9)
  })

  test('accounts, phones and addresses are found however they are written, and two people of one concern are never one', async () => {
    await noticed(house, {
      place: '12 Mill Rd',
      postcode: 'LE1 1ZZ',
      details: [{ kind: 'account', said: 'https://www.instagram.com/lil.kit_7/' }],
      people: [{ name: 'Mo Ali' }, { name: 'Mohammed Ali' }],
    })
    const { concern } = await noticed(house, {
      place: '12 Mill Road',
      postcode: 'le11zz',
      details: [{ kind: 'account', said: 'insta @lilkit7' }],
    })
    expect((await seenBy(concern)).map(({ kind, steps }) => `${kind}: ${steps[0]!.level}`).sort()).toEqual([
      'account: same',
      'place: same address',
    ])
    expect(
      await house.seen(house.system, (tx) =>
        tx.selectFrom('proposal').select('id').where('kind', '=', 'person').execute(),
      ),
    ).toHaveLength(1)
  })

  test('what is said later is noted too, and what is there already stays once', async () => {
    const first = await noticed(house, { details: [{ kind: 'phone', said: '07700 900555' }] })
    const { concern } = await noticed(house)
    const said = { id: house.cast.people.dena.id, kind: 'phone', said: '07700900555' }
    const note = () =>
      house.seen(house.as('dena'), async (tx) => {
        const key = await dataKeyOf(tx, house.house.keys, house.cast.partnership, { kind: 'concern', id: concern })
        const agency = house.cast.agencies['childrens']!
        return noteConcern(tx, house.house.keys, house.cast.partnership, {
          concern,
          agency,
          key,
          at: house.clock.now,
          people: [],
          details: [said],
        })
      })
    expect([await note(), await note()]).toEqual([1, 0])
    expect((await seenBy(concern))[0]!.there.concern).toBe(first.concern)
  })

  test('records and their keys are read by nobody but the product', async () => {
    for (const viewer of [house.as('dena'), house.as('priya'), house.anyone])
      for (const table of ['noted_record', 'record_key'] as const)
        expect(await house.seen(viewer, (tx) => tx.selectFrom(table).select('handling').execute())).toEqual([])
    expect(await house.seen(house.as('priya'), (tx) => tx.selectFrom('proposal').select('id').execute())).toEqual([])
  })
})

describe('answers', () => {
  const twoOf = async (plate: string) => {
    const first = await noticed(house, { details: [{ kind: 'vehicle', said: plate }] })
    const second = await noticed(house, { details: [{ kind: 'vehicle', said: plate }] })
    const [proposal] = await seenBy(second.concern)
    return { first, second, id: proposal!.id }
  }

  test('what was refused is never proposed again, not even by a re-link, until the answer is taken back', async () => {
    const { second, id } = await twoOf('KX19 AAA')
    const said = await say(id, 'different')
    await relink()
    const third = await noticed(house, { details: [{ kind: 'vehicle', said: 'KX19 AAA' }] })
    expect((await seenBy(second.concern)).map(({ standing }) => standing?.answer)).toEqual([undefined, 'different'])
    expect(await seenBy(third.concern)).toHaveLength(2)
    expect(await takeBack((said as { decision: string }).decision)).toBe('undone')
    expect((await seenBy(second.concern)).map(({ standing }) => standing)).toEqual([undefined, undefined])
  })

  test('the second of two who answer hears what the first said, and nothing moves', async () => {
    const { id } = await twoOf('KX19 BBB')
    const both = await Promise.all([say(id, 'same', 'dena'), say(id, 'different', 'colm')])
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['decided', 'decided before'])
    const late = both.find(({ outcome }) => outcome === 'decided before') as { standing: { why: string } }
    expect(late.standing.why).toBe('Seen together')
  })

  test('an answer that cannot stand beside another is kept as a question and moves nothing', async () => {
    const { first, second, id } = await twoOf('KX19 CCC')
    const third = await noticed(house, { details: [{ kind: 'vehicle', said: 'KX19 CCC' }] })
    const withFirst = (await seenBy(third.concern)).find(({ there }) => there.concern === first.concern)!
    const withSecond = (await seenBy(third.concern)).find(({ there }) => there.concern === second.concern)!
    await say(id, 'different')
    expect(await say(withFirst.id, 'same')).toMatchObject({ outcome: 'decided' })
    const before = await belonging()
    expect(await say(withSecond.id, 'same', 'colm')).toMatchObject({
      outcome: 'contradicts',
      standing: { answer: 'different' },
    })
    expect(await belonging()).toEqual(before)
  })

  test('undoing one of two joins returns everything to where it came from', async () => {
    const start = await belonging()
    const { first, second, id } = await twoOf('KX19 DDD')
    const third = await noticed(house, { details: [{ kind: 'vehicle', said: 'KX19 DDD' }] })
    const withSecond = (await seenBy(third.concern)).find(({ there }) => there.concern === second.concern)!
    const apart = await belonging()
    const one = (await say(id, 'same')) as { decision: string }
    const joined = await belonging()
    const two = (await say(withSecond.id, 'same')) as { decision: string }
    expect((await seenBy(third.concern)).find(({ there }) => there.concern === first.concern)!.joined).toBe(true)
    // The first answer goes while the second stands: only what the second ties stays together.
    await takeBack(one.decision)
    expect((await seenBy(third.concern)).find(({ there }) => there.concern === first.concern)!.joined).toBe(false)
    await takeBack(two.decision)
    expect(await belonging()).toEqual(apart)
    expect(joined).not.toEqual(apart)
    expect(apart.length - start.length).toBe(3)
  })

  test('a twin is no more than a question, is joined with nobody at night, and stays apart once somebody said so', async () => {
    const home = { born_on: '2012-08-19', address: '8 Fennel Row', postcode: 'LE1 2QT', phone: '07700 900432' }
    const one = await noticed(house, about({ ...home, name: 'Isla Marchbanks' }))
    const twin = await noticed(house, about({ ...home, name: 'Iris Marchbanks' }))
    const ofHers = async () => (await seenBy(twin.concern)).filter(({ kind }) => kind === 'person')
    const [proposal] = await ofHers()
    expect(proposal).toMatchObject({ band: 'look', joined: false, there: { concern: one.concern } })
    expect(proposal!.steps.map(({ level }) => level)).toContain('may be two people of one home')
    const before = await belonging()
    await relink()
    expect([(await ofHers()).map(({ joined }) => joined), await belonging()]).toEqual([[false], before])
    await say(proposal!.id, 'different')
    await relink()
    expect((await ofHers()).map(({ joined, standing }) => [joined, standing?.answer])).toEqual([[false, 'different']])
  })

  test('nobody answers who does not sit at the front door', async () => {
    const { id } = await twoOf('KX19 EEE')
    await expect(say(id, 'same', 'priya')).rejects.toThrow('not found')
  })
})

describe('people who are known', () => {
  const lena = () => house.as('lena')
  const said = (over: object) =>
    identitySchema.parse({
      known_as: '',
      pronouns: '',
      address: '',
      postcode: '',
      phone: '',
      nhs_number: '',
      other_reference: '',
      ...over,
    })
  const open = (over: object) =>
    house.seen(lena(), (tx) =>
      openPerson(tx, house.house.keys, lena(), said(over), { as: 'lead', at: house.clock.now }),
    )

  test('somebody’s record meets the next concern, as a record of another agency to whoever may not open it', async () => {
    const subject = await open({ name: 'Oluwaseun Featherstone', born_on: '2011-03-14', phone: '07700 900777' })
    await runJobs()
    const { concern } = await noticed(
      house,
      about({ name: 'Seun Featherstone', born_on: '2011-03-14', phone: '07700900777' }),
    )
    const [proposal] = (await seenBy(concern)).filter(({ kind }) => kind === 'person')
    expect(proposal!.there).toMatchObject({ concern: null, agency: null, standard: undefined })
    expect(proposal!.there.subject).toBeNull()
    expect(proposal!.here.standard).toMatchObject({ names: [{ given: 'seun', family: 'featherstone' }] })
    // A later row of who they are takes the place of the earlier, and an answer holds for it.
    await say(proposal!.id, 'different')
    await house.seen(house.system, (tx) =>
      tx.updateTable('identity').set({ replaced_at: house.clock.now }).where('subject_id', '=', subject).execute(),
    )
    await house.seen(lena(), (tx) =>
      addIdentity(
        tx,
        house.house.keys,
        lena(),
        { id: subject, adult_from: null },
        said({ name: 'Seun Featherstone', born_on: '2011-03-14', phone: '07700 900777' }),
        house.clock.now,
      ),
    )
    await runJobs()
    await relink()
    expect((await seenBy(concern)).filter(({ standing }) => !standing)).toEqual([])
  })

  test('of somebody who was erased nothing is left that finds them', async () => {
    const subject = await open({ name: 'Zebedee Quillfeather', phone: '07700 900888' })
    await runJobs()
    const { concern } = await noticed(house, about({ name: 'Zebedee Quillfeather', phone: '07700 900888' }))
    const [proposal] = await seenBy(concern)
    await say(proposal!.id, 'same')
    await house.seen(house.system, (tx) => eraseSubject(tx, house.system, subject, 'retention', house.clock.now))
    await runJobs()
    await relink()
    expect(await seenBy(concern)).toEqual([])
    const left = await house.seen(house.system, (tx) =>
      tx.selectFrom('noted_record').select(['id', 'standard_sealed']).where('subject_id', '=', subject).execute(),
    )
    expect(left.map(({ standard_sealed }) => standard_sealed.length)).toEqual([0])
    expect(
      await house.seen(house.system, (tx) =>
        tx
          .selectFrom('record_key')
          .select('hash')
          .where(
            'record_id',
            'in',
            left.map(({ id }) => id),
          )
          .execute(),
      ),
    ).toEqual([])
    const reasons = await house.seen(house.system, (tx) =>
      tx
        .selectFrom('join_decision')
        .select(['why_sealed', 'undone_at'])
        .where((w) =>
          w.or([
            w(
              'a_id',
              'in',
              left.map(({ id }) => id),
            ),
            w(
              'b_id',
              'in',
              left.map(({ id }) => id),
            ),
          ]),
        )
        .execute(),
    )
    expect(reasons).toEqual([{ why_sealed: null, undone_at: expect.any(Date) as Date }])
  })
})

describe('agencies whose concerns are joined', () => {
  const sentBy = (name: 'priya' | 'hal' | 'wes', phone: string) =>
    noticed(house, { details: [{ kind: 'phone', said: phone }] }, { viewer: house.as(name), channel: 'professional' })
  const told = (name: 'priya' | 'hal' | 'wes', concern: string) =>
    house.seen(house.as(name), (tx) => noticesFor(tx, house.as(name), concern))
  const joined = async (first: 'priya', second: 'hal' | 'wes', phone: string) => {
    const one = await sentBy(first, phone)
    const two = await sentBy(second, phone)
    const [proposal] = await seenBy(two.concern)
    const { decision } = (await say(proposal!.id, 'same')) as { decision: string }
    await runJobs()
    return { one: one.concern, two: two.concern, decision }
  }

  test('are told of each other as the agreement lets them, until the answer is taken back', async () => {
    await signForCast(house)
    const { one, two, decision } = await joined('priya', 'hal', '07700 900611')
    const { school, housing } = house.cast.agencies
    expect(await told('priya', one)).toMatchObject([{ agency: housing, kind: 'phone' }])
    expect(await told('hal', two)).toMatchObject([{ agency: school }])
    expect(await told('hal', one)).toEqual([])
    expect((await (await house.browser('priya')).get(`/sent/${one}`)).text).toContain(
      'North Elmshire Housing sent something about the same phone number.',
    )
    await takeBack(decision)
    expect([await told('priya', one), await told('hal', two)]).toEqual([[], []])
  })

  test('one that has not signed is neither told nor told of', async () => {
    const { one, two } = await joined('priya', 'wes', '07700 900622')
    expect([await told('priya', one), await told('wes', two)]).toEqual([[], []])
    expect((await happened(house, one)).map(({ kind }) => kind)).toContain('agency not told of a join')
  })
})

test('what was there before joining is noted, once, as if it came today', async () => {
  const old = await openTestHouse()
  try {
    const phone = { details: [{ kind: 'phone', said: '07700 900444' }] }
    const first = await noticed(old, phone)
    const second = await noticed(old, { ...phone, people: [{ name: 'Ida Marsh' }] })
    // As it was before: nothing is kept of either.
    await old.seen(old.system, async (tx) => {
      await sql`delete from record_key`.execute(tx)
      await sql`delete from proposal`.execute(tx)
      await sql`update noted_record set withdrawn_at = now(), concern_id = null, subject_id = id`.execute(tx)
    })
    const job = { id: first.concern, kind: 'earlier noted', partnership: old.cast.partnership, payload: {} }
    for (let twice = 0; twice < 2; twice++) await jobsWith(old.house.keys)['earlier noted']!(job, old.db)
    const found = await old.seen(old.as('dena'), (tx) =>
      proposalsFor(tx, old.house.keys, old.as('dena'), second.concern, old.clock.now),
    )
    expect(found.map(({ there }) => there.concern)).toEqual([first.concern])
  } finally {
    await old.close()
  }
})

test('a re-link that was killed half-way comes to the same end as one that was not', async () => {
  const all = () =>
    house.seen(house.system, (tx) =>
      tx
        .selectFrom('proposal')
        .select(['a_id', 'b_id', 'weight', 'cluster_id'])
        .orderBy('a_id')
        .orderBy('b_id')
        .execute(),
    )
  const forgetAfter = (id: string) =>
    house.seen(house.system, (tx) =>
      tx.deleteFrom('proposal').where('settled_at', 'is', null).where('a_id', '>', id).where('b_id', '>', id).execute(),
    )
  await forgetAfter('00000000-0000-0000-0000-000000000000')
  await relink()
  const whole = await all()
  expect(await relink()).toBe(0)
  const middle = await house.seen(house.system, (tx) =>
    tx.selectFrom('noted_record').select('id').orderBy('id').offset(5).limit(1).executeTakeFirstOrThrow(),
  )
  await house.seen(house.system, async (tx) => {
    await tx
      .insertInto('relink_run')
      .values({
        partnership_id: house.cast.partnership,
        id: middle.id,
        started_at: house.clock.now,
        after_id: middle.id,
      })
      .execute()
  })
  await forgetAfter(middle.id)
  await relink()
  expect(await all()).toEqual(whole)
})

test('an address without a property number is the same where its house and flat are, in whatever order and words', () => {
  const at = (address: string) => standardPlace({ address, postcode: 'LE1 1ZZ' })
  const levels = (one: string, ...others: string[]) =>
    weigh(at(one), others.map(at)).map(({ band, steps }) => [band, steps()[0]!.level])
  expect(levels('Flat 2, 14 Mill Road', '14 Mill Rd, Apartment 2', '14 Mil Road, flat 2')).toEqual([
    ['look', 'same numbers, otherwise written'],
    ['look', 'same numbers, otherwise written'],
  ])
  // Flat 14 of number 2 is another home, and so is the whole house.
  expect(levels('Flat 2, 14 Mill Road', 'Flat 14, 2 Mill Road', '14 Mill Road')).toEqual([
    ['look', 'same postcode, another address'],
    ['look', 'same postcode, another address'],
  ])
  expect(levels('The Old Barn', 'Rose Cottage')).toEqual([['look', 'same postcode, another address']])
})

test('a model that does not fit says which field', () => {
  const spec = {
    format: 'trellis-linkage/1',
    fields: [{ name: 'given', kind: 'given nam' }],
    comparisons: [],
    blocking: [],
    prior: 'low',
    thresholds: { link: 0, strong: 10, look: -6 },
    notes: [],
  }
  expect(() => readPersonModel(JSON.stringify(spec), 'person.json')).toThrow(
    /fields\[0\]\.kind: must be one of[\s\S]*prior: must be a number/,
  )
  expect(() => readPersonModel('{', 'person.json')).toThrow('model: is not JSON.')
})

test('what is known as one looks wrong by rule: a chain, the odd one out, two numbers, too many', () => {
  const member = (id: string, said: PersonSupplied): Member => ({
    id,
    own: null,
    standard: standardPerson(said, 2026, []),
  })
  const kit = { name: 'Katherine Oyelaran', born_on: '2010-04-02', phone: '07700 900321' }
  const [a, b] = [member('a', kit), member('b', { ...kit, postcode: 'LE1 1ZZ' })]
  expect(suspected('person', [a, b], [{ a: 'a', b: 'b' }])).toBeUndefined()
  const c = member('c', {
    name: 'Wendell Askew',
    born_on: '2010-04-02',
    phone: '07700 900321',
    nhs_number: '9434765919',
  })
  const d = member('d', {
    name: 'Wendell Askew',
    born_on: '1987-11-23',
    nhs_number: '9434765870',
    postcode: 'LE1 1ZZ',
    phone: '01632 960111',
  })
  const found = suspected(
    'person',
    [a, b, d],
    [
      { a: 'a', b: 'b' },
      { a: 'b', b: 'd' },
    ],
  )!
  expect(found.wrong).toEqual([
    { reason: 'two births', a: 'a', b: 'd', via: null },
    { reason: 'odd one out', a: 'd', b: null, via: null },
    { reason: 'chain', a: 'a', b: 'd', via: 'b' },
  ])
  expect(found.weakest).toEqual({ a: 'b', b: 'd' })
  // Who says next to nothing is not proposed with everybody, and is no chain for that.
  const little = member('little', { name: 'Kit', postcode: 'LE1 1ZZ' })
  const throughB = [
    { a: 'a', b: 'b' },
    { a: 'b', b: 'little' },
  ]
  expect(suspected('person', [c, d], [{ a: 'c', b: 'd' }])!.wrong[0]).toEqual({
    reason: 'two nhs numbers',
    a: 'c',
    b: 'd',
    via: null,
  })
  expect(suspected('person', [a, b, little], throughB)).toBeUndefined()
  // One slip of the pen is no second birth: day and month the wrong way round, a wrong digit.
  for (const born_on of ['2010-02-04', '2010-04-12', '2001-04-02'])
    expect(suspected('person', [a, member('slip', { ...kit, born_on })], [{ a: 'a', b: 'slip' }])).toBeUndefined()
  const many = Array.from({ length: 13 }, (_, i) => member(`m${i}`, kit))
  expect(suspected('person', many, [])!.wrong.map(({ reason }) => reason)).toEqual(['too big'])
})
