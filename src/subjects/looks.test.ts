import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { lookAs, openSubject } from '../../test/subject.ts'
import { newId } from '../platform/index.ts'
import { changeMassRule } from '../sharing/index.ts'
import { reviewLists, reviewLooks, type ReviewList } from './look-reviews.ts'
import { openPerson } from './open-person.ts'
import { identitySchema } from './subject.ts'

let house: TestHouse
let subject: string
beforeAll(async () => {
  house = await openTestHouse()
  // What looked at is dated by the database.
  house.clock.now = new Date()
  await signForCast(house)
  subject = await openSubject(house, { reference: 'P-ASH' })
  await lookAs(house, 'hal', subject, 'person opened', { purpose: 'housing', clause: 'SAF 3' })
  await lookAs(house, 'lena', subject, 'person opened', { purpose: 'child-safeguarding' })
  await lookAs(house, 'mina', subject, 'glass broken', { purpose: 'child-safeguarding' })
  await lookAs(house, 'mina', subject, 'break-glass reviewed')
  await lookAs(house, 'colm', subject, 'person opened', { purpose: 'crime' })
  await lookAs(house, 'saul', subject, 'entry added', { handling: '2' })
  await lookAs(house, 'dena', subject, 'conflict declared')
})
afterAll(() => house.close())

const read = async (name: Name | undefined, path: string) => (await house.browser(name)).get(path)

describe('who has looked', () => {
  test('tells the lead worker who, from where, what, why and under which clause', async () => {
    const { status, text } = await read('lena', `/people/${subject}/looked`)
    expect(status).toBe(200)
    for (const words of ['Hal Ferris, Housing officer, North Elmshire Housing', 'Opened the record', 'SAF 3'])
      expect(text).toContain(words)
    expect(text).toContain('Keeping a child safe')
    for (const name of ['Dena Okoro', 'Saul Penn']) expect(text).not.toContain(name)
  })

  test('says so when it was read', async () => {
    const { text } = await read('hal', `/people/${subject}/looked`)
    expect(text).toContain('Read who has looked')
  })

  test('is narrowed by agency and kind, and says when nothing is left', async () => {
    const { housing, police } = house.cast.agencies
    const { text } = await read('lena', `/people/${subject}/looked?agency=${housing}&kind=person+opened`)
    expect(text).toContain('1 line')
    const none = await read('lena', `/people/${subject}/looked?agency=${police}`)
    expect(none.text).toContain('Nobody has looked in this way.')
  })

  test('is paged', async () => {
    const many = await openSubject(house)
    for (let i = 0; i < 27; i++) await lookAs(house, 'hal', many)
    const { text } = await read('lena', `/people/${many}/looked?page=2&kind=person+opened`)
    expect(text.match(/class="trellis-row"/g)).toHaveLength(2)
    expect(text).toContain('kind=person+opened&amp;page=1')
  })

  test.each(['dena', 'priya', 'wes', 'gwen'] as const)(
    'is for %s the same as for a person who does not exist',
    async (name) => {
      for (const end of ['', '/for-the-person']) {
        const [here, nowhere] = [
          await read(name, `/people/${subject}/looked${end}`),
          await read(name, `/people/${newId()}/looked${end}`),
        ]
        expect([here.status, nowhere.status]).toEqual([404, 404])
        expect(here.text.length).toBe(nowhere.text.length)
      }
    },
  )
})

describe('the person’s own view', () => {
  test('names nobody but their lead worker, and says the rest in plain words', async () => {
    const { status, text } = await read('lena', `/people/${subject}/looked/for-the-person`)
    expect(status).toBe(200)
    for (const words of ['Lena Sorrel, Elmshire children’s social care', 'A worker at North Elmshire Housing'])
      expect(text).toContain(words)
    expect(text).toContain('To help with a safe home')
    expect(text).toContain('Read your record in an emergency')
    for (const name of ['Hal Ferris', 'Mina Farah', 'Colm Byrne', 'Dena Okoro']) expect(text).not.toContain(name)
  })

  test('leaves out reviews, and what was for a crime purpose, which it counts for the worker alone', async () => {
    const { text } = await read('lena', `/people/${subject}/looked/for-the-person`)
    expect(text).not.toContain('reviewed')
    expect(text).not.toContain('A worker on duty')
    expect(text).toContain('1 line was left out')
  })

  test('tells of no meeting for a crime purpose, nor that somebody read what was passed on', async () => {
    const about = await openSubject(house)
    const opened = { purpose: 'child-safeguarding', handling: '0' }
    await lookAs(house, 'lena', about, 'meeting opened', { ...opened, for: 'crime' })
    await lookAs(house, 'lena', about, 'meeting called', { purpose: 'crime', handling: '0' })
    await lookAs(house, 'lena', about, 'what was shared read', { purpose: 'child-safeguarding' })
    const { text } = await read('lena', `/people/${about}/looked/for-the-person`)
    for (const words of ['a meeting about you', 'passed on']) expect(text).not.toContain(words)
    expect(text).toContain('2 lines were left out')
    await lookAs(house, 'lena', about, 'meeting opened', { ...opened, for: 'child-safeguarding' })
    expect((await read('lena', `/people/${about}/looked/for-the-person`)).text).toContain(
      'Read about a meeting about you',
    )
  })
})

describe('looks to review', () => {
  const listed = async (list: ReviewList) => {
    const from = new Date(Date.now() - 86_400_000)
    const wanted = { list, from, zone: 'Europe/London', page: 1 }
    const { rows, counts } = await house.seen(house.as('gwen'), (tx) =>
      reviewLooks(tx, house.house, house.as('gwen'), wanted),
    )
    expect(counts[list]).toBe(rows.length)
    return rows.map(({ name, reference }) => `${name} ${reference}`)
  }
  const declare = (name: Name, about: string, kind: string) =>
    house.seen(house.system, (tx) =>
      tx
        .insertInto('conflict')
        .values({
          partnership_id: house.cast.partnership,
          id: newId(),
          subject_id: about,
          agency_id: house.cast.people[name].agency,
          staff_id: house.cast.people[name].id,
          kind,
          declared_at: new Date(),
        })
        .execute(),
    )

  test('list own record, relatives and colleagues', async () => {
    const own = await openSubject(house, { reference: 'P-OWN' })
    await declare('colm', own, 'self')
    await declare('hal', own, 'relative')
    for (const name of ['colm', 'hal', 'mina'] as const) await lookAs(house, name, own)
    expect(await listed('own')).toEqual(['Colm Byrne P-OWN'])
    expect(await listed('relatives')).toEqual(['Hal Ferris P-OWN'])
    expect(await listed('colleagues')).toEqual(['Mina Farah P-OWN'])
  })

  test('show a guardian neither their own looks nor those at somebody they are too close to, which they may say', async () => {
    const own = await openSubject(house, { reference: 'P-GUARDED' })
    await declare('colm', own, 'self')
    for (const name of ['colm', 'gwen'] as const) await lookAs(house, name, own)
    const other = await openSubject(house, { reference: 'P-KIN' })
    await declare('colm', other, 'self')
    await lookAs(house, 'colm', other)
    const lists = async () => [await listed('own'), await listed('colleagues')].flat()
    expect(await lists()).toEqual(expect.arrayContaining(['Colm Byrne P-GUARDED', 'Colm Byrne P-KIN']))
    expect((await lists()).join()).not.toContain('Gwen')
    const gwen = await house.browser('gwen')
    const form = `/people/${other}/too-close`
    expect((await gwen.get(`/people/${newId()}/too-close`)).status).toBe(404)
    expect((await gwen.get(form)).status).toBe(200)
    expect((await gwen.post(form, { kind: 'relative' })).location).toBe('/too-close/done')
    expect((await gwen.get(form)).status).toBe(404)
    expect((await lists()).join()).not.toContain('P-KIN')
  })

  test('forget a conflict that was a mistake from when it was lifted on', async () => {
    const own = await openSubject(house, { reference: 'P-LIFTED' })
    await declare('colm', own, 'relative')
    const lift = (at: Date) =>
      house.seen(house.system, (tx) =>
        tx
          .updateTable('conflict')
          .set({ lifted_at: at, lifted_by: house.as('mina').staff, lifted_why_sealed: Buffer.from([1]) })
          .where('subject_id', '=', own)
          .execute(),
      )
    await lookAs(house, 'colm', own)
    await lift(new Date(Date.now() + 60_000))
    expect(await listed('relatives')).toContain('Colm Byrne P-LIFTED')
    await lift(new Date(Date.now() - 60_000))
    expect(await listed('relatives')).not.toContain('Colm Byrne P-LIFTED')
  })

  test('list, from pages as they were opened, whoever has the name of the person or their family name', async () => {
    const lena = house.as('lena')
    const opened = new Map<string, string>()
    for (const name of ['Lena Sorrel', 'Wanda Sorrel', 'Mina Farah', 'Rowan Ash']) {
      const said = identitySchema.parse({ name })
      const id = await house.seen(lena, (tx) =>
        openPerson(tx, house.house.keys, lena, said, { as: 'lead', at: house.clock.now }),
      )
      const browser = await house.browser('lena')
      await browser.post(`/people/${id}/purpose`, safeguarding)
      expect((await browser.get(`/people/${id}`)).status).toBe(200)
      opened.set(id, name)
    }
    const references = await house.seen(house.system, (tx) =>
      tx
        .selectFrom('subject')
        .select(['id', 'reference'])
        .where('id', 'in', [...opened.keys()])
        .execute(),
    )
    const of = (rows: string[]) =>
      references.filter(({ reference }) => rows.includes(`Lena Sorrel ${reference}`)).map(({ id }) => opened.get(id))
    expect(of(await listed('own'))).toEqual(['Lena Sorrel'])
    expect(of(await listed('relatives'))).toEqual(['Wanda Sorrel'])
    expect(of(await listed('colleagues'))).toEqual(['Mina Farah'])
  })

  test('list mass views by the rule that raises the alert, and search results when it counts them', async () => {
    expect(await listed('mass')).toEqual([])
    for (let i = 0; i <= 20; i++) await lookAs(house, 'priya', await openSubject(house))
    expect(await listed('mass')).toEqual(['Priya Nair null'])
    for (let i = 0; i < 3; i++) await lookAs(house, 'saul', await openSubject(house), 'person found')
    const change = (was: number, people: number, minutes: number, searches: boolean) =>
      house.seen(house.as('gwen'), (tx) =>
        changeMassRule(tx, house.as('gwen'), { was, people, minutes, searches, at: house.clock.now }),
      )
    await change(0, 2, 60, false)
    expect(await listed('mass')).not.toContain('Saul Penn null')
    await change(1, 2, 60, true)
    expect(await listed('mass')).toContain('Saul Penn null')
    await change(2, 20, 60, false)
  })

  test('list looks from where no agency of the person works', async () => {
    const { childrens, housing, school, police } = house.cast.agencies
    await house.seen(house.system, async (tx) => {
      const areas = await tx.selectFrom('area').select(['id', 'kind', 'parent_id']).execute()
      const district = areas.find(({ kind }) => kind === 'district')!
      const other = {
        partnership_id: house.cast.partnership,
        gss: 'E07999002',
        kind: 'district',
        name: 'South Elmshire',
      }
      const south = newId()
      await tx
        .insertInto('area')
        .values({ ...other, id: south, parent_id: district.parent_id })
        .execute()
      await tx.deleteFrom('agency_area').where('partnership_id', '=', house.cast.partnership).execute()
      const works = (agency: string | undefined, area: string) => ({
        partnership_id: house.cast.partnership,
        agency_id: agency!,
        area_id: area,
      })
      await tx
        .insertInto('agency_area')
        .values([
          works(childrens, district.id),
          works(housing, district.id),
          works(school, south),
          works(police, district.parent_id!),
        ])
        .execute()
    })
    const near = await openSubject(house, { reference: 'P-NORTH' })
    for (const name of ['priya', 'hal', 'wes'] as const) await lookAs(house, name, near)
    expect((await listed('area')).filter((row) => row.endsWith('NORTH'))).toEqual(['Priya Nair P-NORTH'])
  })

  test('are a page for the guardian alone, with each rule in words and no case', async () => {
    for (const list of reviewLists) {
      const { status, text } = await read('gwen', `/looks?list=${list}&days=30`)
      expect(status).toBe(200)
      expect(text).not.toContain(subject)
    }
    expect((await read('gwen', '/looks?list=mass')).text).toContain('more than 20 different people within 60 minutes')
    for (const name of ['lena', 'ada', 'mina'] as const) expect((await read(name, '/looks')).status).toBe(404)
  })
})
