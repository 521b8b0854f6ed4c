import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { openSubject } from '../../test/subject.ts'
import { newId } from '../platform/index.ts'
import { alertKinds, breakGlass, involve, quiet_days, type InvolvementRole } from '../sharing/index.ts'
import { addEntry } from './add-entry.ts'
import { eraseSubject } from './erase.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { identitySchema } from './subject.ts'

/** Children's social care opens the records, so Mina answers for them; Hal's agency is another one. */
let house: TestHouse
const day = 86_400_000
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
})
afterAll(() => house.close())
beforeEach(async () => {
  house.clock.now = new Date('2026-11-23T10:00:00Z')
  await house.seen(house.system, async (tx) => {
    await tx.deleteFrom('alert_answer').execute()
    await tx.deleteFrom('alert').execute()
  })
})

const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const alerts = () =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('alert as a')
      .innerJoin('event as e', 'e.id', 'a.event_id')
      .select(['a.id', 'a.kind', 'a.agency_id', 'a.caused_by', 'a.classes', 'a.people', 'e.kind as event'])
      .orderBy('a.raised_at')
      .execute(),
  )
const kinds = async (): Promise<string[]> => (await alerts()).map(({ kind }) => kind)
const open = async (name: Name, subject: string, stating = false) => {
  const browser = await house.browser(name)
  if (stating) await browser.post(`/people/${subject}/purpose`, safeguarding)
  return browser.get(`/people/${subject}`)
}
const involved = (by: Name, subject: string, name: Name, role: InvolvementRole) =>
  house.seen(house.as(by), (tx) => {
    const { agency, staff } = house.as(name)
    return involve(tx, house.as(by), { subject, agency, staff, role, contact: '', at: house.clock.now })
  })
const broken = (name: Name, subject: string) =>
  house.seen(house.as(name), (tx) =>
    breakGlass(tx, house.house.keys, house.as(name), { subject, why: 'It burns', minutes: 30, at: house.clock.now }),
  )
const entry = (by: Name, subject: string, data_class: 'D4' | 'D5' | 'D6', handling: 0 | 1 | 2) =>
  house.seen(house.as(by), async (tx) => {
    const facts = (await subjectFacts(tx, house.cast.partnership, subject))!
    const said = {
      kind: 'contact',
      happened_at: house.clock.now,
      words: 'Words',
      source: '',
      data_class,
      handling,
    } as const
    await addEntry(tx, house.house.keys, house.as(by), facts, said, { at: house.clock.now })
  })
const answer = async (name: Name, id: string, outcome = 'expected') =>
  (await house.browser(name)).post(`/alerts/${id}`, { outcome, words: 'I asked them' })

describe('an alert is raised', () => {
  test('when somebody gives themself what opens more to them, and not when somebody else does or a record is opened', async () => {
    const subject = await openSubject(house)
    await involved('lena', subject, 'mina', 'circle')
    expect(await kinds()).toEqual([])
    await involved('colm', subject, 'colm', 'circle')
    await involved('mina', subject, 'mina', 'circle')
    await involved('mina', subject, 'mina', 'lead')
    const raised = await alerts()
    expect(raised.map(({ kind, caused_by }) => [kind, caused_by])).toEqual([
      ['self-claimed', house.as('colm').staff],
      ['self-claimed', house.as('mina').staff],
    ])
    expect(raised[0]).toMatchObject({ agency_id: house.cast.agencies['childrens'], event: 'involvement begun' })
    const said = identitySchema.parse({ name: 'Rowan Ash' })
    await house.seen(house.as('hal'), (tx) =>
      openPerson(tx, house.house.keys, house.as('hal'), said, { as: 'lead', at: house.clock.now }),
    )
    expect(await kinds()).toHaveLength(2)
  })

  test('with every override; its review is the answer, and with more to ask it stays open', async () => {
    const subject = await openSubject(house)
    for (const outcome of ['justified', 'not justified', 'more to ask']) {
      const glass = await broken('colm', subject)
      await (
        await house.browser('lena')
      ).post(`/people/reviews/${glass}`, { outcome, words: 'As said' }, { from: '/people/reviews' })
    }
    expect(await kinds()).toEqual(['override', 'override', 'override'])
    const answers = await house.seen(house.as('mina'), (tx) =>
      tx.selectFrom('alert_answer').select(['outcome', 'answered_by']).orderBy('outcome').execute(),
    )
    expect(answers.map(({ outcome }) => outcome)).toEqual(['expected', 'misuse'])
    expect(answers[0]!.answered_by).toBe(house.as('lena').staff)
  })

  test('when somebody of another agency opens a person, once until it is answered, then not for 28 days if it was expected', async () => {
    const subject = await openSubject(house)
    expect((await open('lena', subject)).status).toBe(200)
    expect(await kinds()).toEqual([])
    for (let i = 0; i < 2; i++) await open('hal', subject)
    house.clock.now = new Date(house.clock.now.getTime() + day)
    await open('hal', subject, true)
    const [first, ...more] = await alerts()
    expect(more).toEqual([])
    expect(first).toMatchObject({ kind: 'cross-organisation', event: 'person opened' })
    expect((await answer('mina', first!.id)).location).toBe('/alerts?done=answered')
    house.clock.now = new Date(house.clock.now.getTime() + (quiet_days - 1) * day)
    await open('hal', subject, true)
    expect(await kinds()).toHaveLength(1)
    house.clock.now = new Date(house.clock.now.getTime() + day)
    await open('hal', subject, true)
    expect(await kinds()).toHaveLength(2)
  })

  test('when somebody was spoken with, again on the next day and not before', async () => {
    const subject = await openSubject(house)
    await open('hal', subject)
    await answer('mina', (await alerts())[0]!.id, 'spoken with')
    await open('hal', subject)
    expect(await kinds()).toHaveLength(1)
    house.clock.now = new Date(house.clock.now.getTime() + day)
    await open('hal', subject, true)
    expect(await kinds()).toHaveLength(2)
  })

  test('when restricted rows that somebody else wrote are shown, and says nothing of sealed ones', async () => {
    const subject = await openSubject(house)
    await involved('lena', subject, 'colm', 'circle')
    await entry('colm', subject, 'D5', 0)
    await entry('lena', subject, 'D4', 0)
    await entry('lena', subject, 'D6', 2)
    expect((await open('colm', subject, true)).status).toBe(200)
    expect(await kinds()).toEqual([])
    await entry('lena', subject, 'D4', 1)
    await entry('lena', subject, 'D6', 0)
    await open('colm', subject)
    await open('lena', subject)
    const raised = await alerts()
    expect(raised.map(({ kind, caused_by, classes }) => [kind, caused_by, classes])).toEqual([
      ['restricted class', house.as('colm').staff, ['D6', 'circle']],
    ])
  })

  test('when more people are opened than the rule says, once, to the worker’s own managers', async () => {
    const gwen = await house.browser('gwen')
    await gwen.post('/alerts/rule', { was: '0', people: '3', minutes: '60' })
    const first = await openSubject(house)
    for (const subject of [first, first, first]) await open('lena', subject)
    expect(await alerts()).toEqual([])
    for (let i = 0; i < 2; i++) await open('lena', await openSubject(house))
    const [raised, ...more] = await alerts()
    expect(more).toEqual([])
    expect(raised).toMatchObject({ kind: 'mass view', people: 4, agency_id: house.cast.agencies['childrens'] })
    expect(words((await (await house.browser('mina')).get(`/alerts/${raised!.id}`)).text)).toContain(
      'opened 4 different people within 60 minutes',
    )
  })

  test('not when the page was refused: the alert and the act are one transaction', async () => {
    const subject = await openSubject(house)
    expect((await open('wes', subject)).status).toBe(404)
    expect((await open('colm', subject)).text).toContain('Why are you here?')
    await house
      .seen(house.as('colm'), async (tx) => {
        await breakGlass(tx, house.house.keys, house.as('colm'), {
          subject,
          why: 'x',
          minutes: 15,
          at: house.clock.now,
        })
        throw new Error('lost on the way')
      })
      .catch(() => {})
    expect(await kinds()).toEqual([])
  })
})

describe('the alerts of an agency', () => {
  test('are its managers’ and the guardian’s; for everybody else there is no such page and no such row', async () => {
    const subject = await openSubject(house)
    await broken('colm', subject)
    const [alert] = await alerts()
    for (const name of ['mina', 'gwen'] as const) {
      const browser = await house.browser(name)
      expect(words((await browser.get('/work')).text)).toContain('1 alert waits for an answer')
      const listed = words((await browser.get('/alerts')).text)
      expect(listed).toContain('broke the glass on')
      expect(listed).toContain('Colm Byrne')
      expect((await browser.get(`/alerts/${alert!.id}`)).status).toBe(200)
      expect(words((await browser.get('/alerts?kind=mass+view')).text)).toContain('There are no such alerts')
    }
    for (const name of ['lena', 'hal', 'ada', 'wes', 'colm'] as const) {
      const browser = await house.browser(name)
      const [there, nowhere] = [await browser.get(`/alerts/${alert!.id}`), await browser.get(`/alerts/${newId()}`)]
      expect([there.status, nowhere.status, there.text.length - nowhere.text.length]).toEqual([404, 404, 0])
      const rows = await house.seen(house.as(name), (tx) => tx.selectFrom('alert').selectAll().execute())
      expect(rows).toEqual([])
    }
    const housing = { ...house.as('hal'), roles: ['manager' as const] }
    expect(await house.seen(housing, (tx) => tx.selectFrom('alert').selectAll().execute())).toEqual([])
  })

  test('are hidden from a manager who is too close to the person', async () => {
    const subject = await openSubject(house)
    await broken('colm', subject)
    await (await house.browser('mina')).post(`/people/${subject}/too-close`, { kind: 'relative' })
    expect(words((await (await house.browser('mina')).get('/alerts')).text)).toContain('There are no such alerts')
  })

  test('are answered once, with words that only they read, and never by whoever caused one', async () => {
    const subject = await openSubject(house)
    await broken('mina', subject)
    const [alert] = await alerts()
    const at = `/alerts/${alert!.id}`
    const mina = await house.browser('mina')
    expect(words((await mina.get(at)).text)).toContain('somebody else answers it')
    expect((await mina.post(at, { outcome: 'expected', words: 'Fine' })).status).toBe(403)
    expect(words((await mina.get('/work')).text)).not.toContain('alert waits')

    const gwen = await house.browser('gwen')
    const empty = await gwen.post(at)
    expect([empty.status, words(empty.text).includes('Choose what it turned out to be')]).toEqual([422, true])
    await gwen.post(at, { outcome: 'misuse', words: 'She looked for a friend' })
    expect(words((await gwen.get('/alerts?state=answered')).text)).toContain('Misuse')
    const late = await gwen.post(at, { outcome: 'expected', words: 'I think it was fine' })
    expect(late.status).toBe(409)
    for (const said of ['She looked for a friend', 'I think it was fine', 'Their answer stands'])
      expect(words(late.text)).toContain(said)
    const events = await house.seen(house.system, (tx) =>
      tx.selectFrom('event').select(['kind', 'staff_id']).where('about_id', '=', alert!.id).orderBy('seq').execute(),
    )
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['alert raised', 'alert read', 'alert answered']),
    )
    expect(events.at(-1)!.staff_id).toBe(house.as('gwen').staff)
    const sealed = await house.seen(house.system, (tx) => tx.selectFrom('alert_answer').selectAll().execute())
    expect(JSON.stringify(sealed)).not.toContain('friend')
  })

  test('go with the person whom they are about', async () => {
    const subject = await openSubject(house)
    await broken('colm', subject)
    await answer('mina', (await alerts())[0]!.id)
    await house.seen(house.system, (tx) => eraseSubject(tx, house.system, subject, 'asked', house.clock.now))
    expect(await kinds()).toEqual([])
  })

  test('are linked to the log of the person only for whoever works with them', async () => {
    const subject = await openSubject(house)
    await open('hal', subject)
    const at = `/alerts/${(await alerts())[0]!.id}`
    const looked = `/people/${subject}/looked`
    const mina = await house.browser('mina')
    expect((await mina.get(at)).text).not.toContain(looked)
    await involved('lena', subject, 'mina', 'circle')
    expect((await mina.get(at)).text).toContain(looked)
  })
})

describe('the rule of mass views', () => {
  test('is changed by the guardian or the administrator, as an event, and explains a wrong number', async () => {
    for (const name of ['gwen', 'ada'] as const) {
      const browser = await house.browser(name)
      const shown = await browser.get('/alerts/rule')
      const was = /name="was" value="([^"]*)"/.exec(shown.text)![1]!
      const wrong = await browser.post('/alerts/rule', { was, people: '1', minutes: 'soon' })
      expect(wrong.status).toBe(422)
      for (const said of ['whole number from 2 to 1,000', 'whole number from 5 to 1,440'])
        expect(words(wrong.text)).toContain(said)
      expect((await browser.post('/alerts/rule', { was, people: '12', minutes: '90', searches: 'yes' })).status).toBe(
        303,
      )
      const late = await browser.post('/alerts/rule', { was, people: '99', minutes: '30' })
      expect([late.status, late.text.includes('value="99"')]).toEqual([422, true])
      expect(words(late.text)).toContain('It now says: more than 12 people in 90 minutes')
    }
    const said = await house.seen(house.system, (tx) =>
      tx.selectFrom('event').select(['staff_id', 'detail']).where('kind', '=', 'mass-view rule changed').execute(),
    )
    expect(said.at(-1)).toEqual({
      staff_id: house.as('ada').staff,
      detail: { people: 12, minutes: 90, searches: true },
    })
  })

  test('does not exist for others', async () => {
    for (const name of ['mina', 'lena', 'wes'] as const)
      expect((await (await house.browser(name)).get('/alerts/rule')).status).toBe(404)
  })
})

test('there are five', () => expect(alertKinds).toHaveLength(5))
