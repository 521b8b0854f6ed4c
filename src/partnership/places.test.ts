import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { newId } from '../platform/index.ts'

let house: TestHouse
let ada: Browser
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(async () => {
  ada = await house.browser('ada')
})
afterAll(() => house.close())

const areaId = (gss: string) =>
  house.seen(
    house.anyone,
    async (tx) =>
      (
        await tx
          .selectFrom('area')
          .select('id')
          .where('partnership_id', '=', house.cast.partnership)
          .where('gss', '=', gss)
          .executeTakeFirstOrThrow()
      ).id,
  )
const bodyId = (code: string) =>
  house.seen(
    house.anyone,
    async (tx) =>
      (
        await tx
          .selectFrom('body')
          .select('id')
          .where('partnership_id', '=', house.cast.partnership)
          .where('code', '=', code)
          .executeTakeFirstOrThrow()
      ).id,
  )
const events = (about: string) =>
  house.seen(house.as('ada'), async (tx) =>
    (await tx.selectFrom('event').select('kind').where('about_id', '=', about).orderBy('seq').execute()).map(
      ({ kind }) => kind,
    ),
  )

describe('areas', () => {
  test('are shown inside each other, with their codes, to any member of staff', async () => {
    const got = await (await house.browser('saul')).get('/areas')
    expect(got.status).toBe(200)
    expect(got.text.indexOf('E10999001')).toBeLessThan(got.text.indexOf('E07999001'))
    expect(got.text).not.toContain('/edit')
  })

  test('a ward is added below its district, changed, and ends with a successor', async () => {
    const district = await areaId('E07999001')
    const ward = (gss: string) => ({ name: `Ward ${gss}`, gss, kind: 'ward', parent: district })
    for (const gss of ['e05999001', 'E05999002'])
      expect((await ada.post('/areas/new', ward(gss))).location).toBe('/areas?done=added')
    const [first, second] = [await areaId('E05999001'), await areaId('E05999002')]
    await ada.post(`/areas/${first}/edit`, { ...ward('E05999001'), name: 'Ash ward' })
    await ada.post(`/areas/${first}/end`, {
      stands: 'planned',
      'planned-day': '1',
      'planned-month': '5',
      'planned-year': '2027',
      successor: second,
    })
    expect((await ada.get('/areas')).text).toContain('To be abolished on 1 May 2027, to be followed by Ward E05999002.')
    expect(await events(first)).toEqual(['area added', 'area changed', 'area’s end planned'])
  })

  test('wards are folded away under their district, and counted there', async () => {
    const got = await (await house.browser('saul')).get('/areas')
    const fold = got.text.slice(got.text.indexOf('<details'))
    expect(fold).toContain('2 wards in North Elmshire')
    expect(fold).toContain('Ash ward')
    expect(got.text.slice(0, got.text.indexOf('<details'))).not.toContain('Ash ward')
  })

  test('a code that is none, or taken, is explained', async () => {
    const got = await ada.post('/areas/new', { name: 'X', gss: '07000218', kind: 'district' })
    expect(got.status).toBe(422)
    expect(got.text).toContain('Enter the GSS code: a letter and 8 numbers')
    const taken = await ada.post('/areas/new', { name: 'X', gss: 'E07999001', kind: 'district' })
    expect(taken.text).toContain('An area here has this code already')
    const other = await ada.post(`/areas/${await areaId('E10999001')}/edit`, {
      name: 'X',
      gss: 'E07999001',
      kind: 'county',
    })
    expect(other.text).toContain('An area here has this code already')
  })

  test('an area cannot lie in a part of itself', async () => {
    const [county, district] = [await areaId('E10999001'), await areaId('E07999001')]
    const got = await ada.post(`/areas/${county}/edit`, {
      name: 'Elmshire',
      gss: 'E10999001',
      kind: 'county',
      parent: district,
    })
    expect(got.status).toBe(422)
    expect(got.text).toContain('An area cannot lie in itself')
  })

  test('an empty form is explained, and an unknown area is not found', async () => {
    expect((await ada.post('/areas/new', {})).text).toContain('Enter the area’s name')
    expect((await ada.get(`/areas/${newId()}/edit`)).status).toBe(404)
    expect((await (await house.browser('dena')).get('/areas/new')).status).toBe(404)
  })
})

describe('boards and groups', () => {
  test('are shown as they answer to each other, and which one is the front door', async () => {
    const got = await (await house.browser('priya')).get('/boards')
    expect(got.text).toContain('Elmshire Safeguarding Board')
    expect(got.text.match(/Front door/g)).toHaveLength(1)
  })

  test('one shows its members and whom it answers to', async () => {
    const got = await (await house.browser('priya')).get(`/boards/${await bodyId('mash')}`)
    expect(got.text).toContain('Elmshire children’s social care')
    expect(got.text).toContain('Elmshire Safeguarding Board')
    expect(got.text).toContain('Not statutory')
    expect(got.text).not.toContain('Add an agency')
    expect((await ada.get(`/boards/${newId()}`)).status).toBe(404)
  })

  test('a group is added, changed and filled, and each act is an event', async () => {
    const got = await ada.post('/boards/new', { name: 'Missing panel', kind: 'panel', parent: await bodyId('board') })
    const id = got.location.replace(/^\/boards\/|\?.*$/g, '')
    await ada.post(`/boards/${id}/edit`, {
      name: 'Missing children panel',
      kind: 'panel',
      basis: 'Working Together 2023',
    })
    await ada.post(`/boards/${id}/members`, { agency: house.cast.agencies['police']!, role: 'chair' })
    const again = await ada.post(`/boards/${id}/members`, { agency: house.cast.agencies['police']!, role: 'member' })
    expect(again.text).toContain('This agency sits in it already')
    const shown = await ada.get(`/boards/${id}`)
    expect(shown.text).toContain('Missing children panel')
    expect(shown.text).toContain('Working Together 2023')
    expect(shown.text).toMatch(/Chair[\s\S]*since 23 November 2026/)
    expect(await events(id)).toEqual(['board added', 'board changed', 'board member added'])
  })

  test('a group cannot answer to a group below it', async () => {
    const got = await ada.post(`/boards/${await bodyId('board')}/edit`, {
      name: 'x',
      kind: 'board',
      parent: await bodyId('mash'),
    })
    expect(got.status).toBe(422)
    expect(got.text).toContain('It cannot answer to itself')
  })

  test('empty forms are explained', async () => {
    expect((await ada.post('/boards/new', {})).text).toContain('Enter its name')
    const got = await ada.post(`/boards/${await bodyId('board')}/members`, {})
    expect(got.text).toContain('Select an agency')
    expect(got.text).toContain('Select its place')
  })

  test('whoever leaves the front door sees no concern any more, at once', async () => {
    const mash = await bodyId('mash')
    const dena = await house.browser('dena')
    expect((await dena.get('/queue')).status).toBe(200)
    const seats = await house.seen(house.anyone, (tx) =>
      tx.selectFrom('membership').select(['id', 'agency_id']).where('body_id', '=', mash).execute(),
    )
    const seatOf = (code: string) => seats.find(({ agency_id }) => agency_id === house.cast.agencies[code])!.id
    const end = (code: string) =>
      ada.post(`/boards/${mash}/members/${seatOf(code)}/end`, {}, { from: `/boards/${mash}` })
    expect((await end('childrens')).location).toBe(`/boards/${mash}?done=removed`)
    expect((await dena.get('/queue')).status).toBe(404)
    const last = await end('police')
    expect(last.location).toBe(`/boards/${mash}?done=lastSeat`)
    expect((await ada.get(last.location)).text).toContain('This is the last agency in the front door')
    await ada.post(`/boards/${mash}/members`, { agency: house.cast.agencies['childrens']!, role: 'member' })
    expect((await dena.get('/queue')).status).toBe(200)
  })
})
