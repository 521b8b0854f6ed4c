import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import { newId } from '../../platform/index.ts'
import { beginReport } from '../report/begin.ts'
import { emptyReport, type ReportContent } from '../report/content.ts'
import { findingsOfDraft } from './draft-findings.ts'
import { enterLibrary } from './enter.ts'
import type { Finding, NewEntry } from './entry.ts'
import { foundBy } from './found.ts'
import { noFilter, search } from './search.ts'
import { withdrawEntry } from './withdraw.ts'

let house: TestHouse
let learners: Learners
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
})
afterAll(() => house.close())

const at = new Date('2026-11-20T10:00:00Z')
const finding = (words: string, more: Partial<Finding> = {}): Finding => ({
  words,
  themes: [],
  boundary: '',
  strength: 'several-voices',
  source: { field: 'learning', paragraph: 1 },
  ...more,
})
const content = (more: Partial<ReportContent>): ReportContent => ({ ...emptyReport(), ...more })
const entry = (title: string, more: Partial<NewEntry> = {}): NewEntry => ({
  kind: 'report',
  title,
  summary: `What was learnt: ${title}`,
  area: 'Elmshire',
  region: 'Midlands',
  size: 'standard',
  methodology: 'Partnership',
  year: 2026,
  areas: [],
  report: content({ partnership_name: 'Elmshire', learning: 'Plans end at a birthday.\n\n- a point\n- another' }),
  prose: '',
  findings: [],
  draft: null,
  ...more,
})
const enter = (one: NewEntry) => house.seen(learners.as('nell'), (tx) => enterLibrary(tx, learners.as('nell'), one, at))
const isKnown = async (word: string): Promise<boolean> =>
  (
    await house.seen(house.anyone, (tx) =>
      tx.selectFrom('library_word').select('word').where('word', '=', word).execute(),
    )
  ).length > 0

test('an edition that replaces one keeps its address, and findings that say the same keep theirs', async () => {
  const draft = newId()
  const findings = [finding('Plans end at a birthday'), finding('Nobody knew who to ring')]
  const first = await enter(entry('Elmshire review', { draft, findings }))
  expect(first.slug).toBe('elmshire-review')
  expect((await enter(entry('Elmshire review'))).slug).toBe('elmshire-review-2')
  const after = [finding('Everybody knows who to ring'), finding('Nobody knew who to ring', { strength: 'seen' })]
  const second = await enter(entry('Elmshire review, second edition', { draft, findings: after }))
  expect(second).toEqual(first)
  const rows = await house.seen(house.anyone, (tx) =>
    tx
      .selectFrom('library_finding')
      .select(['number', 'words', 'edition', 'strength'])
      .where('entry_id', '=', first.id)
      .orderBy('number')
      .execute(),
  )
  expect(rows).toEqual([
    { number: 1, words: 'Plans end at a birthday', edition: 1, strength: 'several-voices' },
    { number: 2, words: 'Nobody knew who to ring', edition: 2, strength: 'seen' },
    { number: 3, words: 'Everybody knows who to ring', edition: 2, strength: 'several-voices' },
  ])
})

test('what is withdrawn is hidden by the database from everybody, words and all, and comes back as a new edition', async () => {
  const draft = newId()
  const wanted = entry('Withdrawn work', { draft, findings: [finding('A zyzzogeton was heard')] })
  const { id, slug } = await enter(wanted)
  const nell = learners.as('nell')
  const seenBy = async (viewer = house.anyone) =>
    house.seen(viewer, async (tx) => [
      (await tx.selectFrom('library_entry').select('id').where('id', '=', id).execute()).length,
      (await tx.selectFrom('library_finding').select('id').where('entry_id', '=', id).execute()).length,
    ])
  expect(await seenBy()).toEqual([1, 1])
  expect(await isKnown('zyzzogeton')).toBe(true)
  const withdraw = () => house.seen(nell, (tx) => withdrawEntry(tx, nell, id, 'It names a child', at))
  expect(await withdraw()).toBe('withdrawn')
  expect(await withdraw()).toBe('withdrawn already')
  expect(await seenBy()).toEqual([0, 0])
  expect(await seenBy(nell)).toEqual([0, 0])
  expect(await isKnown('zyzzogeton')).toBe(false)
  expect(await isKnown('birthday')).toBe(true)
  const why = (viewer = house.anyone) =>
    house.seen(viewer, (tx) => tx.selectFrom('library_withdrawal').select('why').execute())
  expect(await why()).toEqual([])
  expect(await why(nell)).toEqual([{ why: 'It names a child' }])
  expect(await enter(wanted)).toEqual({ id, slug })
  expect(await seenBy()).toEqual([1, 1])
  expect(await isKnown('zyzzogeton')).toBe(true)
})

test('another partnership cannot withdraw it', async () => {
  const { id } = await enter(entry('Ours alone'))
  const otto = house.as('otto')
  await expect(house.seen(otto, (tx) => withdrawEntry(tx, otto, id, 'No', at))).rejects.toThrow('not found')
})

describe('a stranger', () => {
  const leaving = 'Those who are looked after face a cliff edge: transitions to adult services begin too late.'
  const find = async (words: string, filter = noFilter) =>
    house.seen(house.anyone, async (tx) => {
      const matches = await search(tx, words, filter)
      return matches && { ...matches, found: await foundBy(tx, matches.found, matches.asked) }
    })
  beforeAll(async () => {
    const learning = `Something else first.\n\n${leaving}`
    const report = content({ partnership_name: 'Oakshire', learning })
    const findings = [finding('Meet a year before', { source: { field: 'learning', paragraph: 2 } })]
    const year = 2024
    await enter(entry('Oakshire and moving on', { area: 'Oakshire', region: 'North West', year, report, findings }))
    await enter(entry('Taxi licensing', { region: 'North West', report: content({ aims: 'Drivers with a licence.' }) }))
  })

  test('finds what speaks of transitions by "handing over at 18", and is shown why', async () => {
    const told = await find('handing over at 18')
    expect(told!.found[0]).toMatchObject({
      slug: 'oakshire-and-moving-on',
      why: { to: '#learning-2', isFinding: false },
    })
    const marks = told!.found[0]!.why!.pieces.filter(({ marked }) => marked).map(({ text }) => text.trim())
    expect(marks).toEqual(['cliff edge: transitions'])
    expect(told!.found.map(({ slug }) => slug)).not.toContain('taxi-licensing')
    for (const words of ['turned eighteen', 'when somebody turns 18', 'transitoins', 'TRANSITION'])
      expect((await find(words))!.found.map(({ slug }) => slug)).toContain('oakshire-and-moving-on')
  })

  test('is forgiven a slip of the finger, told what was looked for, and may narrow it down', async () => {
    const told = await find('licencing drivrs')
    expect(told!.found[0]!.slug).toBe('taxi-licensing')
    expect(told!.asked.also).toContain('drivers')
    const [north, elsewhere] = [
      { ...noFilter, region: 'North West' },
      { ...noFilter, region: 'Wales' },
    ]
    expect((await find('drivers', north))!.count).toBe(1)
    expect((await find('drivers', elsewhere))!.found).toEqual([])
    expect(await find("  ' & | ! :* <-> \\ ")).toBeUndefined()
  })

  test('reads the front, an entry, a finding, a theme and areas alike in small pages with nothing to sign in for', async () => {
    const visitor = await house.browser()
    const front = await visitor.get('/library')
    expect(front.status).toBe(200)
    expect(front.text).toContain('Oakshire and moving on')
    expect(Buffer.byteLength(front.text)).toBeLessThan(40 * 1024)
    const found = await visitor.get('/library?q=handing+over+at+18')
    expect(found.text).toContain('<mark>cliff edge: transitions</mark>')
    const read = await visitor.get('/library/oakshire-and-moving-on')
    expect(read.text).toContain('id="learning-2"')
    expect(read.text).toContain('href="/library/oakshire-and-moving-on/findings/1"')
    expect(read.text).toContain('"@type":"Report"')
    for (const file of ['report.pdf', 'report.docx'])
      expect((await visitor.get(`/library/oakshire-and-moving-on/${file}`)).status).toBe(200)
    const one = await visitor.get('/library/oakshire-and-moving-on/findings/1')
    for (const words of ['Meet a year before', leaving.slice(0, 30), 'Several agencies said so', '(2024)'])
      expect(one.text).toContain(words)
    const theme = await visitor.get('/library/themes/through-18')
    expect(theme.text).toMatch(/<svg[^]*<table/)
    expect((await visitor.get('/library/themes')).status).toBe(200)
    const like = await visitor.get('/library/like-ours?region=North+West&size=standard')
    expect(like.text).toContain('Shares with you: the region, the size.')
    for (const gone of ['/library/nothing-here', '/library/oakshire-and-moving-on/findings/99', '/library/themes/none'])
      expect((await visitor.get(gone)).status).toBe(404)
  })

  test('takes it all as a feed, a sitemap and tables that no spreadsheet runs', async () => {
    const title = '=HYPERLINK("http://evil") & <b>'
    const { slug } = await enter(entry(title))
    const visitor = await house.browser()
    const csv = await visitor.get('/library/data/reports.csv')
    expect(csv.text).toContain(`"'=HYPERLINK(""http://evil"") & <b>"`)
    const described = JSON.parse((await visitor.get('/library/data/reports.csv-metadata.json')).text) as {
      tableSchema: { columns: { name: string }[] }
    }
    expect(csv.text.slice(1).split('\r\n')[0]).toBe(described.tableSchema.columns.map(({ name }) => name).join(','))
    const findings = await visitor.get('/library/data/findings.csv')
    expect(findings.text).toContain('/library/oakshire-and-moving-on/findings/1,Meet a year before,')
    expect((await visitor.get('/library/feed.xml')).text).toContain('&amp; &lt;b&gt;</title>')
    expect((await visitor.get('/sitemap.xml')).text).toContain(`/library/${slug}</loc>`)
    expect((await visitor.get('/robots.txt')).text).toContain('Sitemap: ')
    const json = JSON.parse((await visitor.get('/library/data/library.json')).text) as { entries: { title: string }[] }
    expect(json.entries.map((one) => one.title)).toContain(title)
  })

  test('finds a tombstone where something was withdrawn, and nothing of it anywhere else', async () => {
    const nell = await learners.browser('nell')
    const { slug } = await enter(entry('Unicornshire', { findings: [finding('A unicorn was heard')] }))
    const visitor = await house.browser()
    expect((await visitor.get(`/library/${slug}/withdraw`)).status).toBe(303)
    expect((await (await house.browser('otto')).get(`/library/${slug}/withdraw`)).status).toBe(404)
    expect((await nell.post(`/library/${slug}/withdraw`, { why: '' })).status).toBe(422)
    expect((await nell.post(`/library/${slug}/withdraw`, { why: 'It names a child' })).status).toBe(303)
    for (const address of [`/library/${slug}`, `/library/${slug}/findings/1`]) {
      const stone = await visitor.get(address)
      expect(stone.status).toBe(410)
      expect(stone.text).toContain('withdrawn from the library on 23 November 2026')
      expect(stone.text).not.toMatch(/unicorn was|names a child/i)
    }
    const addresses = ['', '?q=unicorn', '/data/reports.csv', '/data/findings.csv', '/data/library.json', '/themes']
    for (const address of addresses)
      expect((await visitor.get(`/library${address}`)).text).not.toMatch(/Unicornshire|unicorn was/)
    expect((await visitor.get('/sitemap.xml')).text).not.toContain(slug)
    expect((await visitor.get('/library/feed.xml')).text).toMatch(/at:deleted-entry ref="[^"]*unicornshire"/)
  })
})

test('a learning lead publishes a practice note, and what is missing is said with what was typed kept', async () => {
  const nell = await learners.browser('nell')
  const typed = {
    kind: 'tool',
    title: 'A card for taxi drivers',
    summary: 'Print it.',
    prose: '- Look\n- Ring',
    finding: '',
  }
  const wrong = await nell.post('/library/new', typed)
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('A card for taxi drivers')
  expect(wrong.text).toContain('Select at least one theme')
  const rest = { themes: ['noticing'], strength: 'seen', region: 'Midlands', year: '2026', sure: 'yes' }
  expect((await nell.post('/library/new', { ...typed, ...rest })).location).toBe('/library/a-card-for-taxi-drivers')
  expect((await (await house.browser('wes')).get('/library/new')).status).toBe(404)
})

test('a finding is picked from a paragraph of a report, goes with it, and says when the paragraph has changed', async () => {
  const nell = learners.as('nell')
  const learning = 'First.\n\nPlans end at a birthday.'
  const report = await house.seen(nell, (tx) =>
    beginReport(tx, nell, { project: null, title: 'Our draft', content: content({ learning }) }, at),
  )
  const browser = await learners.browser('nell')
  const address = `/learning/reports/${report}/findings`
  const from = { field: 'learning', paragraph: '2' }
  expect((await browser.get(`${address}?field=learning&paragraph=2`)).text).toContain('The finding, in plain words')
  const words = 'Carry on past eighteen'
  expect((await browser.post(address, { ...from, words })).status).toBe(422)
  const said = { words, themes: 'through-18', boundary: 'age', strength: 'seen' }
  expect((await browser.post(address, { ...from, ...said })).location).toBe(address)
  const picked = await house.seen(nell, (tx) => findingsOfDraft(tx, nell.partnership, report))
  expect(picked).toEqual([{ ...said, themes: ['through-18'], source: { field: 'learning', paragraph: 2 } }])
  expect((await (await house.browser('wes')).get(address)).status).toBe(404)
  const drop = /findings\/[0-9a-f-]{36}\/drop/.exec((await browser.get(address)).text)![0]
  expect((await browser.post(`/learning/reports/${report}/${drop}`, {}, { from: address })).status).toBe(303)
  expect(await house.seen(nell, (tx) => findingsOfDraft(tx, nell.partnership, report))).toEqual([])
})
