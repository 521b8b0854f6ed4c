import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPartnership, shippedPartnership } from '../commands/partnership.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { partnershipFile } from './index.ts'

let house: TestHouse
let partnership: string
beforeAll(async () => {
  house = await openTestHouse()
  partnership = await openPartnership(house.db, shippedPartnership('warwickshire'), {})
})
afterAll(() => house.close())

const rows = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  house.seen({ kind: 'system', partnership }, async (tx) => (await query.execute(tx)).rows)

test('the shipped partnership comes in whole: agencies, areas, boards, contacts, clocks and holidays', async () => {
  const [counts] = await rows<Record<string, number>>(sql`select
    (select count(*) from agency) as agencies, (select count(*) from area) as areas, (select count(*) from body) as boards,
    (select count(*) from contact_point) as contacts, (select count(*) from clock where code = 'child-decision') as clocks,
    (select count(*) from holiday where date = '2026-12-25') as holidays`)
  expect(counts).toEqual({ agencies: 32, areas: 115, boards: 10, contacts: 15, clocks: 1, holidays: 1 })
})

test('districts lie in their county, and the county in its region', async () => {
  const tree = await rows<{ way: string }>(sql`
    select r.name || ' > ' || c.name || ' > ' || d.name as way from area d
    join area c on c.id = d.parent_id join area r on r.id = c.parent_id where d.gss = 'E07000220'`)
  expect(tree).toEqual([{ way: 'West Midlands > Warwickshire > Rugby' }])
})

test('every district has its wards, each with a code of its own kind', async () => {
  const wards = await rows<{ district: string; wards: number; coded: number }>(sql`
    select d.name as district, count(*)::int as wards, count(*) filter (where w.gss ~ '^E05[0-9]{6}$')::int as coded
    from area d join area w on w.parent_id = d.id and w.kind = 'ward' group by d.name order by d.name`)
  expect(wards).toEqual([
    { district: 'North Warwickshire', wards: 17, coded: 17 },
    { district: 'Nuneaton and Bedworth', wards: 19, coded: 19 },
    { district: 'Rugby', wards: 16, coded: 16 },
    { district: 'Stratford-on-Avon', wards: 39, coded: 39 },
    { district: 'Warwick', wards: 17, coded: 17 },
  ])
})

test('the integrated care board follows the clinical commissioning groups, from the day it began', async () => {
  const followed = await rows<{ before: string; from_date: string }>(sql`
    select b.code as before, s.from_date from agency_succession s join agency a on a.id = s.successor_id join agency b on b.id = s.agency_id
    where a.code = 'nhs-coventry-and-warwickshire-icb'`)
  expect(followed).toEqual([{ before: 'nhs-coventry-and-warwickshire-ccg', from_date: '2022-07-01' }])
})

test('the councils are to be abolished, and nobody is named to follow them', async () => {
  const councils = await rows<{ n: number; named: number }>(sql`
    select count(*) as n, count(s.*) as named from agency a left join agency_succession s on s.agency_id = a.id
    where a.planned_end = '2028-04-01'`)
  expect(councils[0]!.n).toBeGreaterThanOrEqual(6)
  expect(councils[0]!.named).toBe(0)
})

test('the front door is the MASH team, and there is no other', async () => {
  expect(await rows(sql`select code from body where front_door`)).toEqual([{ code: 'mash' }])
})

test('a partnership is made once', async () => {
  await expect(openPartnership(house.db, shippedPartnership('warwickshire'), {})).rejects.toThrow(
    'There is a partnership called warwickshire already.',
  )
})

test('there is one default partnership', async () => {
  const other = { ...shippedPartnership('warwickshire'), slug: 'another' }
  await expect(openPartnership(house.db, other, { isDefault: true })).rejects.toThrow(
    'Another partnership is the default one already',
  )
  expect(await rows(sql`select slug from partnership where slug = 'another'`)).toEqual([])
})

test('a file that names what it does not hold leaves nothing behind', async () => {
  const broken = partnershipFile.parse({
    slug: 'broken',
    name: 'Broken',
    county: 'Broken',
    areas: [],
    agencies: [{ code: 'police', name: 'Police', kind: 'police', sector: 'statutory', parent: 'nobody' }],
    boards: [],
  })
  await expect(openPartnership(house.db, broken, {})).rejects.toThrow(
    'names the agency "nobody", but holds none of that code',
  )
  expect(await rows(sql`select slug from partnership where slug = 'broken'`)).toEqual([])
})
