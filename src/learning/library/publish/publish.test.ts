import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../../test/house.ts'
import { enterLearners, type Learners } from '../../../../test/learning.ts'
import { emptyReport } from '../../report/content.ts'
import { enterLibrary } from '../enter.ts'
import { withdrawEntry } from '../withdraw.ts'
import { publishLibrary } from './publish.tsx'

let house: TestHouse
let learners: Learners
let folder: string
const ids = new Map<string, string>()
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-published-'))
  for (const title of ['Elmshire', 'Oakshire']) await enter(title)
})
afterAll(async () => {
  fs.rmSync(folder, { recursive: true })
  await house.close()
})

const enter = (title: string) =>
  house.seen(learners.as('nell'), async (tx) => {
    const { id } = await enterLibrary(
      tx,
      learners.as('nell'),
      {
        kind: 'report',
        title,
        summary: `What ${title} learnt`,
        area: title,
        region: 'Midlands',
        size: 'standard',
        methodology: 'Partnership',
        year: 2025,
        areas: [],
        report: { ...emptyReport(), partnership_name: title, learning: `One.\n\nIn ${title} plans ended at 18.` },
        prose: '',
        findings: [
          {
            words: `${title} carries on past 18`,
            themes: ['through-18'],
            boundary: 'age',
            strength: 'seen',
            source: { field: 'learning', paragraph: 2 },
          },
        ],
        draft: null,
      },
      new Date('2026-11-20T10:00:00Z'),
    )
    ids.set(title, id)
  })
const publish = (into = path.join(folder, 'site')) =>
  publishLibrary(house.db, into, { base: 'https://library.example', progress: () => {} })
const site = (name: string): string => path.join(folder, 'site', name)
const read = (name: string): string => fs.readFileSync(site(name), 'utf8')
const everyFile = (): string[] =>
  fs
    .readdirSync(site(''), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(site(''), path.join(one.parentPath, one.name)))

test('the library becomes files whose links lead to one another, with no script and nothing from elsewhere', async () => {
  expect(await publish()).toMatchObject({ entries: 2, removed: 0 })
  const pages = everyFile().filter((name) => name.endsWith('.html'))
  expect(pages).toContain('elmshire/findings/1/index.html')
  expect(pages).toContain('themes/through-18/index.html')
  for (const page of pages) {
    const text = read(page)
    expect(text.replace(/<script type="application\/ld\+json">/g, '')).not.toMatch(/<script|<form|_csrf| src=/)
    for (const [, to] of text.matchAll(/<(?:a|link)[^>]* href="([^"]*)"/g)) {
      if (to!.startsWith('https://library.example/')) continue
      const [file, place] = to!.split('#')
      const target = path.join(path.dirname(page), file || path.basename(page))
      expect(fs.existsSync(site(target)), `${page} leads to ${to}`).toBe(true)
      if (place) expect(read(target), `${page} leads to ${to}`).toContain(`id="${place}"`)
    }
  }
  expect(read('data/findings.csv')).toContain('https://library.example/library/elmshire/findings/1')
})

test('a second run over the same library touches nothing', async () => {
  const times = () =>
    everyFile().map((name) => `${name} ${fs.statSync(site(name)).mtimeMs} ${fs.statSync(site(name)).ino}`)
  const before = times()
  expect(await publish()).toMatchObject({ written: 0, removed: 0 })
  expect(times()).toEqual(before)
})

test('what was withdrawn goes at the next run and leaves its tombstone', async () => {
  const nell = learners.as('nell')
  await house.seen(nell, (tx) => withdrawEntry(tx, nell, ids.get('Oakshire')!, 'It names a child', house.clock.now))
  const before = fs.statSync(site('elmshire/data.json')).ino
  expect((await publish()).removed).toBe(2)
  expect(read('oakshire/index.html')).toContain('withdrawn from the library on 23 November 2026')
  expect(fs.existsSync(site('oakshire/findings'))).toBe(false)
  const naming = everyFile().filter((name) => /Oakshire|names a child/.test(read(name)))
  expect(naming).toEqual([])
  expect(fs.statSync(site('elmshire/data.json')).ino).toBe(before)
})

test('a run that was cut short is made good, and one that fails changes nothing', async () => {
  const list = JSON.parse(read('trellis-library.json')) as { files: Record<string, string> }
  // As a kill leaves it while files take their places: one written anew, one not yet there, the rest aside.
  fs.writeFileSync(site('index.html'), 'half')
  fs.rmSync(site('feed.xml'))
  fs.writeFileSync(
    site('trellis-library.json'),
    JSON.stringify({ ...list, files: { ...list.files, 'index.html': '', 'gone.html': '' } }),
  )
  fs.writeFileSync(site('gone.html'), 'gone')
  fs.mkdirSync(site('.publishing'))
  const failing = publishLibrary(house.db, site(''), {
    base: '',
    progress: () => {
      throw new Error('the disk is full')
    },
  })
  await expect(failing).rejects.toThrow('the disk is full')
  expect(read('index.html')).toBe('half')
  expect(await publish()).toMatchObject({ written: 2, removed: 1 })
  expect(read('index.html')).toContain('What others learnt')
  expect(everyFile().sort()).toEqual([...Object.keys(list.files), 'trellis-library.json'].sort())
})

test('a folder that holds something else is refused and left as it is', async () => {
  const foreign = path.join(folder, 'photographs')
  fs.mkdirSync(foreign)
  fs.writeFileSync(path.join(foreign, 'one.jpg'), 'x')
  await expect(publish(foreign)).rejects.toThrow('holds something that is no publication')
  await expect(publish(path.join(foreign, 'one.jpg'))).rejects.toThrow('is a file')
  expect(fs.readdirSync(foreign)).toEqual(['one.jpg'])
  const reaching = { publication: 'trellis library', files: { '../photographs/one.jpg': 'x' } }
  fs.mkdirSync(path.join(folder, 'reaching'))
  fs.writeFileSync(path.join(folder, 'reaching/trellis-library.json'), JSON.stringify(reaching))
  await expect(publish(path.join(folder, 'reaching'))).rejects.toThrow('is not the list of a publication')
  expect(fs.existsSync(path.join(foreign, 'one.jpg'))).toBe(true)
})
