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

const added = async (name: string, more: Record<string, string | string[]> = {}): Promise<string> => {
  const got = await ada.post('/partners/new', { name, kind: 'retail', sector: 'business', ...more })
  expect(got.status).toBe(303)
  return got.location.replace(/^\/partners\/|\?.*$/g, '')
}
const lastEvent = (about: string) =>
  house.seen(house.as('ada'), (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id'])
      .where('about_id', '=', about)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst(),
  )

describe('who’s who', () => {
  test('shows every agency to any member of staff, by name', async () => {
    const got = await (await house.browser('wes')).get('/partners')
    expect(got.status).toBe(200)
    expect(got.text).toContain('Elmshire Police')
    expect(got.text).toContain('7 agencies')
    expect(got.text).not.toContain('Add an agency')
  })

  test('finds by name, kind and sector, and keeps what was asked', async () => {
    const got = await ada.get('/partners?words=hill&kind=education-school&sector=statutory')
    expect(got.text).toContain('Ash Hill School')
    expect(got.text).toContain('1 agency')
    expect(got.text).toContain('value="hill"')
  })

  test('takes a percent sign as a percent sign', async () => {
    expect((await ada.get('/partners?words=%25')).text).toContain('0 agencies')
  })

  test('finds those that serve an area or what it lies in', async () => {
    const [county, district] = await house.seen(house.anyone, (tx) =>
      tx.selectFrom('area').select('id').where('partnership_id', '=', house.cast.partnership).orderBy('kind').execute(),
    )
    const shop = await added('Corner shop', { areas: county!.id })
    const got = await ada.get(`/partners?area=${district!.id}`)
    expect(got.text).toContain(`/partners/${shop}`)
    expect(got.text).toContain('1 agency')
  })

  test('shows one agency, and an id of nobody, or of another partnership, is not found', async () => {
    const { police } = house.cast.agencies
    const priya = await house.browser('priya')
    expect((await priya.get(`/partners/${police}`)).text).toContain('Elmshire MASH')
    expect((await priya.get(`/partners/${newId()}`)).status).toBe(404)
    expect((await priya.get('/partners/police')).status).toBe(404)
    const elsewhere = house.cast.people.otto.agency
    expect((await priya.get(`/partners/${elsewhere}`)).status).toBe(404)
  })
})

describe('adding and changing an agency', () => {
  test('adds it, and the event says who', async () => {
    const id = await added('Ñandú Café & Sons')
    expect((await ada.get(`/partners/${id}`)).text).toContain('nandu-cafe-sons')
    expect(await lastEvent(id)).toEqual({ kind: 'agency added', staff_id: house.cast.people.ada.id })
  })

  test('two of one name have two codes', async () => {
    await added('Twin')
    expect((await ada.get(`/partners/${await added('Twin')}`)).text).toContain('twin-2')
  })

  test('an empty form is explained, field by field, and keeps what was typed', async () => {
    const got = await ada.post('/partners/new', {
      name: '',
      role: 'kept words',
      'from-day': '31',
      'from-month': '2',
      'from-year': '2020',
    })
    expect(got.status).toBe(422)
    for (const said of [
      'Enter the agency’s name',
      'Select what kind of agency it is',
      'Select its sector',
      'Enter a real date',
    ])
      expect(got.text).toContain(said)
    expect(got.text).toContain('value="kept words"')
    expect(got.text).toContain('value="31"')
    expect(got.text).toContain('href="#name"')
  })

  test('a field that was not asked for is refused', async () => {
    expect((await ada.post('/partners/new', { name: 'x', partnership_id: newId() })).status).toBe(400)
  })

  test('changes it and keeps its code', async () => {
    const id = await added('Old name')
    const got = await ada.post(`/partners/${id}/edit`, { name: 'New name', kind: 'hotel', sector: 'business' })
    expect(got.location).toBe(`/partners/${id}?done=changed`)
    const shown = await ada.get(got.location)
    expect(shown.text).toContain('Your changes have been saved.')
    expect(shown.text).toContain('New name')
    expect(shown.text).toContain('old-name')
  })

  test('cannot be part of one of its own parts', async () => {
    const whole = await added('Whole')
    const part = await added('Part', { parent: whole })
    const got = await ada.post(`/partners/${whole}/edit`, {
      name: 'Whole',
      kind: 'retail',
      sector: 'business',
      parent: part,
    })
    expect(got.status).toBe(422)
    expect(got.text).toContain('An agency cannot be part of itself')
  })

  test('a parent in another partnership is not on the list', async () => {
    const got = await ada.post('/partners/new', {
      name: 'x',
      kind: 'retail',
      sector: 'business',
      parent: house.cast.people.otto.agency,
    })
    expect(got.status).toBe(422)
    expect(got.text).toContain('Select an agency from the list')
  })

  test('hostile words are shown as words', async () => {
    const id = await added('<script>alert(1)</script>')
    const got = await ada.get(`/partners/${id}`)
    expect(got.text).toContain('&lt;script>alert(1)')
    expect(got.text).not.toContain('<script>alert(1)')
  })
})

describe('the end of an agency', () => {
  test('says the day, and that nobody is named to follow', async () => {
    const id = await added('Borough')
    await ada.post(`/partners/${id}/end`, {
      stands: 'planned',
      'planned-day': '1',
      'planned-month': '4',
      'planned-year': '2028',
      note: 'One or two councils',
    })
    const got = await ada.get(`/partners/${id}`)
    expect(got.text).toContain('To be abolished on 1 April 2028, successor not yet decided.')
    expect(got.text).toContain('One or two councils')
    expect(await lastEvent(id)).toMatchObject({ kind: 'agency’s end planned' })
  })

  test('names two that follow, and they name where they came from', async () => {
    const [before, north, south] = [await added('County'), await added('North unitary'), await added('South unitary')]
    await ada.post(`/partners/${before}/end`, {
      stands: 'ended',
      'last-day': '31',
      'last-month': '10',
      'last-year': '2026',
      successor: [north, south],
    })
    const shown = await ada.get(`/partners/${before}`)
    expect(shown.text).toContain('Ended on 31 October 2026, followed by North unitary and South unitary.')
    expect((await ada.get(`/partners/${south}`)).text).toContain('It took over from County.')
    const listed = await ada.get('/partners?words=County')
    expect(listed.text).not.toContain(`/partners/${before}"`)
    expect((await ada.get('/partners?words=County&ended=yes')).text).toContain(`/partners/${before}"`)
  })

  test('nothing is followed by what it follows', async () => {
    const [first, second] = [await added('First'), await added('Second')]
    const planned = { stands: 'planned', 'planned-day': '1', 'planned-month': '4', 'planned-year': '2028' }
    await ada.post(`/partners/${first}/end`, { ...planned, successor: second })
    const got = await ada.post(`/partners/${second}/end`, { ...planned, successor: first })
    expect(got.status).toBe(422)
    expect(got.text).toContain('It cannot be followed by something that it follows itself')
  })

  test('takes its seats with it, and being undone says it goes on', async () => {
    const id = await added('Leaving')
    const board = await house.seen(house.anyone, (tx) =>
      tx
        .selectFrom('body')
        .select('id')
        .where('code', '=', 'board')
        .where('partnership_id', '=', house.cast.partnership)
        .executeTakeFirstOrThrow(),
    )
    await ada.post(`/boards/${board.id}/members`, { agency: id, role: 'member' })
    expect((await ada.get(`/boards/${board.id}`)).text).toContain('Leaving')
    await ada.post(`/partners/${id}/end`, {
      stands: 'ended',
      'last-day': '22',
      'last-month': '11',
      'last-year': '2026',
    })
    expect((await ada.get(`/boards/${board.id}`)).text).not.toContain('Leaving')
    await ada.post(`/partners/${id}/end`, { stands: 'goes on' })
    expect((await ada.get(`/partners/${id}`)).text).not.toContain('Ended on')
    expect(await lastEvent(id)).toMatchObject({ kind: 'agency goes on' })
  })

  test('a missing or impossible day is explained', async () => {
    const id = await added('Undated')
    expect((await ada.post(`/partners/${id}/end`, {})).text).toContain('Select how it stands')
    expect((await ada.post(`/partners/${id}/end`, { stands: 'ended' })).text).toContain('Enter the date')
    const got = await ada.post(`/partners/${id}/end`, {
      stands: 'ended',
      'last-day': '30',
      'last-month': '2',
      'last-year': '2028',
    })
    expect(got.text).toContain('Enter a real date')
  })
})

describe('numbers', () => {
  test('are added once and removed', async () => {
    const id = await added('Numbered')
    await ada.post(`/partners/${id}/identifiers`, { scheme: 'ODS', value: 'QWU' })
    expect((await ada.get(`/partners/${id}`)).text).toContain('ODS QWU')
    expect((await ada.get('/partners?words=qwu')).text).toContain('Numbered')
    const again = await ada.post(`/partners/${id}/identifiers`, { scheme: 'ods', value: 'QWU' })
    expect(again.text).toContain('An agency here has this number already')
    await ada.post(
      `/partners/${id}/identifiers/remove`,
      { scheme: 'ODS', value: 'QWU' },
      { from: `/partners/${id}/identifiers` },
    )
    expect((await ada.get(`/partners/${id}`)).text).not.toContain('ODS QWU')
    expect(await lastEvent(id)).toMatchObject({ kind: 'agency identifier removed' })
  })

  test('an empty form is explained', async () => {
    const got = await ada.post(`/partners/${await added('Unnumbered')}/identifiers`, {})
    expect(got.text).toContain('Enter what kind of number it is')
    expect(got.text).toContain('Enter the number')
  })
})

test('only an administrator changes an agency, whatever is sent', async () => {
  const { police } = house.cast.agencies
  const dena = await house.browser('dena')
  for (const path of [
    '/partners/new',
    `/partners/${police}/edit`,
    `/partners/${police}/end`,
    `/partners/${police}/identifiers`,
  ]) {
    expect((await dena.get(path)).status).toBe(404)
    expect((await dena.post(path, { name: 'x' }, { from: '/partners' })).status).toBeGreaterThanOrEqual(403)
  }
})
