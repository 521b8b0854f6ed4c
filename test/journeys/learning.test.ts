import type { Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { openZip } from '../../src/learning/reading/unzip.ts'
import { newId } from '../../src/platform/index.ts'
import { journey, listen, oldPhone, openChromium } from '../chromium.ts'
import { eightSpeak } from '../heard.ts'
import { openTestHouse, type Browser, type TestHouse } from '../house.ts'
import { enterLearners, type Learners } from '../learning.ts'
import { wordReport } from '../report-files.ts'
import { startWalk, type Walk } from '../walk.ts'

/* What one area learnt, from its old file to another area that uses it; and what staff said, to an answer that they read. */
let house: TestHouse
let learners: Learners
let chromium: Chromium
let here: Walk
let there: Walk
const errors: string[] = []

beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
  const { id, partnership } = house.cast.people.otto
  await house.seen({ kind: 'system', partnership }, (tx) =>
    tx
      .insertInto('role_grant')
      .values({ partnership_id: partnership, id: newId(), account_id: id, role: 'learning' })
      .execute(),
  )
  const base = await listen(house)
  chromium = await openChromium()
  const narrow = { viewport: { width: 320, height: 640 } }
  here = startWalk(chromium, base, narrow)
  there = startWalk(chromium, base.replace('localhost', 'oakshire.test'), narrow)
}, 60_000)
afterAll(async () => {
  await here?.end()
  await there?.end()
  await chromium?.close()
  await house?.close()
})

/** Somebody at a desk of their own, signed in at the address of their partnership. */
const atDesk = async (walk: Walk, signedIn: Promise<Browser>) => {
  const person = await walk.person()
  person.page.on('pageerror', (error) => errors.push(`${person.path()}: ${error.message}`))
  const cookies = [...(await signedIn).cookies].map(([name, value]) => ({ name, value, url: walk.base }))
  await person.page.context().addCookies(cookies)
  return person
}
/** What a link leads to, as whoever reads the page would get it. */
const fileOf = async (page: Page, link: string) => {
  const href = (await page.getByRole('link', { name: link, exact: true }).getAttribute('href'))!
  const sent = await page.request.get(here.base + href)
  const bytes = await sent.body()
  return { type: sent.headers()['content-type'], bytes, begins: bytes.toString('latin1', 0, 5) }
}
const later = () => void (house.clock.now = new Date(house.clock.now.getTime() + 60_000))
const finding = 'Transitions to adult services work when the worker whom somebody trusts stays'

journey(
  'a report is read in, put right, signed by both sides and published; a stranger finds what it teaches in other words, and another area uses it',
  async () => {
    const nell = await atDesk(here, learners.browser('nell'))
    await nell.go('/learning/reports')
    await nell.press('Read in a report that exists')
    const file = { name: 'elmshire.docx', mimeType: 'application/octet-stream', buffer: wordReport() }
    await nell.page.getByLabel('Report to read in').setInputFiles(file)
    await nell.press('Read this file')
    await nell.refill('What the report is called', 'What Elmshire learnt')
    await nell.press('Make the draft')
    const report = nell.path()
    await nell.press('Learning for other areas')
    const box = nell.page.locator('textarea[name=learning]')
    await box.fill(`${await box.inputValue()}\n\nTwo young people read the plan first.`)
    await nell.press('Save and come back later')

    await nell.press('Findings for the library')
    await nell.pressIn('p', 'go on with a young person after eighteen', /^Say this as a finding/)
    await nell.type('The finding, in plain words', finding)
    await nell.choose('Through the 18th birthday')
    await nell.choose('Age: children and adults')
    await nell.choose(/^Several agencies said so/)
    await nell.press('Add this finding')

    await nell.go(`${report}/sign`)
    await nell.choose('Local area')
    await nell.chooseIn('May your name be published?', 'Yes')
    await nell.choose(/^I have read version/)
    await nell.press(/^Sign version/)
    await nell.choose(/^Local area agrees/)
    await nell.press('Agree to publication')
    const ravi = await atDesk(here, learners.browser('ravi'))
    await ravi.go(`${report}/sign`)
    await ravi.choose('Programme')
    await ravi.chooseIn('May your name be published?', 'No, role and body only')
    await ravi.choose(/^I have read version/)
    await ravi.press(/^Sign version/)
    await ravi.choose(/^Programme agrees/)
    await ravi.press('Agree to publication')

    await nell.go(`${report}/check`)
    expect(await nell.page.locator('mark').allInnerTexts()).toEqual(['Two young people'])
    await nell.press(/^This is fine/)
    expect(await nell.text()).toContain('Nothing is left to look at')
    await nell.go(`${report}/publish`)
    await nell.choose('Publish it for everybody')
    await nell.press(/^Publish version/)
    expect(await nell.text()).toContain('was published')

    const stranger = await here.person({ outside: true, ...oldPhone })
    await stranger.go('/library')
    await stranger.type('Search what areas learnt', 'handing over at 18')
    await stranger.press('Search')
    expect(await stranger.page.locator('mark').allInnerTexts()).toContain('Transitions')
    await stranger.press('They learnt:')
    for (const words of [finding, 'Nobody knew at first who should go on', 'No area has said yet that it tries this'])
      expect(await stranger.text()).toContain(words)
    const learnt = stranger.path()
    await stranger.press('Read it where it stands')
    const published = await stranger.text()
    for (const words of [
      'Two young people read the plan first',
      'Nell Harrow',
      'Project lead, Tandem Support Programme, 23 November 2026',
    ])
      expect(published).toContain(words)
    // Whoever was not asked, or said no, stands there by role and body.
    expect(published).not.toMatch(/handing over|Alma Reed|Ravi Menon/i)

    const otto = await atDesk(there, house.browser('otto'))
    await otto.go(learnt)
    await otto.press('Take this up in your area')
    await otto.type('What will we try here?', 'No worker changes in the year of a birthday')
    await otto.type(/^What do we think will happen/, 'More of them answer the telephone')
    await otto.choose('Yes, it may name us')
    await otto.press('Begin the trial')
    await otto.type('What did you see?', 'Two teams kept their people')
    await otto.press('Add it')
    later()
    await otto.press('Say what came of it')
    await otto.choose('Adapt')
    await otto.type('Why?', 'Night shifts need a second name')
    await otto.type('What may other areas read of it?', 'Name two workers, not one.')
    await otto.press('Save')
    expect(await otto.text()).toContain('Two teams kept their people')

    await nell.go('/adoption/ours')
    for (const words of [finding, 'Oakshire, since November 2026: adapted it', 'Name two workers, not one.'])
      expect(await nell.text()).toContain(words)
    expect(await nell.text()).not.toMatch(/Night shifts|kept their people/)

    await nell.go(report)
    for (const [page, word, pdf] of [
      [nell.page, 'Word file', 'PDF file'],
      [stranger.page, 'This report as a Word file', 'This report as a PDF'],
    ] as const) {
      expect(await fileOf(page, pdf)).toMatchObject({ type: 'application/pdf', begins: '%PDF-' })
      const { type, bytes } = await fileOf(page, word)
      expect(type).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      const body = openZip(bytes).read('word/document.xml')!
      expect(body).toContain('Two young people read the plan first')
      expect(/Alma Reed/.test(body)).toBe(page === nell.page)
    }
    expect({ twice: here.ledger.twice, pushed: [...here.ledger.pushed, ...there.ledger.pushed], errors }).toEqual({
      twice: [],
      pushed: [],
      errors: [],
    })
  },
  120_000,
)

journey(
  'the chair answers what eight people said of one theme, and anybody on the staff reads it',
  async () => {
    await eightSpeak(house, learners.as('iris'))
    const iris = await atDesk(here, learners.browser('iris'))
    await iris.go('/work')
    await iris.press('See what was said')
    await iris.press('Time with people')
    await iris.press('Answer one or several themes')
    await iris.choose(/^Time with people/)
    await iris.type('You said', 'There is no room to build trust')
    await iris.type('What will happen', 'Two hours a week are kept free')
    await iris.type('Who sees to it', 'Head of children’s services')
    await iris.date('By when', '2026-12-18')
    await iris.press('Publish to all staff')
    const wes = await atDesk(here, house.browser('wes'))
    await wes.go('/front-line/say')
    await wes.page.getByRole('link', { name: 'You said, we did' }).first().click()
    await wes.page.getByText('Two hours a week are kept free').waitFor()
    expect(await wes.text()).toContain('Answered by Iris Vale on 23 November 2026')
    expect({ pushed: here.ledger.pushed, errors }).toEqual({ pushed: [], errors: [] })
  },
  60_000,
)
