import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataKeys, NotFound, openText } from '../../platform/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'
import { involvedWith, statePurpose, tiesOf } from '../../sharing/index.ts'
import { csv, header, openFeed } from '../../../test/fed.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { decide, undo } from '../decide.ts'
import { noteIdentity } from '../note-identity.ts'
import { applyRun, fedAt } from './apply-run.ts'
import { feedToSend } from './feed.ts'
import { keepFeed } from './keep-feed.ts'
import { readRun } from './read-run.ts'
import type { Said } from './read-row.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const kit = '101,Kit,Oyelaran,2010-03-05,LE1 1ZZ,,2024-09-01'
const mo = '102,Mohammed,Ali,12/04/2011,LE1 1ZZ,,'
const zoe = '103,Zoë,Brennan,2009-01-02,CV21 2AA,,'
const ann = '104,Ann,Other,2009-01-03,CV21 2AA,,'
const four = csv(kit, mo, zoe, ann)

type Feeding = Awaited<ReturnType<typeof openFeed>>
/** What lies sealed, by the agency's own ids. */
const opened = async ({ list }: Feeding): Promise<Record<string, Said>> => {
  const rows = await list()
  const { keys } = house.house
  const open = await house.seen(house.system, (tx) =>
    dataKeys(
      tx,
      keys,
      house.cast.partnership,
      rows.map(({ key_id }) => key_id),
    ),
  )
  const said = rows.map(
    ({ id, key_id, said_sealed }) => JSON.parse(openText(open.get(key_id)!, fedAt(id), said_sealed!)) as Said,
  )
  return Object.fromEntries(said.map((one) => [one.own, one]))
}

const proposedFor = async (person: string): Promise<string[]> => {
  const rows = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('proposal as p')
      .innerJoin('noted_record as r', (join) =>
        join.on((on) => on.or([on('r.id', '=', on.ref('p.a_id')), on('r.id', '=', on.ref('p.b_id'))])),
      )
      .select('p.id')
      .where('r.subject_id', '=', person)
      .orderBy('p.id')
      .execute(),
  )
  return rows.map(({ id }) => id)
}

describe('a list that is sent', () => {
  test('shows what it would change before anything is, then brings in who is new and changed and lets go who is gone', async () => {
    const feeding = await openFeed(house)
    const first = await feeding.read(four)
    expect((await feeding.found(first)).run).toMatchObject({
      state: 'ready',
      new_rows: 4,
      gone_rows: 0,
      broken_rows: 0,
    })
    expect(await feeding.list()).toEqual([])
    await feeding.confirm(first)
    await applyRun(feeding.bench, first)
    expect(Object.keys(await opened(feeding))).toEqual(expect.arrayContaining(['101', '102', '103', '104']))
    const second = await feeding.read(csv(kit, mo.replace('LE1 1ZZ', 'LE2 2ZZ'), zoe, '105,New,Child,2012-02-02,,,'))
    expect((await feeding.found(second)).run).toMatchObject({
      new_rows: 1,
      changed_rows: 1,
      same_rows: 2,
      gone_rows: 1,
    })
    await feeding.confirm(second)
    await applyRun(feeding.bench, second)
    const now = await opened(feeding)
    expect(Object.keys(now).sort()).toEqual(['101', '102', '103', '105'])
    expect(now['102']!.person.postcode).toBe('LE2 2ZZ')
    // The file is gone with its key, and so is whoever is not on the list any more.
    const left = await house.seen(house.system, async (tx) => ({
      parts: await tx.selectFrom('feed_part').select('part').execute(),
      rows: await tx.selectFrom('feed_row').select('line').execute(),
      ended: await tx
        .selectFrom('fed_person as p')
        .innerJoin('data_key as k', (join) => join.onRef('k.of_id', '=', 'p.id'))
        .select(['p.said_sealed', 'k.wrapped'])
        .where('p.ended_at', 'is not', null)
        .execute(),
    }))
    expect(left).toEqual({ parts: [], rows: [], ended: [{ said_sealed: null, wrapped: null }] })
  })

  test('that is sent again changes nothing and is answered as the first was', async () => {
    const feeding = await openFeed(house)
    const run = await feeding.apply(four)
    expect(await feeding.send(four)).toEqual({ outcome: 'sent before', run })
    const other = await feeding.read(csv(ann, zoe, mo, kit))
    expect((await feeding.found(other)).run).toMatchObject({ same_rows: 4, new_rows: 0, gone_rows: 0 })
    expect(await feeding.send(csv(ann, zoe, mo, kit))).toEqual({ outcome: 'sent before', run: other })
    expect(await feeding.send(four)).toEqual({ outcome: 'another first', run: other })
  })

  test('of changes alone leaves the others where they are, and honours deletions', async () => {
    const feeding = await openFeed(house, { sends: 'changes' })
    const withFlag = (...rows: string[]) => [`${header},Deleted`, ...rows].join('\n')
    const first = await feeding.read(withFlag(...[kit, mo, zoe, ann].map((row) => `${row},`)))
    const { run, feed } = await feeding.found(first)
    expect(run.state).toBe('ready')
    expect(feed.columns).not.toHaveProperty('Deleted')
    await feeding.confirm(first)
    await applyRun(feeding.bench, first)
    await house.seen(house.system, (tx) =>
      tx
        .updateTable('feed')
        .set({ columns: JSON.stringify({ ...feed.columns, Deleted: 'deleted' }) })
        .where('id', '=', feed.id)
        .execute(),
    )
    await feeding.apply(withFlag('104,,,,,,,yes', '999,,,,,,,yes', '103,Zoe,Brennan,2009-01-02,,,,perhaps'))
    expect(Object.keys(await opened(feeding)).sort()).toEqual(['101', '102', '103'])
  })
})

describe('bad input', () => {
  test('the good rows go in, the bad are listed with line and reason, and whoever is broken is not gone', async () => {
    const feeding = await openFeed(house)
    await feeding.apply(four)
    const long = 'x'.repeat(10_000)
    const run = await feeding.read(
      csv(
        kit,
        `102,${long},Ali,,,,`,
        '103,Zoë,Brennan',
        ',No,Id,,,,',
        '201,"=HYPERLINK(""http://x"")",+44,2001-02-31,NOWHERE,123,',
        '200,A "quoted" name,x,,,,',
        '202,Γεωργία,Παπαδοπούλου,2010-01-01,,,',
        '203,اسماء,حسن,2010-01-01,,,',
        '204,One,Same,2010-01-01,,,',
        '204,One,Other,2010-01-01,,,',
        '205,Two,Same,2010-01-01,,,',
        '205,Two,Same,2010-01-01,,,',
        '104,,,,,,',
        '206,Bad\u0081,Letters,,,,',
      ),
    )
    expect(await feeding.leftOut(run)).toEqual([
      [3, 'too long', 'Forename'],
      [4, 'columns', 3],
      [5, 'no id', 'Pupil ID'],
      [7, 'quotation', null],
      [10, 'duplicate', 11],
      [11, 'duplicate', 10],
      [13, 'said again', 12],
      [14, 'no name', null],
      [15, 'unreadable', 'Forename'],
    ])
    // Zoë is missing, and lines without an id could be hers: somebody looks before she is deleted.
    expect(await feeding.confirm(run)).toBe('second look')
    await feeding.look(run, 'apply')
    await applyRun(feeding.bench, run)
    const now = await opened(feeding)
    expect(Object.keys(now).sort()).toEqual(['101', '102', '104', '201', '202', '203', '205'])
    expect(now['201']!.person.name).toBe('=HYPERLINK("http://x") +44')
    expect((await feeding.list()).find(({ issues }) => issues.length > 2)?.issues).toEqual([
      'birth invalid',
      'postcode invalid',
      'nhs number invalid',
    ])
  })

  test('any encoding is read for what it is', async () => {
    const feeding = await openFeed(house)
    await feeding.apply(Buffer.from(csv(zoe), 'latin1'))
    expect((await opened(feeding))['103']!.person.name).toBe('Zoë Brennan')
    const wide = await feeding.apply(Buffer.from(csv(zoe, '301,Łukasz,Żak,2010-01-01,,,'), 'utf16le'))
    expect((await feeding.found(wide)).run.encoding).toBe('utf-16le')
    expect(Object.keys(await opened(feeding)).sort()).toEqual(['103', '301'])
    expect(await feeding.send(Buffer.from('PK\x03\x04 a workbook', 'latin1'))).toEqual({ outcome: 'a workbook' })
    expect(await feeding.send('')).toEqual({ outcome: 'empty' })
  })

  test('a column that was renamed since yesterday applies nothing and asks', async () => {
    const feeding = await openFeed(house)
    await feeding.apply(four)
    const sent = await feeding.send(four.replace('DOB', 'Birth date'))
    if (!('run' in sent)) throw new Error(sent.outcome)
    await readRun(feeding.bench, sent.run)
    expect((await feeding.found(sent.run)).run.state).toBe('columns')
    expect(await feeding.confirm(sent.run)).toBe('too late')
    expect(await feeding.list()).toHaveLength(4)
  })

  test('a first row that names nobody’s columns is refused', async () => {
    const feeding = await openFeed(house)
    const sent = await feeding.send(`${kit}\n${mo}`)
    if (!('run' in sent)) throw new Error(sent.outcome)
    await readRun(feeding.bench, sent.run)
    expect((await feeding.found(sent.run)).run).toMatchObject({ state: 'refused', reason: 'no names' })
  })

  test('three in ten deleted asks a second manager, who may say no', async () => {
    const feeding = await openFeed(house)
    await feeding.apply(four)
    const run = await feeding.read(csv(kit, mo))
    expect(await feeding.confirm(run)).toBe('second look')
    await expect(feeding.look(run, 'apply', feeding.priya)).rejects.toThrow(NotFound)
    expect(await feeding.look(run, 'stop')).toBe('stopped')
    expect(await feeding.list()).toHaveLength(4)
  })
})

test('a run that is killed while reading and while applying goes on where it was, to the same end', async () => {
  const feeding = await openFeed(house)
  const rows = Array.from({ length: 240 }, (_, i) => `${1000 + i},Pupil,Number${i},2010-01-01,,,`)
  const text = csv(...rows.slice(0, 120), '1000,Some,Body,2010-01-01,,,', ...rows.slice(120), 'broken')
  const run = await feeding.read(csv(kit)).then(async (first) => {
    await feeding.confirm(first)
    await applyRun(feeding.bench, first)
    const sent = await feeding.send(text)
    return 'run' in sent ? sent.run : sent.outcome
  })
  // The process dies in the middle of a transaction, again and again: each time a little more is there.
  let [calls, next] = [0, 3]
  const dying = {
    ...feeding.bench,
    within: ((work) =>
      feeding.bench.within(async (tx) => {
        const done = await work(tx)
        if (++calls < next) return done
        next += calls + 2
        throw new Error('killed')
      })) as typeof feeding.bench.within,
  }
  const untilDone = async (go: () => Promise<unknown>) => {
    for (let died = 0; ; died++)
      try {
        await go()
        return died
      } catch (error) {
        if ((error as Error).message !== 'killed' || died > 30) throw error
      }
  }
  const reads = await untilDone(() => readRun(dying, run))
  expect((await feeding.found(run)).run).toMatchObject({ state: 'ready', new_rows: 239, gone_rows: 1, broken_rows: 3 })
  expect(await feeding.confirm(run)).toBe('second look')
  await feeding.look(run, 'apply')
  const applies = await untilDone(() => applyRun(dying, run))
  expect(reads + applies).toBeGreaterThan(1)
  expect(await feeding.list()).toHaveLength(239)
}, 60_000)

describe('who else is involved', () => {
  test('the agency of a list is told of once it is known to be the same, and not when that is undone or deleted', async () => {
    const { keys } = house.house
    const { partnership } = house.cast
    const at = house.clock.now
    const [lena, dena] = [house.as('lena'), house.as('dena')]
    const feeding = await openFeed(house)
    await feeding.apply(csv('700,Tamsin,Ellery,2011-04-26,CV21 2AA,,2024-09-01', zoe, ann, mo))
    const person = await house.seen(lena, (tx) =>
      openPerson(
        tx,
        keys,
        lena,
        identitySchema.parse({ name: 'Tamsin Ellery', born_on: '2011-04-26', postcode: 'CV21 2AA' }),
        { as: 'lead', at },
      ),
    )
    await house.seen(house.system, (tx) => noteIdentity(tx, keys, partnership, person, at))
    const [proposal, ...more] = await proposedFor(person)
    expect(more).toEqual([])
    const listed = async () =>
      (await house.seen(lena, (tx) => involvedWith(tx, partnership, person, at)))
        .filter(({ role }) => role === 'feed')
        .map(({ agency_id, contact, staff_id, from_at }) => ({
          agency_id,
          contact,
          staff_id,
          since: from_at.toISOString().slice(0, 10),
        }))
    const same = () =>
      house.seen(dena, (tx) =>
        decide(tx, keys, dena, proposal, { answer: 'same', why: 'Her form tutor said', shown: [], at }),
      )
    expect(await listed()).toEqual([])
    const answer = await same()
    const school = {
      agency_id: house.cast.agencies['school'],
      contact: '01632 960700',
      staff_id: null,
      since: '2024-09-01',
    }
    expect(await listed()).toEqual([school])
    // It opens nothing for the school itself.
    expect((await house.seen(feeding.priya, (tx) => tiesOf(tx, feeding.priya, person, at))).closeness).toBe(0)
    expect(
      await house.seen(feeding.priya, (tx) =>
        tx.selectFrom('involvement').select('id').where('subject_id', '=', person).execute(),
      ),
    ).toEqual([])
    if (answer.outcome !== 'decided') throw new Error(answer.outcome)
    await house.seen(dena, (tx) => undo(tx, keys, dena, answer.decision, { why: 'A mistake', at }))
    expect(await listed()).toEqual([])
    await same()
    expect(await listed()).toEqual([school])
    // What is written anew of the same entry is still the same person.
    await feeding.apply(csv('700,Tamsin,Ellery-Voss,2011-04-26,CV21 2AA,,2024-09-01', zoe, ann, mo))
    expect(await listed()).toEqual([school])
    await feeding.apply(csv(zoe, ann, mo))
    expect(await listed()).toEqual([])
  })

  test('nobody of another agency sees a feed, a run, a row or a person of it', async () => {
    const feeding = await openFeed(house)
    await feeding.apply(csv(kit, 'broken'))
    for (const table of ['feed', 'feed_run', 'feed_row', 'fed_person', 'feed_part'] as const) {
      for (const viewer of [house.as('dena'), house.as('hal'), house.as('ada'), house.as('otto'), house.anyone])
        expect(await house.seen(viewer, (tx) => tx.selectFrom(table).select('agency_id').execute())).toEqual([])
      const own = await house.seen(feeding.priya, (tx) => tx.selectFrom(table).select('agency_id').execute())
      expect(own.length > 0).toBe(table !== 'feed_part')
    }
    // Of their own agency it is read by managers and by whoever is named to send it.
    const saul = house.as('saul')
    const seen = (table: 'fed_person' | 'feed_run' | 'feed_row') =>
      house.seen(saul, (tx) => tx.selectFrom(table).select('agency_id').execute())
    const all = async () => [
      (await seen('fed_person')).length,
      (await seen('feed_run')).length > 0,
      (await seen('feed_row')).length,
    ]
    expect(await all()).toEqual([0, false, 0])
    await house.seen(feeding.priya, (tx) =>
      keepFeed(
        tx,
        feeding.priya,
        feeding.feed,
        { name: 'Pupils', sends: 'whole', contact: '01632 960700', by_system: false, senders: [saul.staff] },
        house.clock.now,
      ),
    )
    expect(await all()).toEqual([1, true, 1])
    const hal = house.as('hal')
    await expect(house.seen(hal, (tx) => feedToSend(tx, { ...hal, roles: ['manager'] }, feeding.feed))).rejects.toThrow(
      NotFound,
    )
  })

  test('it names the school and the housing officer to whoever may know, and nobody to whoever may not', async () => {
    const { keys } = house.house
    const { partnership } = house.cast
    const at = house.clock.now
    await signForCast(house)
    const [lena, dena] = [house.as('lena'), house.as('dena')]
    const school = await openFeed(house, { contact: 'Priya Nair, 01632 960330' })
    await school.apply(csv('800,Kofi,Ansell,2009-03-09,LE1 4PL,,2021-09-06', zoe, ann, mo))
    const housing = await openFeed(house, { name: 'Tenants', contact: 'Hal Ferris, 01632 960520' }, ['hal', 'hal'])
    const tenants = await housing.read(csv('20417,Kofi,Ansell,2009-03-09,LE1 4PL,,2025-03-17'))
    await housing.confirm(tenants)
    await applyRun(housing.bench, tenants)
    const said = identitySchema.parse({ name: 'Kofi Ansell', born_on: '2009-03-09', postcode: 'LE1 4PL' })
    const person = await house.seen(lena, (tx) => openPerson(tx, keys, lena, said, { as: 'lead', at }))
    await house.seen(lena, (tx) =>
      statePurpose(tx, lena, person, { ...safeguarding, until: new Date(at.getTime() + 36_000_000) }, at),
    )
    await house.seen(house.system, (tx) => noteIdentity(tx, keys, partnership, person, at))
    const page = `/people/${person}/involved`
    const asked = async () => (await house.browser('lena')).post(page, { why: 'Before I ring anybody' })
    expect((await asked()).text).not.toContain('01632 960520')
    for (const proposal of await proposedFor(person)) {
      const answer = { answer: 'same', why: 'The lists agree', shown: [], at } as const
      expect((await house.seen(dena, (tx) => decide(tx, keys, dena, proposal, answer))).outcome).toBe('decided')
    }
    const { text } = await asked()
    for (const told of [
      'Ash Hill School',
      'Priya Nair, 01632 960330',
      'North Elmshire Housing',
      'Hal Ferris, 01632 960520',
    ])
      expect(text).toContain(told)
    // Being on its list is no way in for the housing officer, who meets the glass; for the others there is no such page.
    for (const [name, status] of [
      ['hal', 403],
      ['wes', 404],
      ['priya', 404],
      ['ada', 404],
    ] as const) {
      const got = await (await house.browser(name)).get(page)
      expect([name, got.status]).toEqual([name, status])
      expect(got.text).not.toMatch(/Kofi|Ash Hill School|01632 960330|01632 960520/)
    }
  })
})
