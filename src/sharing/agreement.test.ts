import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asViewer, instant, newId, type StaffViewer, type Tx } from '../platform/index.ts'
import { giveAgreement } from '../../test/agreement.ts'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import type { ClauseFacts } from './clause.ts'
import { difference } from './difference.ts'
import { impliedPurposes } from './implied.ts'
import { clausesOf, draftVersion, removeClause, saveClause } from './draft.ts'
import { dutiesBegin } from './duty-begun.ts'
import { goLive, lapse, type WentLive } from './in-force.ts'
import { warnOfLapse } from './lapse-warning.ts'
import { offer, recall, sign, type Signed } from './sign.ts'
import { adopt, returnToAgreement, withdraw } from './withdraw.ts'

/** The agreement of the cast: all have signed but the jobcentre. Rows of one child, supplied by social care. */
let house: TestHouse
let subject: string
const zone = 'Europe/London'

beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
  subject = await aChild('TR-1', ['police', 'housing'])
  // Another of whom only the police know: no case for a clause that asks for the landlord to be involved.
  await aChild('TR-2', ['police'])
})
afterAll(() => house.close())
beforeEach(() => {
  house.clock.now = new Date('2026-11-23T10:00:00Z')
})

const now = (): Date => house.house.now()
const hence = (minutes: number): Date => new Date(now().getTime() + minutes * 60_000)
const moment = () => ({ now: now(), today: now().toISOString().slice(0, 10) })
const by = <T>(name: Name, work: (tx: Tx, viewer: StaffViewer) => Promise<T>): Promise<T> =>
  asViewer(house.db, house.as(name), (tx) => work(tx, house.as(name)), { now: now(), zone })
const agency = (code: string): string => house.cast.agencies[code]!

const agreementCalled = (code: string): Promise<string> =>
  house.seen(house.system, async (tx) => {
    const row = await tx.selectFrom('agreement').select('id').where('code', '=', code).executeTakeFirstOrThrow()
    return row.id
  })

const aChild = (reference: string, involved: string[]): Promise<string> =>
  house.seen(house.system, async (tx) => {
    const id = newId()
    const common = { partnership_id: house.cast.partnership, agency_id: agency('childrens'), adult_from: '2031-01-01' }
    await tx
      .insertInto('subject')
      .values({ ...common, id, reference, kind: 'person', opened_at: now() })
      .execute()
    for (const data_class of ['D4', 'D5'] as const)
      await tx
        .insertInto('entry')
        .values({
          ...common,
          id: newId(),
          subject_id: id,
          kind: 'note',
          happened_at: now(),
          words_sealed: Buffer.from([1]),
          key_id: newId(),
          entered_at: now(),
          data_class,
        })
        .execute()
    for (const code of involved)
      await tx
        .insertInto('involvement')
        .values({
          partnership_id: house.cast.partnership,
          id: newId(),
          subject_id: id,
          agency_id: agency(code),
          staff_id: code === 'housing' ? house.cast.people.hal.id : null,
          role: 'circle',
          from_at: new Date('2026-01-01T00:00:00Z'),
        })
        .execute()
    return id
  })

/** What of the child's chronology somebody finds now, here for a purpose. */
const seenBy = (name: Name, purpose: string, basis = 'public-task'): Promise<string[]> => {
  const viewer = { ...house.as(name), stated: { purpose, basis, condition: '', until: hence(60) } }
  const work = async (tx: Tx): Promise<string[]> => {
    const rows = await tx.selectFrom('entry').select('data_class').where('subject_id', '=', subject).execute()
    return rows.map(({ data_class }) => data_class).sort()
  }
  return asViewer(house.db, viewer, work, { now: now(), zone })
}

const voiceForLandlords: ClauseFacts = {
  effect: 'permit',
  title: 'What a child wants, for the landlord',
  plain: '',
  suppliers: ['kind:childrens-social-care'],
  recipients: ['kind:district-housing'],
  purposes: ['housing'],
  bases: ['public-task'],
  conditions: [],
  gateways: [],
  classes: ['D4', 'D3'],
  relationship: 'agency',
  age: 'any',
  handling: 0,
  obligations: [],
}

/** A draft of one agreement in the hands of the administrator. */
const drafted = async (code: string): Promise<string> => {
  const agreement = await agreementCalled(code)
  return by('ada', (tx, ada) => draftVersion(tx, ada, agreement, now()))
}
const partiesOf = (version: string): Promise<string[]> =>
  house.seen(house.system, async (tx) => {
    const rows = await tx
      .selectFrom('party')
      .select('agency_id')
      .where('version_id', '=', version)
      .where('founding', '=', true)
      .execute()
    return rows.map(({ agency_id }) => agency_id)
  })
/** One administrator records Ines Vale's signatures, another everybody else's. */
const onPaper = (version: string, of: string, name: string, hand: Name = name === 'Ines Vale' ? 'ada' : 'gwen') =>
  by(hand, (tx, viewer): Promise<Signed> => {
    const administrator: StaffViewer = { ...viewer, roles: ['administrator'] }
    return sign(tx, administrator, version, { onPaper: true, agency: of, name, jobTitle: 'Director' }, now())
  })
const everybodySigns = async (version: string, except: string[] = []): Promise<void> => {
  for (const party of await partiesOf(version))
    for (const name of ['Ines Vale', 'Ravi Stott'])
      if (!except.includes(party)) expect(['signed', 'both have signed']).toContain(await onPaper(version, party, name))
}
const makeLive = (version: string, from: Date, to: Date | null = null): Promise<WentLive> =>
  by('ada', (tx, ada) => goLive(tx, ada, version, { from, to }, now()))

describe('from a draft to what people see', () => {
  let version: string
  let clause: string

  test('a draft is a copy of what is in force, and there is one at a time', async () => {
    version = await drafted('T2-HOME')
    expect(await drafted('T2-HOME')).toBe(version)
    const clauses = await house.seen(house.system, (tx) => clausesOf(tx, house.cast.partnership, version))
    expect(clauses.map(({ number, title }) => `${String(number)} ${title}`)).toEqual([
      '1 Who it is about, for the landlord that is involved',
      '2 What happened in the home, for the circle',
      '3 What the landlord knows',
    ])
  })

  test('a clause is written, refused with what is wrong, changed and removed', async () => {
    const save = (facts: ClauseFacts, of?: string) =>
      by('ada', (tx, ada) => saveClause(tx, ada, version, facts, moment(), of))
    const wrong = await save({ ...voiceForLandlords, bases: [], classes: ['D8'] })
    expect(wrong).toMatchObject({ problems: [{ say: 'noBasis' }, { say: 'barred', values: { bar: 'T1 7' } }] })
    const saved = (await save(voiceForLandlords)) as { saved: string }
    clause = saved.saved
    await save({ ...voiceForLandlords, title: 'Renamed' }, clause)
    const second = (await save({ ...voiceForLandlords, title: 'Soon gone' })) as { saved: string }
    expect(await by('ada', (tx, ada) => removeClause(tx, ada, version, second.saved))).toBe('removed')
    const clauses = await house.seen(house.system, (tx) => clausesOf(tx, house.cast.partnership, version))
    expect(clauses.map(({ number, title }) => `${String(number)} ${title}`).slice(3)).toEqual(['4 Renamed'])
  })

  test('the difference is told and counted before anybody signs', async () => {
    const told = await by('ada', (tx, ada) => difference(tx, ada, version, now()))
    expect(told.more).toEqual({ roles: 1, classes: 1, cases: 1 })
    expect(told.less).toEqual({ roles: 0, classes: 0, cases: 0 })
    expect(told.lines).toEqual([
      {
        gained: true,
        kind: 'district-housing',
        need: 1,
        purpose: 'housing',
        dataClass: 'D4',
        grounds: [],
        suppliers: [agency('childrens')],
        cases: 1,
      },
    ])
  })

  test('a ground that is taken away or asked for besides is a difference too', async () => {
    const kept = await house.seen(house.system, (tx) => clausesOf(tx, house.cast.partnership, version))
    const { clause: id, number: _, ...facts } = kept[2]!
    const wouldBe = (changed: Partial<ClauseFacts>) =>
      by('ada', async (tx, ada) => {
        expect(await saveClause(tx, ada, version, { ...facts, ...changed }, moment(), id)).toEqual({ saved: id })
        return (await difference(tx, ada, version, now())).lines.filter(({ kind }) => kind === 'police')
      })
    const line = { kind: 'police', need: 1, purpose: 'housing', suppliers: [agency('housing')] }
    const lost = (dataClass: string, grounds: object[]) =>
      expect.objectContaining({ ...line, gained: false, dataClass, grounds })
    const bases = ['legal-obligation', 'vital-interests'].map((basis) => ({ basis, condition: '' }))
    expect(await wouldBe({ bases: ['public-task'] })).toEqual([lost('D3', bases), lost('D4', bases)])
    // Whoever states no condition would see nothing of it any more; nobody would see more.
    const asked = await wouldBe({ conditions: ['para-18'] })
    expect(asked.map(({ gained, dataClass }) => [gained, dataClass])).toEqual([
      [false, 'D3'],
      [false, 'D4'],
    ])
    expect(asked[0]!.grounds.map(({ condition }) => condition)).toEqual(['', '', ''])
    expect(await wouldBe({})).toEqual([])
  })

  test('once put to signature its words are fixed', async () => {
    expect(await by('ada', (tx, ada) => offer(tx, ada, version, moment()))).toBe('offered')
    expect(await by('ada', (tx, ada) => saveClause(tx, ada, version, voiceForLandlords, moment()))).toBe('fixed')
    expect(await by('ada', (tx, ada) => removeClause(tx, ada, version, clause))).toBe('fixed')
  })

  test('two different people sign for an agency, themselves or on paper', async () => {
    const own = (name: Name) =>
      by(name, (tx, viewer) => sign(tx, viewer, version, { onPaper: false, jobTitle: 'Manager' }, now()))
    expect(await own('mina')).toBe('signed')
    expect(await own('mina')).toBe('same person')
    expect(await own('lena')).toBe('not theirs to sign')
    expect(await own('gwen')).toBe('not a party')
    expect(await onPaper(version, agency('childrens'), ' mina  FARAH ')).toBe('same person')
    expect(
      await by('mina', (tx, mina) =>
        sign(tx, mina, version, { onPaper: true, agency: agency('police'), name: 'X Y', jobTitle: '' }, now()),
      ),
    ).toBe('not theirs to sign')
    expect(await onPaper(version, agency('childrens'), 'Ravi Stott')).toBe('signed')
    expect(await onPaper(version, agency('childrens'), 'A Third')).toBe('both have signed')
  })

  test('nobody alone puts in both signatures of an agency, not even their own and one on paper', async () => {
    const mina = async (tx: Tx, viewer: StaffViewer): Promise<Signed[]> => {
      const both: StaffViewer = { ...viewer, agency: agency('housing'), roles: ['manager', 'administrator'] }
      const paper = { onPaper: true, agency: agency('housing'), name: 'Ravi Stott', jobTitle: 'Director' } as const
      return [
        await sign(tx, both, version, { onPaper: false, jobTitle: 'Manager' }, now()),
        await sign(tx, both, version, paper, now()),
      ]
    }
    expect(await by('mina', mina)).toEqual(['signed', 'same hand'])
    expect(await onPaper(version, agency('police'), 'Ines Vale', 'ada')).toBe('signed')
    expect(await onPaper(version, agency('police'), 'Ravi Stott', 'ada')).toBe('same hand')
    // A second account of the same person is no second person, where its name or its mailbox tells.
    for (const other of [{ name: 'ada  QUILL' }, { email: 'ada+two@elmshire.example' }]) {
      await house.seen(house.system, (tx) =>
        tx.updateTable('account').set(other).where('id', '=', house.as('gwen').staff).execute(),
      )
      expect(await onPaper(version, agency('police'), 'Ravi Stott', 'gwen')).toBe('same hand')
    }
    await house.seen(house.system, (tx) =>
      tx
        .updateTable('account')
        .set({ name: 'Gwen Astley', email: house.cast.people.gwen.email })
        .where('id', '=', house.as('gwen').staff)
        .execute(),
    )
  })

  test('it does not go live while an agency lacks a signatory, and says which', async () => {
    await everybodySigns(version, [agency('police')])
    expect(await makeLive(version, hence(0))).toEqual({
      lacking: [{ name: 'Elmshire Police', lacks: 'a second signature' }],
    })
    expect(await onPaper(version, agency('police'), 'Ravi Stott')).toBe('signed')
    expect(await makeLive(version, hence(-1))).toBe('in the past')
    expect(await makeLive(version, hence(5), hence(5))).toBe('ends before it begins')
  })

  test('it takes effect at its minute, when the one before it ends', async () => {
    expect(await seenBy('hal', 'housing')).toEqual(['D4'])
    await house.seen(house.system, (tx) =>
      sql`update involvement set staff_id = null where agency_id = ${agency('housing')}`.execute(tx),
    )
    expect(await seenBy('hal', 'housing')).toEqual([])
    expect(await makeLive(version, hence(30))).toBe('live')
    // What is held already is looked through at that moment, for clauses that oblige to share it.
    const jobs = await house.seen(house.system, (tx) =>
      sql<{
        run_at: Date
      }>`select run_at from job where kind = ${dutiesBegin} and payload ->> 'of' = ${version}`.execute(tx),
    )
    expect(jobs.rows).toEqual([{ run_at: hence(30) }])
    house.clock.now = new Date(hence(30).getTime() - 1)
    expect(await seenBy('hal', 'housing')).toEqual([])
    house.clock.now = new Date(now().getTime() + 1)
    expect(await seenBy('hal', 'housing')).toEqual(['D4'])
    const versions = await house.seen(house.system, (tx) =>
      tx
        .selectFrom('agreement_version as v')
        .innerJoin('agreement as a', 'a.id', 'v.agreement_id')
        .select(['v.number', 'v.effective_from', 'v.effective_to'])
        .where('a.code', '=', 'T2-HOME')
        .orderBy('number')
        .execute(),
    )
    expect(versions[0]!.effective_to).toEqual(versions[1]!.effective_from)
  })

  test('its words as signed are what the event says, and no name is in it', async () => {
    const events = await house.seen(house.system, (tx) =>
      tx.selectFrom('event').select(['kind', 'detail']).where('about_kind', '=', 'agreement').execute(),
    )
    const kinds = new Set(events.map(({ kind }) => kind))
    for (const kind of ['agreement drafted', 'clause added', 'agreement offered', 'agreement signed', 'agreement live'])
      expect(kinds).toContain(kind)
    expect(JSON.stringify(events)).not.toMatch(/Ines|Ravi|Mina/)
  })
})

test('taken back from signature it can be changed, and the signatures on the other words are gone', async () => {
  const version = await drafted('T2-EARLY')
  await by('ada', (tx, ada) => offer(tx, ada, version, moment()))
  expect(await onPaper(version, agency('school'), 'Ines Vale')).toBe('signed')
  expect(await by('ada', (tx, ada) => recall(tx, ada, version))).toBe('recalled')
  expect(await onPaper(version, agency('school'), 'Ines Vale')).toBe('not offered')
  const left = await house.seen(house.system, (tx) =>
    tx.selectFrom('signature').select('id').where('version_id', '=', version).execute(),
  )
  expect(left).toEqual([])
})

describe('withdrawal', () => {
  test('closes the very next read, and signing again opens it', async () => {
    const agreement = await agreementCalled('T2-CHILD')
    expect(await seenBy('lena', 'child-safeguarding')).toEqual(['D4'])
    expect(await policeSee()).toEqual(['D4'])
    const take = () => by('ada', (tx, ada) => withdraw(tx, ada, agreement, agency('police'), 'Their own review', now()))
    expect(await take()).toBe('withdrawn')
    expect(await policeSee()).toEqual([])
    expect(await take()).toBe('already')
    const back = () => policeReturn(agreement)
    expect(await back()).toBe('returned')
    expect(await policeSee()).toEqual(['D4'])
    expect(await back()).toBe('not withdrawn')
  })

  test('from the overarching agreement closes what stands under it', async () => {
    const above = await agreementCalled('T1')
    await by('ada', (tx, ada) => withdraw(tx, ada, above, agency('police'), 'x', now()))
    expect(await policeSee()).toEqual([])
    await policeReturn(above)
  })

  test('is an agency’s own to do, by whoever may sign for it, and nobody else’s', async () => {
    const agreement = await agreementCalled('T2-CHILD')
    const as = (name: Name, code: string) =>
      by(name, (tx, viewer) => withdraw(tx, viewer, agreement, agency(code), 'x', now()))
    expect(await as('mina', 'police')).toBe('not theirs')
    expect(await as('lena', 'childrens')).toBe('not theirs')
    expect(await as('mina', 'childrens')).toBe('withdrawn')
    expect(await seenBy('lena', 'child-safeguarding')).toEqual(['D4']) // its own, by T1
    expect(await policeSee()).toEqual([])
    const back = (name: Name) =>
      by(name, (tx, viewer) => returnToAgreement(tx, viewer, agreement, agency('childrens'), now()))
    for (const name of ['ada', 'gwen', 'lena'] as const) expect(await back(name)).toBe('not theirs')
    expect(await policeSee()).toEqual([])
    expect(await back('mina')).toBe('returned')
  })

  const policeReturn = (agreement: string) =>
    by('mina', (tx, mina) =>
      returnToAgreement(tx, { ...mina, agency: agency('police') }, agreement, agency('police'), now()),
    )

  /** Somebody at the police, whose agency is involved with the child. */
  const policeSee = (): Promise<string[]> => {
    const viewer: StaffViewer = {
      ...house.as('colm'),
      agency: agency('police'),
      stated: { purpose: 'child-safeguarding', basis: 'public-task', condition: '', until: hence(60) },
    }
    const work = (tx: Tx) => tx.selectFrom('entry').select('data_class').where('subject_id', '=', subject).execute()
    return asViewer(house.db, viewer, work, { now: now(), zone }).then((rows) =>
      rows.map(({ data_class }) => data_class),
    )
  }
})

describe('time', () => {
  const endsAt = async (date: string, minutes: number): Promise<Date> => {
    const end = instant(date, minutes, zone)
    const version = await drafted('T2-CRIME')
    await by('ada', (tx, ada) => offer(tx, ada, version, moment()))
    await everybodySigns(version)
    expect(await makeLive(version, now(), end)).toBe('live')
    return end
  }
  const openAt = async (at: Date): Promise<boolean> => {
    house.clock.now = at
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from effective_grant g join clause c on c.id = g.clause_id
        where g.purpose = 'crime' and g.supplier_id <> g.recipient_id and g.from_at <= ${at} and (g.to_at is null or g.to_at > ${at}) limit 1`.execute(
        tx,
      ),
    )
    return rows.length > 0
  }

  test.each([
    ['the end of a leap day', '2026-12-01T10:00:00Z', '2028-02-29', 24 * 60, '2028-03-01T00:00:00.000Z'],
    ['the night clocks go forward', '2028-03-10T10:00:00Z', '2028-03-26', 3 * 60, '2028-03-26T02:00:00.000Z'],
    ['the night clocks go back', '2028-10-01T10:00:00Z', '2028-10-29', 3 * 60, '2028-10-29T03:00:00.000Z'],
  ])('%s: open until the minute and shut from it', async (_, start, date, minutes, utc) => {
    house.clock.now = new Date(start)
    const end = await endsAt(date, minutes)
    expect(end.toISOString()).toBe(utc)
    expect(await openAt(new Date(end.getTime() - 1))).toBe(true)
    expect(await openAt(end)).toBe(false)
    // A clock that jumps back opens what was open then, and forward again shuts it: nothing is kept by having been seen.
    expect(await openAt(new Date(end.getTime() - 3_600_000))).toBe(true)
    expect(await openAt(new Date(end.getTime() + 3_600_000))).toBe(false)
    house.clock.now = new Date(end.getTime() + 3_600_000)
  })

  test('an agreement can be ended sooner than was signed, never later', async () => {
    house.clock.now = new Date('2029-01-10T10:00:00Z')
    const end = await endsAt('2029-06-01', 0)
    const version = await house.seen(house.system, async (tx) => {
      const row = await tx
        .selectFrom('agreement_version')
        .select('id')
        .where('effective_to', '=', end)
        .executeTakeFirstOrThrow()
      return row.id
    })
    const ends = (when: Date) => by('ada', (tx, ada) => lapse(tx, ada, version, when, now()))
    expect(await ends(new Date(end.getTime() + 60_000))).toBe('later than signed')
    house.clock.now = hence(10)
    expect(await ends(hence(-500))).toBe('lapses')
    expect(await openAt(now())).toBe(false)
  })

  test('its end is said at 90, 30 and 7 days, each once', async () => {
    house.clock.now = new Date('2030-01-01T10:00:00Z')
    const end = await endsAt('2030-06-30', 0)
    const { id } = await house.seen(house.system, (tx) =>
      tx.selectFrom('agreement_version').select('id').where('effective_to', '=', end).executeTakeFirstOrThrow(),
    )
    const due = await house.seen(house.system, (tx) =>
      sql<{ at: Date }>`select run_at as at from job where payload->>'version' = ${id} order by run_at`.execute(tx),
    )
    expect(due.rows.map(({ at }) => Math.round((end.getTime() - at.getTime()) / 86_400_000))).toEqual([90, 30, 7])
    const said: boolean[] = []
    for (const days of [91, 90, 89, 30, 8, 7, 1, 0])
      said.push(
        await house.seen(house.system, (tx) =>
          warnOfLapse(tx, house.system, id, new Date(end.getTime() - days * 86_400_000)),
        ),
      )
    expect(said).toEqual([false, true, false, true, false, true, false, false])
  })
})

test('an agency that joins later counts from its second signature', async () => {
  const version = await house.seen(house.system, async (tx) => {
    const row = await tx
      .selectFrom('agreement_version as v')
      .innerJoin('agreement as a', 'a.id', 'v.agreement_id')
      .select('v.id')
      .where('a.code', '=', 'T1')
      .executeTakeFirstOrThrow()
    return row.id
  })
  const ownPermits = (): Promise<number> =>
    house.seen(house.system, async (tx) => {
      const rows = await tx
        .selectFrom('effective_grant')
        .select('class')
        .where('recipient_id', '=', agency('dwp'))
        .where('purpose', 'not in', impliedPurposes)
        .execute()
      return rows.length
    })
  expect(await ownPermits()).toBe(0)
  expect(await onPaper(version, agency('dwp'), 'Ines Vale')).toBe('signed')
  expect(await ownPermits()).toBe(0)
  expect(await onPaper(version, agency('dwp'), 'Ravi Stott')).toBe('signed')
  expect(await ownPermits()).toBeGreaterThan(0)
  await by('ada', async (tx, ada) => adopt(tx, ada, await agreementIn(tx), agency('dwp'), 'briefed', now()))
})

const agreementIn = async (tx: Tx): Promise<string> =>
  (await tx.selectFrom('agreement').select('id').where('code', '=', 'T1').executeTakeFirstOrThrow()).id
