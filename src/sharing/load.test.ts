import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPartnership, shippedPartnership } from '../commands/partnership.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { problemsOf, type ClauseFacts } from './clause.ts'
import { codesOf } from './codes.ts'
import { compile } from './compile.ts'
import { readAgreements, shippedAgreements, shippedStanding } from './file.ts'
import { registerOf, type Register } from './register.ts'

/** The agreement that ships with the product, as the demo partnership signed it. */
let house: TestHouse
let partnership: string
let register: Register
let ids: ReadonlyMap<string, string>
beforeAll(async () => {
  house = await openTestHouse()
  const now = house.house.now()
  partnership = await openPartnership(house.db, shippedPartnership('warwickshire'), { demo: true, now })
  register = await asProduct((tx) => registerOf(tx, partnership))
  const agencies = await asProduct((tx) => tx.selectFrom('agency').select(['id', 'code']).execute())
  ids = new Map(agencies.map(({ id, code }) => [code, id]))
})
afterAll(() => house.close())

const asProduct = <T>(work: Parameters<typeof house.seen<T>>[1]): Promise<T> =>
  house.seen({ kind: 'system', partnership }, work)
const between = (recipient: string, purpose: string, supplier: string) =>
  register.between(ids.get(recipient)!, purpose, ids.get(supplier)!)
const classes = (recipient: string, purpose: string, supplier: string): string[] =>
  [...new Set(between(recipient, purpose, supplier).permits.flatMap(({ rule }) => [...rule.classes]))].sort()

test('compiles in time: what the policies read is written anew within a moment', async () => {
  const started = performance.now()
  await asProduct((tx) => compile(tx, partnership))
  const took = performance.now() - started
  const { rows } = await asProduct((tx) =>
    sql<{ grants: number; bars: number }>`select (select count(*)::int from effective_grant) as grants,
      (select count(*)::int from effective_bar) as bars`.execute(tx),
  )
  console.log(`${rows[0]!.grants} grants and ${rows[0]!.bars} bars in ${Math.round(took)} ms`)
  expect(rows[0]!.grants).toBeGreaterThan(5000)
  expect(rows[0]!.grants + rows[0]!.bars).toBeLessThan(40_000)
})

test('no clause contradicts a bar, names an unknown code or lacks a basis', async () => {
  const { agencies, codes } = await asProduct(async (tx) => ({
    agencies: await tx.selectFrom('agency').select(['id', 'code', 'kind', 'sector']).execute(),
    codes: await codesOf(tx, partnership),
  }))
  const clauses = [shippedStanding(), ...shippedAgreements().agreements].flatMap(({ code, clauses: its }) =>
    its.map((clause) => ({ ...(clause as ClauseFacts), cite: `${code} ${String(clause.number)}` })),
  )
  const bars = clauses.filter(({ effect }) => effect === 'bar')
  const today = house.house.now().toISOString().slice(0, 10)
  const wrong = clauses.flatMap((clause) =>
    problemsOf(clause, { agencies, codes, today, bars }).map((one) => `${clause.cite}: ${one.say}`),
  )
  expect(wrong).toEqual([])
  expect(bars.length).toBeGreaterThan(3)
  expect(clauses.some(({ effect }) => effect === 'duty')).toBe(true)
})

test('the jobcentre has signed and was briefed, and nobody there has used it', async () => {
  expect(classes('dwp-warwickshire-jobcentres', 'benefits', 'wcc-adult-social-care')).toEqual(['D3', 'D4'])
  const dwp = ids.get('dwp-warwickshire-jobcentres')!
  const { steps, used } = await asProduct(async (tx) => ({
    steps: await tx.selectFrom('adoption_step').select('step').distinct().where('agency_id', '=', dwp).execute(),
    used: await tx.selectFrom('purpose_statement').select('id').where('agency_id', '=', dwp).execute(),
  }))
  expect(steps.map(({ step }) => step).sort()).toEqual(['accounts live', 'briefed'])
  expect(used).toEqual([])
})

test('the college has not signed: no clause lets it see what another agency supplied, or what it supplied itself', () => {
  for (const purpose of ['child-safeguarding', 'panel', 'early-help', 'learning'])
    for (const supplier of ids.keys())
      expect(classes('weaverfield-college', purpose, supplier), `${purpose} ${supplier}`).toEqual([])
})

test('sensitive matters stay where they belong', () => {
  const all = [...ids.keys()]
  const purposes = ['child-safeguarding', 'adult-safeguarding', 'early-help', 'crime', 'housing', 'benefits', 'panel']
  const reaching = (code: string): string[] =>
    all.filter((to) =>
      purposes.some((purpose) =>
        all.some(
          (from) =>
            from !== to &&
            classes(to, purpose, from).includes(code) &&
            !between(to, purpose, from).bars.some(({ rule }) => rule.classes.has(code as 'D7')),
        ),
      ),
    )
  expect(reaching('D8')).toEqual(['wcc-mash'])
  expect(reaching('D9')).toEqual([])
  expect(reaching('D7').sort()).toEqual([
    'british-transport-police',
    'warwickshire-police',
    'wcc-childrens-services',
    'wcc-mash',
  ])
  for (const business of ['copper-heron-hotel', 'swiftwheel-cars', 'three-bridges-interfaith'])
    for (const code of ['D3', 'D4', 'D5', 'D6', 'D7']) expect(reaching(code)).not.toContain(business)
  for (const to of all) for (const from of all) expect(classes(to, 'immigration', from)).toEqual([])
})

test('a housing officer sees who it is when their agency is involved, and what happened when they are', () => {
  const held = between('rugby-borough-council', 'housing', 'wcc-childrens-services').permits
  expect(held.map(({ rule }) => [rule.cite, [...rule.classes].join(), rule.need])).toEqual([
    ['T2-HOME 1', 'D3', 1],
    ['T2-HOME 2', 'D4', 2],
  ])
})

test('the duty of 2026 is a duty clause on a row that somebody has yet to check', async () => {
  const duty = between('wcc-childrens-services', 'child-safeguarding', 'hartsbrook-academy').permits.find(
    ({ rule }) => rule.effect === 'duty',
  )
  expect(duty?.rule.gateways).toContain('ca2004-16la')
  const codes = await asProduct((tx) => codesOf(tx, partnership))
  expect(codes.find(({ code }) => code === 'ca2004-16la')).toMatchObject({ valid_from: '2026-04-29', checked: false })
})

test('a real partnership starts with a draft that lets nobody see anything, and with what the law asks anyway', async () => {
  const file = { ...shippedPartnership('warwickshire'), slug: 'a-real-one' }
  const real = await openPartnership(house.db, file, { now: house.house.now() })
  const found = await house.seen({ kind: 'system', partnership: real }, async (tx) => ({
    versions: await tx
      .selectFrom('agreement_version as v')
      .innerJoin('agreement as a', 'a.id', 'v.agreement_id')
      .select(['a.tier', 'v.offered_at', 'v.live_at'])
      .execute(),
    signatures: await tx.selectFrom('signature').select('id').execute(),
    grants: await tx.selectFrom('effective_grant').select('purpose').distinct().orderBy('purpose').execute(),
  }))
  const [standing, signed] = [
    found.versions.filter(({ tier }) => tier === 0),
    found.versions.filter(({ tier }) => tier),
  ]
  expect([standing.length, signed.length]).toEqual([1, 8])
  expect(standing[0]!.live_at).toBeTruthy()
  expect(signed.every(({ offered_at, live_at }) => !offered_at && !live_at)).toBe(true)
  expect(found.signatures).toEqual([])
  expect(found.grants.map(({ purpose }) => purpose)).toEqual(['asked', 'front-door', 'sent'])
})

test('a file that is wrong is refused with a line for each thing', () => {
  const clause = { number: 1, effect: 'permit', title: 'x', suppliers: ['any'], recipients: ['any'], purposes: ['p'] }
  const file = (more: object) => ({ agreements: [{ code: 'T1', title: 'T', tier: 1, parties: ['any'], ...more }] })
  const of = (more: object) => () => readAgreements(file(more))
  expect(of({ clauses: [{ ...clause, classes: ['D4'] }] })).toThrow(
    'agreements[0].clauses[0].bases: a permit needs a lawful basis',
  )
  expect(of({ clauses: [{ ...clause, classes: ['D12'] }] })).toThrow(
    'agreements[0].clauses[0].classes[0]: data classes are D0 to D9',
  )
  expect(of({ clauses: [{ ...clause, classes: ['D4'], recipients: ['everyone'] }] })).toThrow(
    'agreements[0].clauses[0].recipients[0]: agencies are written as any, self, agency:…, kind:… or sector:…',
  )
  expect(of({ tier: 2, clauses: [{ ...clause, effect: 'bar', classes: ['D4'] }] })).toThrow(
    'agreements[0].under: a tier 2 agreement stands under one of tier 1, which must be in the file',
  )
  expect(of({ clauses: [] })).toThrow('agreements[0].clauses: an agreement needs a clause')
})
