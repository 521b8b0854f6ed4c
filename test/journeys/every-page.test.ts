import type { Browser as Chromium, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { routes } from '../../src/app.ts'
import * as concerns from '../../src/concerns/index.ts'
import { startVisit } from '../../src/concerns/receipt.ts'
import * as guidance from '../../src/guidance/index.ts'
import * as partnership from '../../src/partnership/index.ts'
import { asProduct, newId } from '../../src/platform/index.ts'
import {
  agreementsSignedBy,
  alertsFor,
  answerAlert,
  breakGlass,
  conflictsToLift,
  decideNotToShare,
  declareConflict,
  endOfDay,
  involve,
  moreHarmful,
  share,
  statePurpose,
} from '../../src/sharing/index.ts'
import { openWay } from '../../src/subjects/own/visit.ts'
import { mayShow, showEntries } from '../../src/subjects/own/written.ts'
import { proposeDestruction } from '../../src/subjects/retention.ts'
import * as staff from '../../src/staff/index.ts'
import { invite } from '../../src/staff/invitation.ts'
import * as subjects from '../../src/subjects/index.ts'
import { closePlan } from '../../src/support/closure/close.ts'
import { takeStep } from '../../src/support/closure/step.ts'
import { addAction } from '../../src/support/plan/act.ts'
import { propose } from '../../src/support/plan/proposal.ts'
import { holdReview } from '../../src/support/plan/hold-review.ts'
import { disagree } from '../../src/support/plan/disagree.ts'
import { addGoal, startPlan } from '../../src/support/plan/write.ts'
import { parts } from '../../src/learning/report/parts.ts'
import type { Route } from '../../src/web/index.ts'
import { assessed } from '../assessed.ts'
import { oneContext } from '../context.ts'
import { agreementAddresses } from '../agreement.ts'
import { carried } from '../carried.ts'
import type { Name } from '../cast.ts'
import { faults, journey, listen, openChromium, rulesOfLayout, sideways } from '../chromium.ts'
import { goneByAddresses } from '../gone-by.ts'
import { heardAndAnswered } from '../heard.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { oneReport } from '../learning-report.ts'
import { oneEntry } from '../library-entry.ts'
import { meetingAddresses } from '../meeting.ts'
import { mattering, disrupted, prepared, saidThere, wasMissing } from '../one-of-each.ts'
import { panelAddresses } from '../panel.ts'
import { oneProject } from '../project.ts'
import { notAgreed } from '../not-agreed.ts'
import { suspected } from '../suspected.ts'

/*
 * Every page that can be asked for, as somebody who may, with real data in it: axe finds nothing at two widths and
 * nothing pushes sideways on an old phone. Further faces of the same page are looked at on that phone alone. The list is
 * the routes' own, so a new page cannot be forgotten.
 */
let house: TestHouse
let chromium: Chromium
let base: string
/** Real addresses for routes with parameters, and more than one where a page has several faces. */
const examples = new Map<string, string[]>()
let visit: string
/** The same of the person's own page. */
let mine: string

beforeAll(async () => {
  house = await openTestHouse()
  house.house.config.demo = true
  await house.seen(house.system, async (tx) => {
    await tx.updateTable('partnership').set({ demo: true }).where('id', '=', house.cast.partnership).execute()
    await guidance.loadGuidance(tx, house.system)
  })
  partnership.forgetPlaces(house.house)
  await fillConcerns()
  await fillRest()
  await fillPeople()
  await fillLearning()
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const longName = 'Averylongfamilynamewithoutabreak Fennimore'

/** The plate that both concerns name, as a rule that needs two of one agency's would find it. */
const findPattern = async (concern: string): Promise<void> => {
  const { partnership, agencies } = house.cast
  const of = { partnership_id: partnership, agency_id: agencies['childrens']! }
  const id = newId()
  await house.seen(house.system, async (tx) => {
    const { key } = await tx
      .selectFrom('detail')
      .select('key')
      .where('concern_id', '=', concern)
      .where('kind', '=', 'vehicle')
      .executeTakeFirstOrThrow()
    const rule = { code: 'same-plate', thing_kind: 'vehicle', thing: key!, least: 2, days: 21 }
    await tx
      .insertInto('pattern')
      .values({ ...of, id, ...rule, found_at: house.clock.now })
      .execute()
    await tx
      .insertInto('pattern_concern')
      .values({ ...of, pattern_id: id, concern_id: concern, added_at: house.clock.now })
      .execute()
  })
  examples.set('/patterns/:pattern', [`/patterns/${id}`])
  examples.set('/patterns/rules/:rule', ['/patterns/rules/new-place'])
}

/** Concerns with something of everything, so that no page is looked at empty. */
const fillConcerns = async (): Promise<void> => {
  const at = house.clock.now
  const { keys } = house.house
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#14493f' } })
    .png()
    .toBuffer()
  const send = async (age_group: 'child' | 'adult', name: string): Promise<string> => {
    const input = concerns.reportSchema.parse({
      worry: 'Two phones, and a grey car KV99 TRX at the gate. '.repeat(6),
      about: 'one',
      setting: 'SC',
      signs: ['SC02', 'SC03'],
      people: [{ name, age_group, school_or_work: 'Ash Hill' }],
      details: [{ kind: 'vehicle', said: 'KV99 TRX' }],
      place: 'The gate',
      postcode: 'CV21 2AA',
      wants_news: true,
      reporter: { may_contact: true, contact_by: 'text', contact_value: '07700 900123' },
    })
    const files = [{ name: 'gate.png', type: 'image/png', bytes, copy: { type: 'image/png', bytes } }]
    const sent = await house.seen(house.as('priya'), (tx) =>
      concerns.report(tx, keys, house.as('priya'), input, { channel: 'professional', at, files }),
    )
    if (sent === 'already sent') throw new Error('sent twice')
    return sent.concern
  }
  const concern = await send('child', longName)
  const adult = await send('adult', 'Bryony Askew')
  const dena = house.as('dena')
  await house.seen(dena, async (tx) => {
    await concerns.take(tx, dena, concern, at)
    await concerns.prioritise(tx, house.house.keys, dena, concern, { level: 'amber', why: 'As read', at })
    const message = await concerns.askReporter(tx, house.house.keys, dena, concern, 'Which day was it?', at)
    const question = {
      agencies: [house.cast.agencies['school']!],
      question: 'Do you know her?',
      reason: 'To be safe',
      at,
    }
    const [check] = await concerns.askPartners(tx, house.house.keys, dena, concern, question)
    const { id: file } = await tx
      .selectFrom('attachment')
      .select('id')
      .where('concern_id', '=', concern)
      .executeTakeFirstOrThrow()
    const decide = (step: string, id = adult) => `/concerns/${id}/decide/${step}`
    examples.set('/concerns/:id/decide/:step', [
      decide('frame'),
      decide('limbs'),
      decide('route'),
      decide('route', concern),
      decide('why'),
      decide('check'),
    ])
    examples.set('/concerns/:id/files/:file/original', [`/concerns/${concern}/files/${file}/original`])
    examples.set('/checks/:id', [`/checks/${check}`])
    examples.set('/network/:id', [
      `/network/${concern}`,
      `/network/${concern}?all=yes&agencies=yes&steps=all&to=${adult}`,
    ])
    examples.set('/receipt/answer/:message', [`/receipt/answer/${message}`])
    examples.set('/sent/:id/answer/:message', [`/sent/${concern}/answer/${message}`])
    const pairs = await tx.selectFrom('proposal').select('id').execute()
    examples.set(
      '/joining/:proposal',
      pairs.map(({ id }) => `/joining/${id}`),
    )
    examples.set(
      '/concerns/:id/joins/:proposal',
      pairs.map(({ id }) => `/concerns/${concern}/joins/${id}`),
    )
    for (const start of ['/concerns/:id', '/sent/:id'])
      for (const { path } of shown)
        if (path.startsWith(start) && !examples.has(path)) examples.set(path, [path.replace(':id', concern)])
  })
  await findPattern(concern)
  const { suspicion } = await suspected(house)
  examples.set('/joining/suspicions/:suspicion', [`/joining/suspicions/${suspicion}`])
  visit = await house.seen(house.system, (tx) =>
    startVisit(tx, keys, house.cast.partnership, concern, house.cast.agencies['school']!, at),
  )
  const browser = await house.browser('dena')
  const answer = (step: string, form: Record<string, string>) => browser.post(`/concerns/${adult}/decide/${step}`, form)
  await browser.get(`/concerns/${adult}/decide`)
  await answer('frame', { frame: 'adult' })
  await answer('limbs', {
    limb_needs: 'yes',
    limb_needs_why: 'Seen',
    limb_risk: 'yes',
    limb_risk_why: 'Seen',
    limb_protect: 'no',
    limb_protect_why: 'Seen',
  })
  await answer('route', { route: 'exploitation-pathway' })
}

/** A person with something of everything, whom Mina sees for a purpose, and another she is asked a purpose for. */
const fillPeople = async (): Promise<void> => {
  const { keys } = house.house
  const at = house.clock.now
  const lena = house.as('lena')
  const mina = house.as('mina')
  const open = (name: string, known_as: string): Promise<string> =>
    house.seen(lena, async (tx) => {
      const said = subjects.identitySchema.parse({
        name,
        known_as,
        pronouns: 'she/her',
        born_on: '2010-06-01',
        address: '1 Elm Row',
        phone: '07700 900123',
      })
      const id = await subjects.openPerson(tx, keys, lena, said, { as: 'lead', contact: '01632 960111', at })
      const { agency, staff } = mina
      await involve(tx, lena, { subject: id, agency, staff, role: 'trusted adult', contact: '01632 960222', at })
      const subject = (await subjects.subjectFacts(tx, lena.partnership, id))!
      for (const [data_class, handling] of [
        ['D4', 0],
        ['D4', 1],
        ['D6', 0],
        ['D4', 2],
      ] as const) {
        const words = `Two phones, and ${'a'.repeat(60)} grey car`
        const entry = {
          kind: 'what happened',
          happened_at: at,
          source: 'Home visit',
          data_class,
          handling,
          words,
        } as const
        await subjects.addEntry(tx, keys, lena, subject, entry, { at, named: [mina.staff] })
      }
      return id
    })
  const known = await open(longName, 'Kez')
  const asked = await open('Bryony Askew', '')
  await house.seen(mina, async (tx) => {
    const until = await endOfDay(tx, at, 'Europe/London')
    await statePurpose(
      tx,
      mina,
      known,
      { purpose: 'child-safeguarding', basis: 'public-task', condition: 'para-18', until },
      at,
    )
  })
  await fillShared(known)
  await fillContext()
  for (const { path } of shown) if (path.startsWith('/people/:id')) examples.set(path, [path.replace(':id', known)])
  examples.get('/people/:id')!.push(`/people/${asked}`)
  await fillCircle(known)
  await fillAccess(known)
  await fillStory(known)
  await fillPlan(known)
  await fillMissing(known)
  await fillEighteen(known)
  await fillPacks(known)
  await fillAssessment(known)
  await fillAlerts(known)
  for (const [path, addresses] of await meetingAddresses(house, known)) examples.set(path, addresses)
  for (const [path, addresses] of await panelAddresses(house, known)) examples.set(path, addresses)
  await fillRights(await open('Rowan Ash', ''))
}

/** Changing who works with a person: which agency first, then the form itself. */
const fillCircle = async (known: string): Promise<void> => {
  for (const end of ['add', 'lead', 'trusted-adult'])
    examples
      .get(`/people/:id/involved/${end}`)!
      .push(`/people/${known}/involved/${end}?agency=${house.cast.agencies['housing']}`)
  const [sealed] = await house.seen(house.system, (tx) =>
    tx.selectFrom('entry').select('id').where('subject_id', '=', known).where('handling', '=', '2').execute(),
  )
  const warning = await house.seen(house.as('lena'), async (tx) => {
    const lena = house.as('lena')
    const subject = (await subjects.subjectFacts(tx, lena.partnership, known))!
    const said = { words: `Do not ring ${longName}`, review_on: '2026-11-30', handling: 0 } as const
    return subjects.warn(tx, house.house.keys, lena, subject, said, house.clock.now)
  })
  examples.set('/people/:id/warnings/:warning', [`/people/${known}/warnings/${warning}`])
  const written = await house.seen(house.system, (tx) =>
    tx.selectFrom('entry').select('id').where('subject_id', '=', known).where('handling', '=', '0').execute(),
  )
  examples.set('/people/:id/entries/:entry', [`/people/${known}/entries/${written[0]!.id}`])
  examples.set('/people/:id/entries/:entry/names', [`/people/${known}/entries/${sealed!.id}/names`])
  const [lead] = await house.seen(house.system, (tx) =>
    tx.selectFrom('involvement').select('id').where('subject_id', '=', known).where('role', '=', 'lead').execute(),
  )
  for (const end of ['end', 'ending'])
    examples.set(`/people/:id/involved/:involvement/${end}`, [`/people/${known}/involved/${lead!.id}/${end}`])
  const tie = await mattering(house, known)
  for (const end of ['', '/end'])
    examples.set(`/people/:id/who-matters/:tie${end}`, [`/people/${known}/who-matters/${tie}${end}`])
  examples.set('/accounts/:account/people', [`/accounts/${house.cast.people.lena.id}/people`])
}

/** Something shared outside the agreement, and a decision not to share that waits for Mina. */
const fillShared = async (subject: string): Promise<void> => {
  const lena = house.as('lena')
  const about = {
    subject,
    recipient: house.cast.agencies['housing']!,
    name: longName,
    role: 'Housing officer',
    classes: ['D4', 'D6'] as const,
    purpose: 'child-safeguarding',
    basis: 'public-task',
    condition: 'para-18',
    wishes: null,
    why: `They change the lock ${'a'.repeat(60)}`,
    at: house.clock.now,
  }
  const frame = { age: 'child', handling: 0, closeness: 0 } as const
  const untold = {
    method: 'by phone',
    consent: null,
    notTold: 'Not safe',
    outside: 'Tonight',
    expires: '2027-01-01',
  } as const
  const waits = await house.seen(lena, async (tx) => {
    await share(tx, house.house.keys, lena, { ...about, ...untold }, frame)
    return decideNotToShare(tx, house.house.keys, lena, { ...about, reason: moreHarmful }, frame)
  })
  examples.set('/people/not-shared/:disclosure', [`/people/not-shared/${waits}`])
}

/** A card of the story in two versions with a note beside it, and one that nobody has said yet. */
const fillStory = async (subject: string): Promise<void> => {
  const mina = await house.browser('mina')
  const story = `/people/${subject}/story`
  const on = { 'said_on-day': '20', 'said_on-month': '11', 'said_on-year': '2026' }
  for (const words of ['I draw.', `I draw ${'a'.repeat(60)} at night. `.repeat(9)])
    await mina.post(`${story}/about-me`, { words, how: 'drew', readers: 'circle', ...on })
  await mina.post(`${story}/about-me/note`, { words: `She showed me ${'a'.repeat(60)}` })
  examples.set('/people/:id/story/:card', [`${story}/about-me`, `${story}/reach-me`])
  const voice = `/people/${subject}/voice`
  const heard = { channel: 'text', words: 'No. '.repeat(60), wanted: 'To sleep', language: 'Polish', readers: 'circle' }
  const heardOn = { 'heard_on-day': '20', 'heard_on-month': '11', 'heard_on-year': '2026' }
  await mina.post(`${voice}/new`, { stage: 'plan', ...heard, ...heardOn })
  const next = { 'next-day': '24', 'next-month': '11', 'next-year': '2026' }
  await mina.post(`${voice}/not-heard`, { stage: 'review', reason: 'not safe', why: 'He was there', ...next })
  const askedOn = { 'asked_on-day': '20', 'asked_on-month': '11', 'asked_on-year': '2026' }
  const outcomes = { point: 'start', asked: 'yes and expressed', words: `My own key ${'a'.repeat(60)}`, ...askedOn }
  await mina.post(`${voice}/outcomes`, outcomes)
  const one = /voice\/[0-9a-f-]{36}\/reply/.exec((await mina.get(voice)).text)![0]
  examples.set('/people/:id/voice/:voice/reply', [`/people/${subject}/${one}`])
  const way = `/people/${subject}/way`
  await mina.post(`${way}/new`, { handed: 'in their hand', days: '7', holder: 'themself' })
  await saidThere(house, subject)
  mine = await house.seen(house.system, async (tx) => {
    const { keys } = house.house
    const { partnership } = house.cast
    const facts = (await subjects.subjectFacts(tx, partnership, subject))!
    const handed = { holder: 'themself', handed: 'in their hand', days: 7, other: null } as const
    const { code } = await subjects.makeWay(tx, keys, house.as('mina'), facts, handed, house.clock.now)
    const message = await tx.selectFrom('own_message').select('id').executeTakeFirstOrThrow()
    examples.set('/people/:id/said/:message', [`/people/${subject}/said/${message.id}`])
    const entries = await asProduct(tx, () => subjects.chronologyOf(tx, keys, partnership, subject))
    const entry = entries.find((one) => mayShow(one, house.as('lena')))!
    await showEntries(tx, house.as('lena'), subject, { may: [entry], wanted: [entry.id] }, house.clock.now)
    examples.set('/mine/disagree/:entry', [`/mine/disagree/${entry.id}`])
    examples.set('/mine/story/:card', ['/mine/story/about-me'])
    return (await openWay(tx, keys, partnership, code, { now: house.clock.now, zone: 'Europe/London' }))!
  })
  await mina.post('/you-said/keep', { said: 'You asked too often', did: 'We ask once' })
  examples.set('/people/:id/story/:card/note', [`${story}/about-me/note`])
}

/** Mina leads on learning too, and chairs: what staff said, its answer and numbers, and a round that is open. */
const fillLearning = async (): Promise<void> => {
  const { partnership, staff: account } = house.as('mina')
  const of = { partnership_id: partnership, account_id: account }
  const granted = (['learning', 'chair'] as const).map((role) => ({ ...of, id: newId(), role }))
  await house.seen(house.system, (tx) => tx.insertInto('role_grant').values(granted).execute())
  for (const [start, ids] of await goneByAddresses(house, { ...house.as('mina'), roles: ['learning'] }))
    for (const { path } of shown)
      if (path.startsWith(start)) examples.set(path, [path.replace(/:(\w+)/g, (_, name: string) => ids[name]!)])
  const heard = await heardAndAnswered(house, { ...house.as('mina'), roles: ['chair'] })
  examples.set('/front-line/rounds/:round/:theme', [`/front-line/rounds/${heard.round}/${heard.theme}`])
  examples.set('/front-line/rounds/:round/close', [`/front-line/rounds/${heard.open}/close`])
  examples.set('/front-line/answers/:answer', [`/front-line/answers/${heard.answer}`])
  const ids: Record<string, string> = await oneProject(house, house.as('mina'), 'a'.repeat(60))
  for (const { path } of shown)
    if (path.startsWith('/projects/:project'))
      examples.set(path, [path.replace(/:(\w+)/g, (_, name: string) => ids[name]!)])
  const entry = await oneEntry(house, { ...house.as('mina'), roles: ['learning'] }, 'a'.repeat(60))
  for (const { path } of shown)
    if (path.startsWith('/library/:slug') || path === '/library/themes/:code')
      examples.set(path, [path.replace(/:(\w+)/g, (_, name: string) => entry[name]!)])
  const report = await oneReport(house, { ...house.as('mina'), roles: ['learning'] }, 'a'.repeat(60))
  for (const { path } of shown.filter((one) => one.path.startsWith('/learning/reports/:id'))) {
    const pages = path.endsWith('/:part') ? parts.map(({ part }) => part) : ['']
    examples.set(
      path,
      pages.map((part) => path.replace(/:(\w+)/g, (_, name: string) => (name === 'part' ? part : report[name]!))),
    )
  }
  const file = new FormData()
  const said =
    '# Looking back\n\nWe met on Mondays.\n\nReasons why the local area requested support:\nWe wanted one approach.'
  file.append('file', new Blob([said]), `${'a'.repeat(60)}.md`)
  const mina = await house.browser('mina')
  examples.set('/learning/reports/read/:reading', [(await mina.send('/learning/reports/read', file)).location])
}

/** A place with something of everything, whom Mina sees for a purpose. */
const fillContext = async (): Promise<void> => {
  const mina = house.as('mina')
  const concern = examples.get('/concerns/:id')![0]!.split('/')[2]!
  const ids: Record<string, string> = await oneContext(house, 'mina', concern, 'a'.repeat(60))
  await house.seen(mina, async (tx) => {
    const until = await endOfDay(tx, house.clock.now, 'Europe/London')
    const stated = { purpose: 'child-safeguarding', basis: 'public-task', condition: 'para-18', until }
    await statePurpose(tx, mina, ids['id']!, stated, house.clock.now)
  })
  for (const { path } of shown)
    if (path.startsWith('/contexts/:id')) examples.set(path, [path.replace(/:(\w+)/g, (_, name: string) => ids[name]!)])
}

/** A plan with a goal, an action that is overdue and one that is done, and a review. */
const fillPlan = async (subject: string): Promise<void> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  const plan = `/people/${subject}/plan`
  await house.seen(house.system, async (tx) => {
    const facts = (await subjects.subjectFacts(tx, lena.partnership, subject))!
    await startPlan(tx, lena, facts, { kind: 'child protection', review_on: '2026-11-01' }, at)
    const wanted = { part: 'safety', whose: 'own', words: `I want ${'a'.repeat(60)}` } as const
    const goal = await addGoal(tx, keys, lena, facts, wanted, at)
    const owner = { staff: null, name: longName, agency: lena.agency }
    const todo = { part: 'ways out', goal, words: 'Ring. '.repeat(40), owner, due_on: '2026-11-01' } as const
    const action = await addAction(tx, keys, lena, facts, todo, at)
    const review = { held_on: '2026-10-20', next_on: '2026-11-02', changed: 'C', decisions: 'D', person: { view: 'V' } }
    await holdReview(tx, keys, lena, facts, { kind: 'exploitation', ...review }, at)
    const said = { safer: 'S', stays: 'T', signs: 'U', back: 'V' }
    await takeStep(tx, keys, lena, facts, { way: 'down', to: 'lighter plan', ...said }, at)
    const closing = { until_on: '2027-01-01', stays: 'S', signs: 'T', instead: 'U', person: { unheard: 'W' } }
    const near = { id: subject, adult_from: '2026-12-01' }
    const days = { at, today: '2026-11-23' }
    await closePlan(tx, keys, lena, near, { keeper: house.as('mina').staff, ...closing }, days)
    const person = {
      kind: 'person',
      partnership: lena.partnership,
      subject,
      way: subject,
      through: lena.agency,
    } as const
    const own = { ...person, as: 'themself', sections: [] } as const
    const against = { line: { kind: 'goal', id: goal }, words: `No ${'a'.repeat(60)}` } as const
    await disagree(tx, keys, own, against, { at, zone: 'Europe/London' })
    const { id: disagreement } = await tx.selectFrom('plan_disagreement').select('id').executeTakeFirstOrThrow()
    examples.set('/people/:id/plan/disagreed/:disagreement', [`${plan}/disagreed/${disagreement}`])
    const guard = { data_class: 'D4', handling: '0' } as const
    const source = { kind: 'return conversation', id: goal } as const
    const what = { words: `W ${'a'.repeat(60)}` }
    const proposed = await propose(tx, keys, lena, { subject: facts, source, guard }, what, at)
    examples.set('/people/:id/plan/proposals/:proposed', [`${plan}/proposals/${proposed}`])
    examples.set('/mine/plan/:line', [`/mine/plan/${goal}`])
    examples.set('/people/:id/plan/goals/:goal', [`${plan}/goals/${goal}`])
    examples.set('/people/:id/plan/actions/:action', [`${plan}/actions/${action}`])
  })
}

/** A task around 18, and agencies that do not agree. */
const fillEighteen = async (subject: string): Promise<void> => {
  const dispute = await notAgreed(house, subject)
  examples.set('/disputes/:dispute', [`/disputes/${dispute}`])
  examples.set('/people/:id/disputes/:dispute', [`/people/${subject}/disputes/${dispute}`])
  const task = `/people/${subject}/eighteen/tasks/${await carried(house, subject)}`
  examples.set('/people/:id/eighteen/tasks/:task', [task])
}

/** One time that they were missing and came back from, and another that goes on. */
const fillMissing = async (subject: string): Promise<void> => {
  const one = `/people/${subject}/missing/${await wasMissing(house, subject)}`
  const mina = await house.browser('mina')
  const started = { 'started-day': '23', 'started-month': '11', 'started-year': '2026', 'started-time': '08:00' }
  const known = { looked_after: 'no', out_of_county: 'yes', exploitation: 'yes', grade: 'high' }
  const said = { ...started, ...known, place: 'a'.repeat(60), reported_by: longName }
  const two = (await mina.post(`/people/${subject}/missing/new`, said)).location.split('?')[0]!
  const path = '/people/:id/missing/:episode'
  examples.set(path, [one, two])
  examples.set(`${path}/news`, [`${two}/news`])
  examples.set(`${path}/back`, [`${two}/back`])
  for (const end of ['/offer', '/talk']) examples.set(path + end, [one + end])
}

/** A referral in preparation, with a part of each kind of question. */
const fillPacks = async (subject: string): Promise<void> => {
  const one = `/people/${subject}/packs/${await prepared(house, subject)}`
  examples.set('/people/:id/disruption/:disruption', [
    `/people/${subject}/disruption/${await disrupted(house, subject)}`,
  ])
  const path = '/people/:id/packs/:pack'
  for (const end of ['', '/consent', '/outcome', '/check']) examples.set(path + end, [one + end])
  examples.set(`${path}/parts/:part`, [`${one}/parts/person`, `${one}/parts/decision`, `${one}/parts/type`])
}

/** An assessment that was finished and is amended by two at once, with a part of every kind of question. */
const fillAssessment = async (subject: string): Promise<void> => {
  const one = `/people/${subject}/assessments/${await assessed(house, 'mina', subject)}`
  const path = '/people/:id/assessments/:assessment'
  for (const end of ['', '/check', '/print']) examples.set(path + end, [one + end])
  examples.set(`${path}/:part`, [`${one}/harm`, `${one}/review?from=harm`, `${one}/judgement`])
  examples.set(`${path}/:part/:answer`, [`${one}/harm/harm`, `${one}/harm/harm_seen`])
}

/** A request to see the record, with an item of each kind to look at. */
const fillAccess = async (subject: string): Promise<void> => {
  const mina = await house.browser('mina')
  const asked = { 'asked_on-day': '20', 'asked_on-month': '11', 'asked_on-year': '2026' }
  const form = { asker: `${longName}, by post`, capacity: 'solicitor', ...asked }
  const one = (await mina.post(`/people/${subject}/access`, form)).location.split('?')[0]!
  const items = [...(await mina.get(one)).text.matchAll(/items\/[0-9a-f-]{36}/g)].map(([end]) => `${one}/${end}`)
  const path = '/people/:id/access/:request'
  for (const end of ['', '/identity', '/extend', '/close', '/approve']) examples.set(path + end, [one + end])
  examples.set(`${path}/items/:item`, items.slice(0, 2))
  await fillDisputed(subject)
}

/** An entry with which the person does not agree, and a record that is held. */
const fillDisputed = async (subject: string): Promise<void> => {
  const mina = await house.browser('mina')
  const disputed = /\/people\/[^"]+\/disputed/.exec((await mina.get(`/people/${subject}`)).text)![0]
  const on = { 'said_on-day': '20', 'said_on-month': '11', 'said_on-year': '2026' }
  await mina.post(disputed, { words: 'That is not so. '.repeat(9), said_by: 'person', ...on })
  const shown = (await mina.get(`/people/${subject}`)).text
  const path = '/people/:id/entries/:entry/disputed'
  examples.set(path, [disputed])
  examples.set(`${path}/:dispute`, [new RegExp(`${disputed}/[0-9a-f-]{36}`).exec(shown)![0]])
  await mina.post(`/people/${subject}/hold`, { why: 'An inquiry' })
  const hold = /\/retention\/holds\/[0-9a-f-]{36}/.exec((await mina.get(`/people/${subject}/hold`)).text)![0]
  examples.set('/retention/holds/:hold', [hold])
  const asks = { 'asked_on-day': '20', 'asked_on-month': '11', 'asked_on-year': '2026' }
  const erase = { said: 'Forget me', ground: 'objection', ...asks }
  examples.set('/people/:id/erase/:erasure', [(await mina.post(`/people/${subject}/erase`, erase)).location])
  examples.set('/retention/rules/:rule', ['/retention/rules/looked-after'])
}

/** One alert that waits, and one that was answered. */
const fillAlerts = async (known: string): Promise<void> => {
  const { keys } = house.house
  const colm = house.as('colm')
  const { agency, staff } = colm
  const glass = { subject: known, why: 'It cannot wait', minutes: 30, at: house.clock.now }
  await house.seen(colm, async (tx) => {
    await involve(tx, colm, { subject: known, agency, staff, role: 'circle', contact: '', at: glass.at })
    await breakGlass(tx, keys, colm, glass)
  })
  const mina = house.as('mina')
  await house.seen(mina, async (tx) => {
    const { alerts } = await alertsFor(tx, mina, { state: 'open', page: 1 })
    examples.set(
      '/alerts/:alert',
      alerts.map(({ id }) => `/alerts/${id}`),
    )
    await answerAlert(tx, keys, mina, alerts[0]!.id, { outcome: 'expected', words: 'I asked', at: glass.at })
  })
}

/** A conflict that a manager may lift, and a record that is long closed and due to be looked at. */
const fillRights = async (closed: string): Promise<void> => {
  const at = house.clock.now
  const dena = house.as('dena')
  await house.seen(dena, (tx) => declareConflict(tx, dena, { subject: closed, kind: 'relative', at }))
  const [conflict] = await house.seen(house.as('mina'), (tx) => conflictsToLift(tx, house.as('mina')))
  examples.set('/conflicts/:conflict', [`/conflicts/${conflict!.id}`])
  await house.seen(house.system, async (tx) => {
    await subjects.loadRetention(tx, house.cast.partnership)
    await tx.updateTable('involvement').set({ to_at: at }).where('subject_id', '=', closed).execute()
    await proposeDestruction(tx, house.system, at, '2099-01-01')
    const { id } = await tx
      .selectFrom('destruction_proposal')
      .select('id')
      .where('subject_id', '=', closed)
      .executeTakeFirstOrThrow()
    examples.set('/retention/:proposal', [`/retention/${id}`])
  })
}

const fillRest = async (): Promise<void> => {
  const ada = house.as('ada')
  const at = house.clock.now
  await house.seen(ada, async (tx) => {
    const input = {
      agency: house.cast.agencies['school']!,
      email: 'new@ashhill.example',
      name: longName,
      jobTitle: 'Tutor',
      roles: ['reporter-agency' as const],
    }
    const invited = await invite(tx, house.house, ada, input)
    if (invited === 'email taken') throw new Error('email taken')
    examples.set('/invitation/:invitation', [`/invitation/${invited.id}`])
    const system = await staff.addApiClient(
      tx,
      house.house.keys,
      ada,
      { agency: input.agency, name: 'School records' },
      at,
    )
    examples.set('/systems/:id', [`/systems/${system.id}`])
    examples.set('/accounts/:account/work', [`/accounts/${house.cast.people.dena.id}/work`])
  })
  for (const [path, addresses] of await agreementAddresses(house)) examples.set(path, addresses)
  const childrens = house.cast.agencies['childrens']!
  const [agreement] = await house.seen(house.system, (tx) =>
    agreementsSignedBy(tx, house.cast.partnership, childrens, at),
  )
  await (await house.browser('ada')).post('/blind/agencies', { agency: childrens, agreement: agreement! })
  const mina = await house.browser('mina')
  const opened = await mina.post('/feeds/new', { name: 'Open cases', sends: 'whole', contact: '01632 960100' })
  const form = new FormData()
  form.append(
    'file',
    new Blob(['Case ID,Name,DOB\n1,Kit Oyelaran,2010-03-05\n2,Mo Ali,31/02/2010\nbroken\n']),
    'cases.csv',
  )
  const sent = await mina.send(opened.location, form)
  examples.set('/feeds/:feed', [opened.location])
  examples.set('/feeds/:feed/settings', [`${opened.location}/settings`])
  examples.set('/feeds/:feed/runs/:run', [sent.location])
  const passkey = (id: string) => ({
    partnership_id: house.cast.partnership,
    id,
    account_id: house.cast.people.dena.id,
    credential_id: id,
    public_key: Buffer.from('key'),
    label: 'Work laptop',
  })
  const one = newId()
  await house.seen(house.system, (tx) =>
    tx
      .insertInto('passkey')
      .values([passkey(one), passkey(newId())])
      .execute(),
  )
  examples.set('/account/factor/:factor/remove', [`/account/factor/${one}/remove`])
  examples.set('/about/:slug', ['/about/one-sign', '/about/what-happens-to-your-report'])
  for (const end of ['', '/preview', '/history'])
    examples.set(
      `/guidance/:kind/:code${end}`,
      ['sign/CH01', 'setting/HO', 'type/CUCK', 'offer/O03'].map((item) => `/guidance/${item}${end}`),
    )
  examples.set('/guidance/sign/:code/withdraw', ['/guidance/sign/CH01/withdraw'])
}

const isPage = ({ method, path }: Route): boolean =>
  method === 'get' &&
  !/[./](csv|pdf|docx|word|ics|json|xml|txt|webmanifest|js|svg)$/.test(path) &&
  path !== '/concerns/:id/files/:file'
const shown = routes.filter(isPage)

const asks = ({ path, who }: Route): Name | undefined => {
  if (path === '/accounts/:account/work' || path.startsWith('/patterns/rules/')) return 'mina'
  if (path === '/without-a-worker' || path.startsWith('/people/:id')) return 'mina'
  if (path.startsWith('/sent/') || path.startsWith('/checks/')) return 'priya'
  if (who === 'anyone') return undefined
  if (/^.(projects|learning|adoption)/.test(path)) return 'mina'
  if (who === 'signed in' || who === 'front door') return 'dena'
  if (who.includes('administrator')) return 'ada'
  return who.includes('guardian') && !who.includes('manager') ? 'gwen' : 'mina'
}

journey(
  'axe finds nothing on any page at two widths, and nothing pushes sideways at 320 px',
  async ({ skip }) => {
    skip('owner' in inject('copyFrom'), 'the pages are the same on either database')
    const found: string[] = []
    const unseen = new Set(shown.map(({ path }) => path))
    let looked = 0
    for (const name of [undefined, 'dena', 'priya', 'ada', 'mina', 'gwen'] as const) {
      const page = await openAs(name)
      for (const route of shown.filter((one) => asks(one) === name))
        for (const [i, address] of (await addressesOf(route, page)).entries()) {
          found.push(...(await lookAt(page, address, i === 0 ? [1280, 320] : [320])))
          unseen.delete(route.path)
          looked++
        }
      await page.context().close()
    }
    console.log(`looked at ${looked} pages`)
    expect(found).toEqual([])
    expect([...unseen]).toEqual([])
  },
  600_000,
)

/** At the first width by every rule, at the others by those to which a width makes a difference. */
const lookAt = async (page: Page, address: string, widths: readonly number[]): Promise<string[]> => {
  const reply = await page.goto(base + address).catch((error: Error) => error)
  // The rest is looked at all the same: a list of twenty faults is mended in one go.
  if (reply instanceof Error) return [`${address} did not open: ${reply.message.split('\n', 1)[0]}`]
  const status = reply?.status() ?? 0
  // Nothing was sent from this browser, which that page says.
  const found =
    status >= 400 && !(address === '/report/sent' && status === 410) ? [`${address} answered ${status}`] : []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    const rules = width === widths[0] ? undefined : rulesOfLayout
    found.push(...(await faults(page, rules)).map((fault) => `${address} at ${width}: ${fault}`))
    const pushed = width === 320 ? await sideways(page) : 0
    if (pushed > 0) found.push(`${address} pushes ${pushed} px sideways at 320`)
  }
  return found
}

const openAs = async (name?: Name): Promise<Page> => {
  const context = await chromium.newContext({ bypassCSP: true, serviceWorkers: 'block' })
  const cookies = name ? [...(await house.browser(name)).cookies] : [['visit', visit] as const, ['mine', mine] as const]
  await context.addCookies(cookies.map(([key, value]) => ({ name: key, value, url: base })))
  const page = await context.newPage()
  // The page to wait on sends the report by itself; here it stands still to be looked at. A route of Playwright's would ask
  // for every style and script again with each page: with one there is no cache.
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.setBlockedURLs', { urls: ['*/assets/wait-*'] })
  if (!name) await beginReport(page)
  if (name === 'ada') await draftWords(page)
  return page
}

/** A preview is of a draft, so each kind of guidance gets one. */
const draftWords = async (page: Page): Promise<void> => {
  for (const address of examples.get('/guidance/:kind/:code') ?? []) {
    await page.goto(base + address)
    await page
      .locator('main form button.govuk-button:not(.govuk-button--secondary, .govuk-button--warning)')
      .first()
      .click()
    await page.waitForURL(/preview/)
  }
}

/** Pages of the report journey need something begun. */
const beginReport = async (page: Page): Promise<void> => {
  await page.goto(`${base}/report/danger?setting=SC`)
  for (let step = 0; step < 3; step++) {
    const radio = page.locator('main input[type=radio]')
    if (await radio.count()) await radio.last().check()
    const worry = page.locator('textarea[name=worry]')
    if (await worry.count()) await worry.fill('A grey car KV99 TRX waits by the gate.')
    await page
      .locator('main form button.govuk-button:not(.govuk-button--secondary, .govuk-button--warning)')
      .first()
      .click()
    await page.waitForLoadState()
  }
}

/** Addresses for a route: given above, or read from the list that the page belongs to. */
const addressesOf = async ({ path }: Route, page: Page): Promise<string[]> => {
  if (!path.includes(':')) return [path]
  const given = examples.get(path)
  if (given) return given
  const list = path.slice(0, path.indexOf('/:'))
  await page.goto(base + list)
  const links = await page.locator('main a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
  const head = new RegExp(`^(${list}/[^/?#]+)(/|$)`)
  const near = links.map((href) => head.exec(href)?.[1]).find((href) => href && !/\/(new|search)$/.test(href))
  return near ? [path.replace(/^.*?\/:\w+/, near)] : []
}
