import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import type { Guidance } from './guidance.ts'
import { loadGuidance } from './load.ts'
import { readGuidance } from './published.ts'
import { search } from './search.ts'
import { slips, sound, stem } from './search-words.ts'

let house: TestHouse
let guidance: Guidance
beforeAll(async () => {
  house = await openTestHouse()
  guidance = await house.seen(house.system, async (tx) => {
    await loadGuidance(tx, house.system)
    return readGuidance(tx, house.cast.partnership)
  })
})
afterAll(() => house.close())

const first = (query: string, count = 3) =>
  search(guidance, query)
    .found.slice(0, count)
    .map(({ title }) => title)

test.each([
  ['takaway', 'Takeaways and fast food'],
  ['take away', 'Takeaways and fast food'],
  ['hotl', 'Hotels, B&Bs and short lets'],
  ['hotle', 'Hotels, B&Bs and short lets'],
  ['b&b', 'Hotels, B&Bs and short lets'],
  ['taxy', 'Taxis and private hire'],
  ['uber', 'Taxis and private hire'],
  ['skool', 'Schools and colleges'],
  ['shcool', 'Schools and colleges'],
  ['neihbour', 'Neighbours and the public'],
  ['nextdoor neighbor', 'Neighbours and the public'],
  ['trane', 'Buses, coaches and trains'],
  ['jobcenter', 'Jobcentres and DWP'],
  ['pubb', 'Pubs, clubs and off-licences'],
  ['docter', 'Health services'],
  ['helth', 'Health services'],
  ['hosing', 'Housing'],
  ['cuckoo', 'Home takeover'],
  ['cuckcooing', 'Home takeover'],
  ['bank acount', 'Bank account used to move crime money'],
  ['money mule', 'Bank account used to move crime money'],
  ['slavery', 'Forced or badly paid work'],
  ['sextorsion', 'Groomed, pressured or blackmailed online'],
  ['grooming', 'Groomed, pressured or blackmailed online'],
  ['forced mariage', 'Forced marriage'],
  ['county lines', 'County lines'],
  ['i told someone and they didnt listen', 'I told someone and I was not heard'],
])('%s finds %s', (query, title) => {
  expect(first(query)).toContain(title)
})

test('two words find the signs that say both', () => {
  const titles = first('drugs debt', 5)
  expect(titles.some((title) => /debt|owe/i.test(title))).toBe(true)
  expect(search(guidance, 'drugs debt').also).toContain('owe')
})

test('what was looked for instead is said', () => {
  expect(search(guidance, 'takaway').also).toEqual(['takeaways'])
  expect(search(guidance, 'hotel').also).toEqual([])
})

test.each([
  '',
  '   ',
  'zzzzqqqq',
  '%',
  "'; drop table sign; --",
  '<b>',
  '\u202E\u0000',
  '🦊',
  'a'.repeat(10_000),
  'the and of',
])('nothing sensible asked, nothing broken: %j', (query) => {
  expect(search(guidance, query).found.length).toBeLessThanOrEqual(30)
})

test('slips count letters left out, put in, changed and swapped', () => {
  expect(slips('hotel', 'hotel', 2)).toBe(0)
  expect(slips('hotl', 'hotel', 2)).toBe(1)
  expect(slips('hotle', 'hotel', 2)).toBe(1)
  expect(slips('shcool', 'school', 2)).toBe(1)
  expect(slips('cat', 'elephant', 2)).toBe(3)
  expect(stem('parties')).toBe('party')
  expect(stem('drugs')).toBe('drug')
  expect(sound('skool')).toBe(sound('school'))
})
