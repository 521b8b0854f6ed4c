import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { projectRoot } from '../../platform/index.ts'
import { loadGuidance } from '../load.ts'

let house: TestHouse
let visitor: Browser
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
  visitor = await house.browser()
})
afterAll(() => house.close())

test.each([
  ['/', 'Something’s not right?'],
  ['/signs', 'Choose where you are'],
  ['/signs/hotels', 'Booked late, paid in cash'],
  ['/signs/young-person', 'Does any of this sound like you?'],
  ['/signs/search', 'Type what you saw, or where'],
  ['/signs/search?q=takaway', 'We also looked for: takeaways'],
  ['/types', 'Home takeover'],
  ['/types/CUCK', 'Neighbours and the public'],
  ['/types/cuck', 'Home takeover'],
  ['/types/MULE', 'financially exploited'],
  ['/definition', 'No board here has approved them'],
  ['/offer', 'I saw something small'],
  ['/offer/worried-about-a-child', '01632 960001'],
  ['/for-you', 'it is not your fault'],
  ['/for-you/young-person', '0800 1111'],
  ['/for-you/adult', 'Is someone using you?'],
  ['/about', 'About this service'],
  ['/about/one-sign', 'Several signs, or a change, do.'],
  ['/about/what-happens-to-your-report', 'A person reads it'],
  ['/privacy', 'Draft'],
  ['/cookies', 'We set no cookies'],
  ['/accessibility', 'Accessibility statement'],
  ['/ur/signs/hotels', 'Booked late, paid in cash'],
])('%s answers anyone, and sets no cookie', async (url, words) => {
  const got = await visitor.get(url)
  expect(got.status).toBe(200)
  expect(got.text).toContain(words)
  expect(got.headers['set-cookie']).toBeUndefined()
  expect(got.headers['cache-control']).toBe('private, max-age=60')
})

test('links keep the language of the page', async () => {
  const { text } = await visitor.get('/pl/signs')
  expect(text).toContain('href="/pl/signs/hotels"')
  expect(text).not.toContain('href="/signs/hotels"')
})

test.each([
  '/signs/nowhere',
  '/types/NONE',
  '/offer/none',
  '/for-you/nobody',
  '/about/none',
  '/about/home',
  '/signs/nowhere/poster.pdf',
  '/signs/%00',
  '/signs/..%2f..',
])('%s is not found, like anything else that is not there', async (url) => {
  expect((await visitor.get(url)).status).toBe(404)
})

const odd = [
  '',
  '%00',
  'a'.repeat(3000),
  '%F0%9F%A6%8A',
  '<script>alert(1)</script>',
  "'--",
  '__proto__',
  'constructor',
  '%E2%80%AE',
]
test.each(odd)('an odd query breaks nothing: %j', async (value) => {
  const q = value.includes('%') ? value : encodeURIComponent(value)
  for (const url of [
    `/signs/search?q=${q}`,
    `/signs?age=${q}&type=${q}`,
    `/signs/hotels?age=${q}&type=${q}&type=${q}`,
    `/types/${q.slice(0, 150)}`,
    `/?x=${q}`,
  ]) {
    const { status, text } = await visitor.get(url)
    expect(status).toBeLessThan(500)
    expect(text).not.toContain('<script>alert')
  }
})

const signsIn = (text: string) => [...text.matchAll(/<li id="([A-Z]{2}\d\d)"/g)].map((match) => match[1])

test('a list narrows to children or adults and to one kind, and says so', async () => {
  expect(signsIn((await visitor.get('/signs/hotels')).text)).toHaveLength(11)
  const adults = await visitor.get('/signs/hotels?age=adult')
  expect(signsIn(adults.text)).not.toContain('HO01')
  expect(adults.text).toContain('Showing 9 of 11 signs: adults.')
  const work = await visitor.get('/signs/hotels?age=adult&type=LAB')
  expect(signsIn(work.text)).toEqual(['HO05', 'HO10', 'HO11'])
  expect(work.text).toMatch(/value="adult" checked/)
  expect(work.text).toMatch(/<option value="LAB" selected/)
})

test('a choice on the page of lists is carried into each list', async () => {
  const { text } = await visitor.get('/signs?age=child&type=CSE')
  expect(text).toContain('href="/signs/hotels?age=child&amp;type=CSE"')
  expect(text).toContain('No signs for this choice')
})

test('a choice that fits no sign offers the whole list', async () => {
  const { text } = await visitor.get('/signs/home-care?age=child&type=CSE')
  expect(text).toContain('No sign on this list fits that choice.')
  expect(text).toContain('Show all signs')
})

test('each list starts a report that knows where it came from', async () => {
  expect((await visitor.get('/signs/hotels')).text).toContain('href="/report?setting=HO"')
  expect((await visitor.get('/for-you/adult')).text).toContain('href="/report?setting=PE"')
})

test('what was searched for is shown as words, and the words that fit stand out', async () => {
  const { text } = await visitor.get('/signs/search?q=%3Cb%3Ehotel')
  expect(text).toContain('“&lt;b>hotel”')
  expect((await visitor.get('/signs/search?q=hotels')).text).toContain('<mark>Hotels,</mark>')
  expect((await visitor.get('/signs/search?q=zzzzqq')).text).toContain('you don’t need the right word')
})

test('a partnership without guidance yet still says 999 on its front page, and breaks nowhere', async () => {
  const oakshire = { host: 'oakshire.test' }
  const front = await visitor.get('/', oakshire)
  expect(front.status).toBe(200)
  expect(front.text).toContain('Call 999')
  for (const url of ['/signs', '/types', '/offer', '/signs/search?q=hotel'])
    expect((await visitor.get(url, oakshire)).status).toBe(200)
  expect((await visitor.get('/signs/hotels', oakshire)).status).toBe(404)
})

test('the first view is at most 40 KB over the wire and later pages at most 12 KB', async () => {
  const assets = path.join(projectRoot, 'dist/assets')
  const manifest = JSON.parse(fs.readFileSync(path.join(assets, 'manifest.json'), 'utf8')) as Record<string, string>
  const shared = ['site.css', 'site.js', 'icon.svg'].reduce(
    (sum, name) => sum + fs.statSync(path.join(assets, `${manifest[name]!}.br`)).size,
    0,
  )
  for (const url of [
    '/',
    '/signs',
    '/signs/hotels',
    '/types',
    '/for-you/young-person',
    '/signs/search?q=new friends money',
  ]) {
    const got = await visitor.get(url, { 'accept-encoding': 'br' })
    // The body came through as text, so its size is taken again at the server's own setting.
    const page = zlib.brotliCompressSync((await visitor.get(url)).text, {
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 },
    }).length
    expect(got.headers['content-encoding']).toBe('br')
    expect(page).toBeLessThanOrEqual(12_000)
    expect(page + shared).toBeLessThanOrEqual(40_000)
  }
})
