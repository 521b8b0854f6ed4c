import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import { beginReport } from '../report/begin.ts'
import { emptyReport } from '../report/content.ts'
import { projectFacts } from './facts.ts'
import { linesCompared } from './lines-compared.ts'
import { themesHeard } from './themes-heard.ts'
import { missingVoices } from './voices.ts'

let house: TestHouse
let learners: Learners
let nell: Browser
let base: string
let council: string
let police: string

beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
  nell = await learners.browser('nell')
  council = house.cast.agencies['council']!
  police = house.cast.agencies['police']!
})
afterAll(() => house.close())

const on = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const sent = async (path: string, form: Record<string, string | string[]>, from?: string) =>
  nell.post(`${base}${path}`, form, from === undefined ? {} : { from: `${base}${from}` })
const shown = async (path = '') => (await nell.get(`${base}${path}`)).text
const idIn = (text: string, before: string): string => new RegExp(`${before}/([0-9a-f-]{36})`).exec(text)![1]!

/** The id in the link that says this. */
const linked = (text: string, said: string): string => new RegExp(`/([0-9a-f-]{36})">${said}`).exec(text)![1]!

test('a project is opened with what it is called and who supports it; an empty form is explained', async () => {
  const empty = await nell.post('/projects/new')
  expect(empty.status).toBe(422)
  for (const wrong of ['Enter what the project is called', 'Select how big it is', 'Select whose people support it'])
    expect(empty.text).toContain(wrong)
  const opening = { name: 'Whole county', kind: 'partnership', size: 'small', programme: learners.programme }
  const opened = await nell.post('/projects/new', opening)
  base = opened.location.split('?')[0]!
  const { text } = await nell.get('/projects')
  expect(text).toContain('Whole county')
  expect(await shown()).toContain('Nell Harrow, Exploitation lead')
  expect(await shown()).toContain('Nobody is named as the single point of contact')
})

test('whoever is not on it finds nothing, and whoever is named on it reads it', async () => {
  for (const name of ['wes', 'dena', 'otto'] as const) {
    const browser = await house.browser(name)
    for (const path of ['/projects', base, `${base}/scoping`]) expect((await browser.get(path)).status).toBe(404)
    expect((await browser.post(`${base}/apply/write`, {}, { from: '/account' })).status).toBe(404)
  }
  expect((await (await learners.browser('iris')).get(base)).status).toBe(404)
  await sent('/people', { account: learners.as('iris').staff, part: 'contact' })
  expect((await (await learners.browser('iris')).get(base)).status).toBe(200)
})

test('what is half written is found again, and goes once it is sent', async () => {
  await sent('/apply/write', { applicant_name: 'Vera Moss', reasons: 'We lose them at 18', do: 'keep' })
  expect(await shown('/apply/write')).toContain('We lose them at 18')
  const wrong = await sent('/apply/write', { applicant_name: 'Vera Moss', reasons: 'At 18 they fall' })
  expect([wrong.status, wrong.text.includes('Select at least one area')]).toEqual([422, true])
  expect(await shown('/apply/write')).toContain('At 18 they fall')
  const areas = [...(await shown('/apply/write')).matchAll(/name="areas"[^>]*value="([^"]+)"/g)].map(([, id]) => id!)
  const whole = {
    applicant_name: 'Vera Moss',
    applicant_role: 'Director',
    agency: council,
    reasons: 'At 18 they fall',
    hoped_for: 'Nobody is handed over',
    region: 'East',
    areas,
  }
  expect((await sent('/apply/write', whole)).location).toBe(`${base}/apply?done=written`)
  expect(await shown('/apply/write')).not.toContain('You began this on')
})

test('partners agree one by one, each once, and the gate opens when enough have', async () => {
  const agrees = { name: 'Vera Moss', role: 'Director', ...on('on', '20', '11', '2026') }
  expect((await sent('/apply/agreement', {})).text).toContain('Select the partner')
  await sent('/apply/agreement', { agency: council, ...agrees })
  expect((await sent('/apply/agreement', { agency: council, ...agrees })).text).toContain('has agreed already')
  expect((await sent('/on', {}, '')).text).toContain('Something is still missing')
  await sent('/apply/agreement', { agency: police, ...agrees, name: 'Sam Lowe' })
  expect((await sent('/on', {}, '')).location).toBe(`${base}?done=moved`)
})

let vera: string
let priya: string
test('what leaders say stands beside each other, and a difference stays open until it is talked through', async () => {
  await sent('/scoping/leaders', { name: 'Vera Moss', role: 'Director', agency: council })
  await sent('/scoping/leaders', { account: house.cast.people.priya.id })
  const { text } = await nell.get(`${base}/scoping`)
  vera = linked(text, 'Vera Moss')
  priya = linked(text, 'Priya Nair')
  const answer = { worries: 'Time', constraints: 'Money', strengths: '', ...on('on', '20', '11', '2026') }
  expect((await sent(`/scoping/leaders/${vera}`, {})).text).toContain('Enter what they want')
  await sent(`/scoping/leaders/${vera}`, { ...answer, aims: 'A trusted adult for each child' })
  expect(await shown()).toContain('Not spoken with yet: Priya Nair')
  await sent(`/scoping/leaders/${priya}`, { ...answer, aims: 'Training for everybody' })
  await sent('/scoping/differences', { words: 'One wants people, the other training' })
  const side = await shown('/scoping')
  for (const said of [
    'A trusted adult for each child',
    'Training for everybody',
    'Priya Nair spoke of it. Not Vera Moss',
  ])
    expect(side).toContain(said)
  expect(await shown()).toContain('not talked through: One wants people')
  await sent(`/scoping/differences/${idIn(side, 'differences')}`, { settled: 'Both, people first' })
  expect((await sent('/on', {}, '')).location).toBe(`${base}?done=moved`)
})

test('several sponsors agree, each for themself where they have an account, and who has not yet is named', async () => {
  await sent('/aims/write', { words: 'Hear them\nOne way in' })
  const how = { methods: 'Workshops', delivery_partners: 'Tandem' }
  const dates = { ...on('from', '1', '12', '2026'), ...on('to', '30', '6', '2027') }
  expect((await sent('/specification/write', { ...how, ...dates, ...on('to', '1', '6', '2026') })).text).toContain(
    'cannot end before it begins',
  )
  await sent('/specification/write', { ...how, ...dates })
  for (const leader of [vera, priya]) await sent('/specification/sponsors', { leader })
  expect(await shown()).toContain('Not agreed yet: Priya Nair, Vera Moss')
  const one = linked(await shown('/specification'), 'Write down')
  await sent(`/specification/sponsors/${one}`, on('on', '21', '11', '2026'))
  expect(await shown()).toContain('Not agreed yet: Priya Nair')
  // She sees the project as its sponsor, and nobody says yes for her.
  const hers = await house.browser('priya')
  const spec = (await hers.get(`${base}/specification`)).text
  const own = linked(spec, 'Read and agree')
  expect((await nell.get(`${base}/specification/sponsors/${own}`)).status).toBe(404)
  expect((await hers.get(`${base}/aims/write`)).status).toBe(404)
  await hers.post(`${base}/specification/sponsors/${own}`)
  expect(await shown('/specification')).toContain('It is agreed.')
  expect((await sent('/on', {}, '')).location).toBe(`${base}?done=moved`)
})

test('aims that change say why and on whose feedback, and stand beside the version before', async () => {
  expect((await sent('/aims/write', { words: 'Hear them' })).text).toContain('Enter why the aims change')
  const changed = { words: 'Hear them\nNobody is handed over', why: 'We asked', feedback: 'Parents' }
  await sent('/aims/write', changed)
  const versions = await shown('/aims')
  for (const said of ['Version 1', 'Version 2', 'We asked', 'Parents']) expect(versions).toContain(said)
  expect(versions).toMatch(/<del>.*One way in<\/del>/)
  expect(versions).toMatch(/<ins>.*Nobody is handed over<\/ins>/)
  expect(await shown('/specification')).toContain('Agreed to an earlier version')
})

let session: string
test('a session tells who came by agency and level, whose voice is missing, what there is and what is needed', async () => {
  const plan = { purpose: 'Front line workshop', agenda: '- Hello', place: 'Hall', ...on('on', '20', '11', '2026') }
  const pressed = {
    ...plan,
    _once: /name="_once"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="_once"/
      .exec(await shown('/sessions/new'))!
      .slice(1)
      .find(Boolean)!,
  }
  const [first, second] = [await sent('/sessions/new', pressed), await sent('/sessions/new', pressed)]
  expect(second.location).toBe(first.location)
  session = idIn(first.location, 'sessions')
  expect(await shown('/sessions')).toContain('Who came?')
  const to = `/sessions/${session}`
  expect((await sent(`${to}/groups`, { level: 'manager', invited: '4' })).text).toContain('Select the agency')
  await sent(`${to}/groups`, { level: 'manager', agency: council, invited: '4' })
  await sent(`${to}/groups`, { level: 'manager', agency: council, invited: '4', came: '3' })
  for (const [kind, resource] of [
    ['in place', 'practical'],
    ['needed', 'emotional'],
  ] as const)
    await sent(`${to}/lines`, { kind, resource, words: `${kind}: time together` })
  await sent(`${to}/lines`, { kind: 'theme', theme: 'through-18', words: 'Services stop' })
  const todo = { words: 'Ring the college', owner_name: 'Vera Moss', agency: council, ...on('due', '22', '11', '2026') }
  await sent(`${to}/actions`, todo)
  const text = await shown(to)
  for (const said of ['Elmshire County Council, Managers', 'Through the 18th birthday', 'in place: time together'])
    expect(text).toContain(said)
  expect(text).toContain('Front line, Senior managers, Executives, People with lived experience')
  expect(text).toMatch(/Partners:<\/strong> Elmshire Police/)
  expect(await shown()).toContain('Past its day')
})

test('the log says who contributed what and what changed, and keeps no name of whoever wants none', async () => {
  const gave = { invited: 'Parents at the evening', words: 'Ask us first', ...on('on', '20', '11', '2026') }
  expect((await sent('/log/new', { ...gave, named: 'yes' })).text).toContain('Enter how they want to be named')
  await sent('/log/new', { ...gave, named: 'no', contributor: 'Zylophone' })
  const entry = idIn(await shown('/log'), 'log')
  const version = /<option value="([0-9a-f-]{36})">Aims, version 2/.exec(await shown(`/log/${entry}`))![1]!
  await sent(`/log/${entry}`, { words: 'They are asked first', aims: version, session })
  const log = await shown('/log')
  for (const said of [
    'Somebody who chose not to be named',
    'They are asked first',
    'aims#version-2',
    'Front line workshop',
  ])
    expect(log).toContain(said)
  expect(log).not.toContain('Zylophone')
})

test('it goes on when nothing is missing, goes back for a reason, and is handed over by an act', async () => {
  expect((await sent('/on', {}, '')).location).toBe(`${base}?done=moved`)
  expect(await shown()).toContain('The learning report is not begun')
  expect((await sent('/back', { stage: 'delivery' }, '')).text).toContain('Enter why it goes back')
  await sent('/back', { stage: 'delivery', why: 'One more workshop' }, '')
  await sent('/people/hand-over', { account: learners.as('ravi').staff })
  expect(await shown()).toContain('Ravi Menon')
  const events = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['kind', 'detail']).where('about_kind', '=', 'project').execute(),
  )
  for (const kind of ['support project opened', 'project moved on', 'project went back', 'project handed over'])
    expect(events.map((one) => one.kind)).toContain(kind)
  expect(JSON.stringify(events)).not.toMatch(/Vera|Ask us|workshop/)
})

test('the report of the project opens the next gate, and its sign-off waits for both signatures', async () => {
  const nellHere = learners.as('nell')
  const project = base.split('/')[2]!
  await sent('/on', {}, '')
  await house.seen(nellHere, (tx) =>
    beginReport(tx, nellHere, { project, title: 'Whole county', content: emptyReport() }, house.clock.now),
  )
  expect(await shown()).toContain('It is being written.')
  expect((await sent('/on', {}, '')).location).toBe(`${base}?done=moved`)
  expect(await shown()).toContain('The learning report is not signed by both sides')
})

test('what the project holds fills its report: nobody is asked it again', async () => {
  const facts = await house.seen(learners.as('nell'), (tx) =>
    projectFacts(tx, learners.as('nell'), base.split('/')[2]!),
  )
  expect(facts).toMatchObject({
    partnership_name: 'Elmshire Exploitation Partnership',
    region: 'East',
    size: 'Small',
    methodology: 'Partnership review',
    commenced: '1 December 2026',
  })
  expect(facts.core_partners).toContain('Elmshire Police')
  expect(facts.aims).toContain('- Version 2, 23 November 2026: We asked On feedback from: Parents')
  expect(facts.methods).toContain('20 November 2026: Front line workshop. 3 people came, of 1 agencies.')
})

test('lines are compared, themes are heard by their words, and somebody invited who did not come is missing', () => {
  const { before, after } = linesCompared('a\nb\nc', 'a\nc\nd')
  expect(before.filter(({ gone }) => gone).map(({ text }) => text)).toEqual(['b'])
  expect(after.filter(({ stays }) => !stays).map(({ text }) => text)).toEqual(['d'])
  expect([...themesHeard('We fear the cliff edge.')]).toEqual(['through-18'])
  const group = { id: '', session_id: '', level: 'manager', area_id: null, invited: 2, agency_id: 'a' } as const
  const known = { partners: ['a'], agencies: ['a', 'b'], areas: [] }
  expect(missingVoices([{ ...group, came: 0 }], known).partners).toEqual(['a'])
  expect(missingVoices([{ ...group, came: null }], known)).toMatchObject({ partners: [], agencies: ['b'] })
})
