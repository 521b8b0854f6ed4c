import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { oneProject } from '../../../test/project.ts'
import { beginReport } from './begin.ts'
import { emptyReport, type ReportContent } from './content.ts'
import { contentOf } from './read.ts'
import { versionOf } from './version.ts'

let house: TestHouse
let learners: Learners
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
})
afterAll(() => house.close())

const readIn = (): ReportContent => ({
  ...emptyReport(),
  partnership_name: 'Elmshire',
  reasons: 'We wanted one approach.\n\n- for children\n- for adults',
  issues: [
    {
      whose: 'both',
      heading: 'Raising awareness',
      number: '2)',
      words: 'Reaching people meant',
      below: [
        { number: '1)', words: 'a shared definition' },
        { number: '2)', words: 'a clear offer' },
      ],
    },
    { whose: 'local', heading: '', number: '', words: 'Networks', below: [] },
  ],
  disruption: [
    { words: 'A strategy alone is not enough' },
    { words: 'Senior leaders paused a package', scale: 'system' },
  ],
  consent: true,
  signatures: [
    { side: 'local', name: 'Una Brook', role: 'Director', body: 'Elmshire', signed_on: '2020-05-28' },
    { side: 'programme', name: 'Per Lind', role: '', body: '', signed_on: '' },
  ],
})

test('a report that was read in stands with every field in its place', async () => {
  const nell = learners.as('nell')
  const content = readIn()
  const begin = { project: null, title: 'Elmshire 2020', content, source: 'elmshire.txt' }
  const id = await house.seen(nell, (tx) => beginReport(tx, nell, begin, house.clock.now))
  expect(await house.seen(nell, (tx) => contentOf(tx, nell, id))).toEqual(content)
})

test('whoever does not lead learning begins none without a project, and reads none', async () => {
  const nell = learners.as('nell')
  const wes = house.as('wes')
  const begin = { project: null, title: 'Elmshire', content: emptyReport() }
  await expect(house.seen(wes, (tx) => beginReport(tx, wes, begin, house.clock.now))).rejects.toThrow('not found')
  const id = await house.seen(nell, (tx) => beginReport(tx, nell, begin, house.clock.now))
  await expect(house.seen(wes, (tx) => contentOf(tx, wes, id))).rejects.toThrow('not found')
})

const at = () => house.clock.now
const newReport = (title: string, content: Partial<ReportContent> = {}): Promise<string> => {
  const nell = learners.as('nell')
  const begin = { project: null, title, content: { ...emptyReport(), ...content } }
  return house.seen(nell, (tx) => beginReport(tx, nell, begin, at()))
}
const learnt = {
  partnership_name: 'Elmshire',
  reasons: 'We wanted one approach.',
  aims: 'One strategy.',
  learning: 'Only three girls came to the first session.',
}

/** The boxes of a page as its HTML has them, as a browser without JavaScript would send them. */
const boxesIn = (html: string): Record<string, string> => {
  const form = /<form[^>]*id="writing"[\s\S]*?<\/form>/.exec(html)![0]
  const boxes: Record<string, string> = {}
  for (const [, name, value] of form.matchAll(/<input type="hidden" name="([^"]+)" value(?:="([^"]*)")?/g))
    boxes[name!] = value ?? ''
  for (const [, name, words] of form.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g))
    boxes[name!] = words!
  for (const [box] of form.matchAll(/<input[^>]*type="radio"[^>]*checked[^>]*>/g))
    boxes[/name="([^"]+)"/.exec(box)![1]!] = /value="([^"]+)"/.exec(box)![1]!
  for (const [box] of form.matchAll(/<input[^>]*name="seen-[^>]*>/g))
    boxes[/name="([^"]+)"/.exec(box)![1]!] = /value="([^"]*)"/.exec(box)?.[1] ?? ''
  delete boxes['_csrf']
  return boxes
}

test('two who write in one paragraph at the same time both keep their words, until one of them makes them one', async () => {
  const id = await newReport('Two writers')
  const url = `/learning/reports/${id}/write/start`
  const [nell, ravi] = [await learners.browser('nell'), await learners.browser('ravi')]
  const [hers, his] = [boxesIn((await nell.get(url)).text), boxesIn((await ravi.get(url)).text)]
  const first = await nell.post(url, { ...hers, aims: 'Nell’s aim', do: 'keep' })
  expect(JSON.parse(first.text)).toMatchObject({ fields: { aims: { outcome: 'saved', read: '1' } } })
  const second = await ravi.post(url, { ...his, aims: 'Ravi’s aim', reasons: 'Ravi’s reason', do: 'keep' })
  expect(JSON.parse(second.text)).toMatchObject({
    fields: { aims: { outcome: 'beside' }, reasons: { outcome: 'saved' } },
  })
  // The same sitting goes on in its own text, though what was answered never came.
  await ravi.post(url, { ...his, aims: 'Ravi’s better aim', reasons: 'Ravi’s reason', do: 'keep' })
  const content = () => house.seen(learners.as('nell'), (tx) => contentOf(tx, learners.as('nell'), id))
  expect(await content()).toMatchObject({ aims: 'Nell’s aim\n\nRavi’s better aim', reasons: 'Ravi’s reason' })
  const both = await nell.get(url)
  expect(both.text).toContain('Nothing was lost')
  expect((await nell.get(`/learning/reports/${id}`)).text).toContain('Make the two texts of one field one')
  // What only shows both leaves them alone; a button makes them one.
  await nell.post(url, boxesIn(both.text))
  expect((await nell.get(url)).text).toContain('Nothing was lost')
  await nell.post(url, { ...boxesIn((await nell.get(url)).text), press: 'join aims' })
  expect((await nell.get(url)).text).not.toContain('Nothing was lost')
  expect(await content()).toMatchObject({ aims: 'Nell’s aim\n\nRavi’s better aim' })
  const versions = await nell.get(`/learning/reports/${id}/versions`)
  expect(versions.text).toContain('Nell Harrow, Ravi Menon')
})

test('what a report began from stays its first version, however soon it is put right', async () => {
  const id = await newReport('Put right', learnt)
  const nell = await learners.browser('nell')
  const url = `/learning/reports/${id}/write/start`
  await nell.post(url, { ...boxesIn((await nell.get(url)).text), aims: 'Two strategies.', do: 'keep' })
  const first = await house.seen(house.system, (tx) => versionOf(tx, house.cast.partnership, id, 1))
  const second = await house.seen(house.system, (tx) => versionOf(tx, house.cast.partnership, id, 2))
  expect([first?.aims, second?.aims]).toEqual(['One strategy.', 'Two strategies.'])
})

test('points are added, put below one another and numbered; words in one that was taken out bring it back', async () => {
  const id = await newReport('Points')
  const url = `/learning/reports/${id}/write/issues`
  const nell = await learners.browser('nell')
  const press = async (does: string, typed: Record<string, string> = {}) =>
    nell.post(url, { ...boxesIn((await nell.get(url)).text), ...typed, press: does })
  const idIn = (location: string) => /#issue-(.+)$/.exec(location)![1]!
  const one = idIn((await press('add-issue')).location)
  const two = idIn((await press('add-issue', { [`issue-${one}`]: 'Awareness', [`whose-${one}`]: 'local' })).location)
  await press(`in ${two}`, { [`issue-${two}`]: 'A shared definition' })
  const content = () => house.seen(learners.as('nell'), (tx) => contentOf(tx, learners.as('nell'), id))
  expect((await content()).issues).toEqual([
    {
      whose: 'local',
      heading: '',
      number: '1)',
      words: 'Awareness',
      below: [{ number: '1)', words: 'A shared definition' }],
    },
  ])
  const open = boxesIn((await nell.get(url)).text)
  await press(`remove ${one}`)
  expect((await content()).issues).toEqual([])
  await nell.post(url, { ...open, [`issue-${two}`]: 'A definition shared by all', do: 'keep' })
  expect((await content()).issues).toMatchObject([
    { words: 'Awareness', below: [{ words: 'A definition shared by all' }] },
  ])
})

test('a change of the system says since when it is seen, and is asked about after 6 and 12 months', async () => {
  const id = await newReport('Changes', { disruption: [{ words: 'Leaders paused a package' }] })
  const nell = await learners.browser('nell')
  const url = `/learning/reports/${id}/write/disruption`
  const boxes = boxesIn((await nell.get(url)).text)
  const change = Object.keys(boxes)
    .find((name) => name.startsWith('change-'))!
    .slice(7)
  const seen = (day: string, month: string, year: string) => ({
    [`seen-${change}-day`]: day,
    [`seen-${change}-month`]: month,
    [`seen-${change}-year`]: year,
  })
  const wrong = await nell.post(url, { ...boxes, ...seen('31', '2', '2026'), [`evidence-${change}`]: 'Minutes of May' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Minutes of May')
  await nell.post(url, {
    ...boxes,
    ...seen('3', '4', '2026'),
    [`scale-${change}`]: 'system',
    [`evidence-${change}`]: 'Minutes of May',
  })
  const hub = await nell.get(`/learning/reports/${id}`)
  expect(hub.text).toContain('Due 3 October 2026')
  const check = `/learning/reports/${id}/changes/${change}`
  const early = await nell.post(check, { months: '12', still: 'yes', words: 'The board' })
  expect(early.text).toContain('This check is due on 3 April 2027')
  await nell.post(check, { months: '6', still: 'partly', words: 'The board says so' })
  expect((await nell.get(`/learning/reports/${id}`)).text).toContain('Partly true')
})

const sign = async (who: 'nell' | 'ravi', id: string, side: string, named: 'yes' | 'no') => {
  const browser = await learners.browser(who)
  const url = `/learning/reports/${id}`
  const version = /name="version" value="(\d+)"/.exec((await browser.get(`${url}/sign`)).text)![1]!
  const said = { version, side, name: `${who} signs`, role: 'Lead', body: `Body of ${who}`, named, read: 'yes' }
  const signed = await browser.post(`${url}/sign`, said)
  const agreed = await browser.post(
    `${url}/consent`,
    { version, side, do: 'agree', agree: 'yes' },
    { from: `${url}/sign` },
  )
  return { signed, agreed, version }
}
const publishing = { summary: 'What Elmshire learnt', sure: 'yes' }

test('what both sides have not signed, or a person has not checked, is not published; then names stand there by consent alone', async () => {
  const id = await newReport('Elmshire learns', {
    ...learnt,
    signatures: [
      { side: 'local', name: 'Una Brook', role: 'Chair', body: 'Elmshire Council', signed_on: '2020-05-28' },
    ],
  })
  const nell = await learners.browser('nell')
  const url = `/learning/reports/${id}`
  const publish = (version: string) =>
    nell.post(`${url}/publish`, { ...publishing, version }, { from: `${url}/comments` })
  expect((await publish('1')).text).toContain('Something is missing')
  const { signed, agreed } = await sign('nell', id, 'local', 'yes')
  expect([signed.location, agreed.location]).toEqual([`${url}/sign?done=signed`, `${url}/sign?done=agreed`])
  // An agency that speaks for one side does not speak for the other.
  expect((await sign('nell', id, 'programme', 'yes')).signed.status).toBe(422)
  expect((await sign('ravi', id, 'programme', 'no')).signed.status).toBe(303)
  expect((await publish('1')).status).toBe(422)
  const check = await nell.get(`${url}/check`)
  expect(check.text).toContain('<mark>three girls</mark>')
  const hit = /name="hit" value="([^"]+)"/.exec(check.text)![1]!
  expect((await nell.post(`${url}/check`, { hit: 'something else' })).status).toBe(422)
  await nell.post(`${url}/check`, { hit })
  expect((await nell.get(url)).text).toContain('Nothing is missing')
  expect((await publish('1')).location).toBe(`${url}/publish?done=published`)
  const entry = async () => {
    const { report } = await house.seen(house.anyone, (tx) =>
      tx.selectFrom('library_entry').select('report').where('title', '=', 'Elmshire learns').executeTakeFirstOrThrow(),
    )
    return (report as unknown as ReportContent).signatures.map(({ name, role }) => `${name}/${role}`).sort()
  }
  expect(await entry()).toEqual(['/Chair', '/Lead', 'nell signs/Lead'])
  const named = /action="[^"]*\/signatures\/([^"]+)"[\s\S]*?Una Brook/.exec((await nell.get(`${url}/sign`)).text)![1]!
  await nell.post(`${url}/signatures/${named}`, { named: 'yes' }, { from: `${url}/sign` })
  expect(await entry()).toHaveLength(3)
  await nell.post(`${url}/withdraw`, { why: 'A name was found' }, { from: `${url}/publish` })
  expect((await nell.get(`${url}/publish`)).text).toContain('It was withdrawn')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{
      kind: string
      staff_id: string
    }>`select kind, staff_id from event where about_id = ${id} and kind ~ 'signed|published|withdrawn$'`.execute(tx),
  )
  expect(rows.map(({ kind }) => kind).sort()).toEqual([
    'learning report published',
    'learning report signed',
    'learning report signed',
    'learning report withdrawn',
  ])
})

test('a word changed after it was signed needs signing again, and says so', async () => {
  const id = await newReport('Signed early', learnt)
  const nell = await learners.browser('nell')
  const url = `/learning/reports/${id}`
  const { version } = await sign('nell', id, 'local', 'yes')
  await sign('ravi', id, 'programme', 'yes')
  const write = `${url}/write/reflections`
  const open = boxesIn((await nell.get(write)).text)
  await nell.post(write, { ...open, reflections: 'We would do it again.' })
  expect((await nell.get(url)).text).toContain(
    `The signature is under version ${version}, and the report has changed since`,
  )
  expect((await nell.get(`${url}/sign`)).text).toContain('needs signing again')
  const late = { version, side: 'local', name: 'N', role: 'R', body: 'B', named: 'no', read: 'yes' }
  const again = await nell.post(`${url}/sign`, late)
  expect(again.status).toBe(422)
  expect(again.text).toContain('Somebody changed the report while you read it')
  const compared = await nell.get(`${url}/versions`)
  expect(compared.text).toContain('put in: </span>We would do it again.')
})

test('a report that begins from a project asks nothing again, and each signs for the side they are named for', async () => {
  const { project } = await oneProject(house, learners.as('nell'))
  const nell = await learners.browser('nell')
  const begun = await nell.post('/learning/reports/new', { title: 'From a project', project: project! })
  const [, id] = /reports\/([0-9a-f-]+)\?/.exec(begun.location)!
  const content = await house.seen(learners.as('nell'), (tx) => contentOf(tx, learners.as('nell'), id!))
  expect(content).toMatchObject({ region: 'East', size: 'Small', reasons: 'We lose them at 18. word\n\nOne way in' })
  expect((await nell.get(`/learning/reports/${id}/sign`)).text).toContain('You sign for: Local area.')
  const asRavi = await sign('nell', id!, 'programme', 'yes')
  expect([asRavi.signed.status, asRavi.agreed.status]).toEqual([422, 422])
})

test('a comment stands open at its field until somebody answers it, once', async () => {
  const id = await newReport('Comments')
  const [nell, ravi] = [await learners.browser('nell'), await learners.browser('ravi')]
  const url = `/learning/reports/${id}`
  await ravi.post(`${url}/comments`, { field: 'aims', words: 'Which aims?' })
  expect((await nell.get(`${url}/write/start`)).text).toContain('1 comment on this page is open')
  const comment = /comments\/([0-9a-f-]{36})"/.exec((await nell.get(`${url}/comments`)).text)![1]!
  expect((await nell.post(`${url}/comments/${comment}`, { words: ' ' }, { from: `${url}/comments` })).status).toBe(422)
  await nell.post(`${url}/comments/${comment}`, { words: 'All four' }, { from: `${url}/comments` })
  const twice = await ravi.post(`${url}/comments/${comment}`, { words: 'Mine' }, { from: `${url}/comments` })
  expect(twice.text).toContain('Somebody answered this comment before you')
})

test('an empty form is explained, and to outsiders none of it is there', async () => {
  const id = await newReport('Elmshire alone')
  const url = `/learning/reports/${id}`
  const nell = await learners.browser('nell')
  expect((await nell.post('/learning/reports/new', {})).text).toContain('Enter a title')
  const sent: [string, string, string][] = [
    ['sign', 'Select which side you sign for', 'sign'],
    ['comments', 'Select which part it is about', 'comments'],
    ['check', 'Select the sentence that is fine', 'check'],
    ['publish', 'Enter a summary', 'comments'],
  ]
  for (const [to, says, from] of sent) {
    const got = await nell.post(`${url}/${to}`, to === 'sign' || to === 'publish' ? { version: '1' } : {}, {
      from: `${url}/${from}`,
    })
    expect([to, got.status, got.text.includes(says)]).toEqual([to, 422, true])
  }
  for (const who of ['wes', 'otto'] as const) {
    const other = await house.browser(who)
    for (const to of ['', '/write/start', '/versions', '/sign', '/check', '/publish'])
      expect([who, to, (await other.get(`${url}${to}`)).status]).toEqual([who, to, 404])
    expect((await other.get('/learning/reports')).status).toBe(404)
  }
})
