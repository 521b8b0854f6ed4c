import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostileText } from '../../test/hostile-text.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { concernsKept } from '../../test/noticed.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

type Form = Record<string, string>
const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''

/** Everything a browser would build, without the words: names of elements and of their attributes, in order. */
const skeleton = (html: string): string[] => {
  const found: string[] = []
  const walk = (node: Tree.ChildNode | Tree.Document): void => {
    if ('tagName' in node) found.push(`${node.tagName} ${node.attrs.map(({ name }) => name).join(' ')}`)
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  walk(parse(html))
  return found
}
/** All that is shown and all that stands in boxes. */
const words = (html: string): string => {
  const found: string[] = []
  const walk = (node: Tree.ChildNode | Tree.Document): void => {
    if ('value' in node) found.push(node.value)
    if ('tagName' in node) found.push(...node.attrs.filter(({ name }) => name === 'value').map(({ value }) => value))
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  walk(parse(html))
  return plain(found.join('\n'))
}
/** HTML itself has no NUL and one kind of line end; a textarea drops the first line break after its tag, which we add. */
const plain = (text: string) => text.replace(/[\u0000\ufffd]/g, '').replace(/\r\n?/g, '\n')

test('there are three hundred of them, and each is another', () => {
  expect(hostileText.length).toBeGreaterThanOrEqual(300)
  expect(new Set(hostileText).size).toBe(hostileText.length)
})

test('each is kept byte for byte', async () => {
  const browser = await house.browser()
  const sent: [string, string][] = []
  for (const text of hostileText) {
    const worry = /\S/.test(text) ? text : `${text}.`
    const page = await browser.get('/report/small')
    browser.cookies.clear()
    const got = await browser.post('/report/small', {
      key: hidden(page.text, 'key'),
      from: '',
      plate: text.slice(0, 400).toWellFormed(),
      place: '',
      worry,
    })
    expect(got.location, JSON.stringify(text.slice(0, 60))).toBe('/report/sent')
    browser.cookies.clear()
    sent.push([text, worry])
  }
  const kept = new Set((await concernsKept(house)).map(({ worry }) => worry))
  const lost = sent.filter(([, worry]) => !kept.has(worry)).map(([text]) => JSON.stringify(text.slice(0, 60)))
  expect(lost).toEqual([])
}, 120_000)

const batches = (size: number): string[][] =>
  Array.from({ length: Math.ceil(hostileText.length / size) }, (_, i) => hostileText.slice(i * size, (i + 1) * size))

/** A report in which every box for words holds one of them; the same boxes hold plain words for comparison. */
const fill = async (browser: Browser, texts: readonly string[]): Promise<Record<string, string>> => {
  const step = async (url: string, form: Form) => {
    const got = await browser.post(url, form)
    expect(got.status, `${url} ${got.text.match(/govuk-error-summary__body[\s\S]{0,400}/)?.[0]}`).toBe(303)
  }
  const short = (i: number) => (texts[i % texts.length] ?? '').slice(0, 290).toWellFormed() || 'x'
  const whole = (i: number) => (texts[i % texts.length] ?? '').slice(0, 5000).toWellFormed() || 'x'
  await step('/report/danger', {})
  await step('/report/worry', { worry: `${texts[0]}.`.slice(-20_000) })
  await step('/report/about', { about: 'several' })
  const people = texts.map((_, i): Form => ({
    [`name-${i}`]: `${short(i)}n`,
    [`nickname-${i}`]: '',
    [`description-${i}`]: `${whole(i + 1)
      .slice(0, 4999)
      .toWellFormed()}d`,
  }))
  await step('/report/people', Object.assign({}, ...people))
  await step('/report/where', { place: `${short(2)}p` })
  await step('/report/when', { happened: `${short(3)}h` })
  await step('/report/details', {
    'vehicle-0': `${short(4)}v`,
    'vehicle-0-note': `${short(5)}m`,
    'account-0': `${short(6)}a`,
    'account-0-note': `${short(7)}b`,
  })
  await step('/report/contact', {
    may_contact: 'yes',
    contact_by: 'letter',
    contact_value: `${short(8)}c`,
    safe_times: `${short(9)}t`,
    safe_note: `${short(10)}s`,
    name: `${short(11)}r`,
  })
  const pages: Record<string, string> = {}
  for (const url of [
    '/report/check',
    '/report/worry',
    '/report/people',
    '/report/where',
    '/report/contact',
    '/report/details',
  ])
    pages[url] = (await browser.get(url)).text
  expect((await browser.post('/report/check')).location).toBe('/report/sent')
  pages['/report/sent'] = (await browser.get('/report/sent')).text
  const receipt = [...pages['/report/sent'].matchAll(/four">([0-9A-Z]{4})</g)].map(([, four]) => four).join('')
  expect((await browser.post('/receipt', { receipt })).location).toBe('/receipt/open')
  await browser.post('/receipt/more', { words: `${texts[0]}.`.slice(-20_000) })
  pages['/receipt/open'] = (await browser.get('/receipt/open')).text
  return pages
}

test('on every page of the way they are words and nothing else', async () => {
  for (const texts of batches(16)) {
    const hostile = await fill(await house.browser(), texts)
    const harmless = await fill(
      await house.browser(),
      texts.map(() => 'words'),
    )
    for (const [url, html] of Object.entries(hostile)) {
      // Offers depend on what the words hold, and are tested as words below.
      if (url !== '/report/details')
        expect(skeleton(html), `${url} ${JSON.stringify(texts).slice(0, 200)}`).toEqual(skeleton(harmless[url]!))
      expect(html).not.toMatch(/<script(?![^>]* src="\/assets\/)/)
    }
    const check = words(hostile['/report/check']!)
    for (const text of texts)
      expect(check, JSON.stringify(text.slice(0, 80))).toContain(
        plain(`${text.slice(0, 290).toWellFormed() || 'x'}n`)
          .trim()
          .slice(0, 250) || 'n',
      )
    expect(words(hostile['/receipt/open']!)).toContain(plain(`${texts[0]}.`.slice(-20_000)).trim())
  }
}, 240_000)

test('a member of staff sees them as words too, in their list and on the page of what they sent', async () => {
  const shown = async (name: 'priya' | 'saul', worries: readonly string[]) => {
    const browser = await house.browser(name)
    for (const worry of worries) {
      await browser.post('/report/danger', { draft: '' })
      await browser.post('/report/worry', { draft: browser.cookies.get('draft')!, worry })
      await browser.post('/report/check', { draft: browser.cookies.get('draft')! })
      browser.cookies.delete('draft')
    }
    return (await browser.get('/sent')).text
  }
  const some = hostileText.filter((text) => /\S/.test(text) && text.length < 150).slice(0, 60)
  const list = await shown('priya', some)
  const plainList = await shown(
    'saul',
    some.map((_, i) => `words ${i}`),
  )
  expect(skeleton(list)).toEqual(skeleton(plainList))
}, 120_000)
