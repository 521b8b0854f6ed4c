import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { happened, noticed } from '../../test/noticed.ts'
import { signForCast, safeguarding } from '../../test/signed-for-cast.ts'
import { jobsWith } from '../app.ts'
import { decide, proposalsFor, undo } from '../joining/index.ts'
import { runDueJobs } from '../platform/index.ts'
import { statePurpose } from '../sharing/index.ts'
import { identitySchema, openPerson } from '../subjects/index.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const professional = { channel: 'professional' as const }
const van = (said: string) => ({ kind: 'vehicle', said })
const phone = (said: string) => ({ kind: 'phone', said })

/** What stands on the page for somebody, without what is made anew for each page. */
const shownTo = async (name: Parameters<TestHouse['browser']>[0], address: string) => {
  const { status, text } = await (await house.browser(name)).get(address)
  return { status, text: text.replace(/name="_csrf" value="[^"]*"/g, '') }
}

describe('two flats', () => {
  let first: string
  let second: string
  let third: string
  beforeAll(async () => {
    const send = async (name: 'priya' | 'hal' | 'saul', at: string, input: object) =>
      (await noticed(house, input, { viewer: house.as(name), ...professional, at: new Date(at) })).concern
    first = await send('priya', '2026-11-03T09:00:00Z', {
      place: 'Flat 2, Tallow Court',
      people: [{ name: 'Mirren Oakes', phone: '07700 900818' }],
      details: [van('DK99 OLP')],
    })
    second = await send('hal', '2026-11-20T09:00:00Z', {
      place: 'Flat 6, Clifton Court',
      postcode: 'CV21 1ZZ',
      details: [van('DK99 0LP'), phone('+44 7700 900818')],
    })
    third = await send('saul', '2026-11-21T09:00:00Z', {
      details: [phone('07700900818')],
      people: [{ name: 'Ilka Toth' }],
    })
  })

  test('are tied by a van and a phone, with who said so and since when', async () => {
    const { status, text } = await shownTo('dena', `/network/${first}`)
    expect(status).toBe(200)
    for (const said of ['Flat 2, Tallow Court', 'Flat 6, Clifton Court', 'DK99 OLP', 'Mirren Oakes', 'Ilka Toth'])
      expect(text).toContain(said)
    expect(text).toContain('North Elmshire Housing, <time datetime="2026-11-20T09:00:00.000Z">')
    expect(text).toContain('Also said as: DK99 0LP')
    expect(text).toMatch(/<svg[^>]*class="trellis-network__picture"/)
    const events = await happened(house, first)
    expect(events.find(({ kind }) => kind === 'network opened')).toMatchObject({ staff_id: house.as('dena').staff })
  })

  test('have a path between them that says each step, and holds since the last of them', async () => {
    const { text } = await shownTo('dena', `/network/at-${first}?to=at-${second}`)
    const path = /<section class="trellis-network__path".*?<\/section>/s.exec(text)![0]
    expect(path).toContain('names Flat 2, Tallow Court')
    expect(path).toContain('names Flat 6, Clifton Court')
    expect(path).toContain('They are tied since 20 November 2026')
  })

  test('are narrowed by day, kind and agency, and a day that is none is explained', async () => {
    const before = await shownTo('dena', `/network/${first}?until-day=10&until-month=11&until-year=2026`)
    expect(before.text).not.toContain('Flat 6')
    const housing = house.cast.agencies['housing']!
    expect((await shownTo('dena', `/network/${second}?agency=${housing}`)).text).not.toContain('Mirren')
    const noPhones = await shownTo('dena', `/network/${first}?without-phone=yes`)
    expect(noPhones.text).not.toContain('Ilka')
    expect(noPhones.text).toContain('Flat 6')
    const wrong = await shownTo('dena', `/network/${first}?until-day=31&until-month=2&until-year=2026`)
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Flat 6')
  })

  test('a network opened from a phone, a person or a place is the same one from another side', async () => {
    const { rows } = await house.seen(house.system, async (tx) => ({
      rows: await tx.selectFrom('concern_person').select('id').where('concern_id', '=', third).execute(),
    }))
    const { status, text } = await shownTo('dena', `/network/${rows[0]!.id}?steps=all`)
    expect(status).toBe(200)
    expect(text).toContain('Around Person: Ilka Toth')
    expect(text).toContain('Flat 6, Clifton Court')
  })

  test('what a viewer may not read is not there, byte for byte, whatever it ties', async () => {
    const mine = `/network/${first}?steps=all&all=yes&agencies=yes`
    const before = await shownTo('priya', mine)
    expect(before.status).toBe(200)
    expect(before.text).not.toContain('Flat 6')
    await noticed(house, {
      details: [van('DK99 OLP'), phone('07700 900818')],
      people: [{ name: 'Mirren Oakes' }],
      place: 'Flat 2, Tallow Court',
    })
    expect(await shownTo('priya', mine)).toEqual(before)
  })

  test('nobody learns of a network through a concern, a thing or an address that is not theirs', async () => {
    const absent = await shownTo('priya', '/network/00000000-0000-4000-8000-000000000000')
    expect(absent.status).toBe(404)
    for (const id of [second, `at-${second}`, 'at-nothing', 'x'])
      expect((await shownTo('priya', `/network/${id}`)).status).toBe(404)
    for (const name of ['wes', 'otto', 'ada', undefined] as const)
      expect((await shownTo(name, `/network/${first}`)).status).not.toBe(200)
    // A path to what they may not see is the path to nothing.
    const toHidden = await shownTo('priya', `/network/${first}?to=${second}`)
    const toNothing = await shownTo('priya', `/network/${first}?to=00000000-0000-4000-8000-000000000000`)
    const plain = (text: string) => text.replaceAll(second, '').replaceAll('00000000-0000-4000-8000-000000000000', '')
    expect(plain(toHidden.text)).toBe(plain(toNothing.text))
  })
})

describe('what somebody said is the same', () => {
  const girl = (name: string, phone: string, by: 'priya' | 'hal') =>
    noticed(house, { about: 'one', people: [{ name, phone }] }, { viewer: house.as(by), ...professional })
  /** "Same", on the word of the front door, of what two concerns have. */
  const join = (concern: string, other: string) =>
    house.seen(house.as('dena'), async (tx) => {
      const { keys } = house.house
      const pairs = await proposalsFor(tx, keys, house.as('dena'), concern, house.clock.now)
      const pair = pairs.find(({ kind, there }) => kind === 'person' && there.concern === other)!
      const said = { answer: 'same' as const, why: 'Seen together', shown: [], at: house.clock.now }
      return (await decide(tx, keys, house.as('dena'), pair.id, said)) as { decision: string }
    })

  test('is one thing that says so, until it is taken back; who may not read the other side learns nothing', async () => {
    const mine = (await girl('Katherine Oyelaran', '07700 900321', 'priya')).concern
    const theirs = (await girl('Kate Oyelaran', '+44 7700 900321', 'hal')).concern
    const before = {
      priya: await shownTo('priya', `/network/${mine}`),
      dena: await shownTo('dena', `/network/${mine}`),
    }
    expect(before.priya.status).toBe(200)
    expect(before.dena.text).not.toContain('Also said as: Katherine')
    const { decision } = await join(mine, theirs)
    const { text } = await shownTo('dena', `/network/${mine}`)
    expect(text).toContain('Also said as: Katherine Oyelaran')
    expect(text).toContain('Joined into one on the word of Dena Okoro')
    // In the picture, and for whoever hears it, as in the list.
    expect(text).toMatch(/<svg[\s\S]*Person Kate Oyelaran[^<]*joined from 2[\s\S]*>joined<\/text>[\s\S]*<\/svg>/)
    expect(await shownTo('priya', `/network/${mine}`)).toEqual(before.priya)
    await house.seen(house.as('dena'), (tx) =>
      undo(tx, house.house.keys, house.as('dena'), decision, { why: 'A mistake', at: house.clock.now }),
    )
    expect(await shownTo('dena', `/network/${mine}`)).toEqual(before.dena)
  })
})

describe('a person’s own record', () => {
  test('ties what was joined with it for whoever may see it today; for anybody else it is not there at all', async () => {
    await signForCast(house)
    const [lena, dena] = [house.as('lena'), house.as('dena')]
    const { keys } = house.house
    const at = house.clock.now
    const born_on = '2009-05-06'
    const who = identitySchema.parse({ name: 'Peregrine Quillfeather', known_as: 'Perry', born_on })
    const subject = await house.seen(lena, (tx) => openPerson(tx, keys, lena, who, { as: 'lead', at }))
    await runDueJobs(house.db, jobsWith(keys), (kind, error) => {
      throw new Error(kind, { cause: error })
    })
    const first = await noticed(house, { about: 'one', people: [{ name: 'Peregrine Quillfeather', born_on }] })
    const second = await noticed(house, { about: 'one', people: [{ name: 'Perry Quillfeather', born_on }] })
    const shown = () => shownTo('dena', `/network/${first.concern}?steps=all&agencies=yes`)
    const before = await shown()
    for (const { concern } of [first, second])
      await house.seen(dena, async (tx) => {
        const pairs = await proposalsFor(tx, keys, dena, concern, at)
        const pair = pairs.find(({ there }) => there.concern === null)!
        await decide(tx, keys, dena, pair.id, { answer: 'same', why: 'Her birthday', shown: [], at })
      })
    // Dena may see it once she has said why, and has not: nothing is tied through it, and nothing says that it is there.
    expect(await shown()).toEqual(before)
    const until = new Date(at.getTime() + 3_600_000)
    await house.seen(dena, (tx) => statePurpose(tx, dena, subject, { ...safeguarding, until }, at))
    const { text } = await shown()
    expect(text).toContain(second.reference)
    expect(text).toContain('joined from 3')
    expect(text).toMatch(/A person’s record: P-|People’s own records/)
    expect(text).toContain(`href="/people/${subject}"`)
    expect(await happened(house, subject)).toContainEqual(
      expect.objectContaining({ kind: 'shown in a network', staff_id: dena.staff }),
    )
    // To Colm, at the same front door, it is as it was.
    expect((await shownTo('colm', `/network/${first.concern}?steps=all`)).text).not.toContain(second.reference)
  })
})
