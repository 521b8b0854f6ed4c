import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { handoverTyped } from '../../../test/matters.ts'
import { openSubject } from '../../../test/subject.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { jobsWith } from '../../app.ts'
import { runDueJobs } from '../../platform/index.ts'
import { involve } from '../../sharing/index.ts'
import { suspend } from '../../staff/suspend.ts'
import { openPerson } from '../open-person.ts'
import { identitySchema } from '../subject.ts'

let house: TestHouse
let subject: string
let matters: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await openSubject(house, { adult_from: '2028-01-01' })
  matters = `/people/${subject}/who-matters`
})
afterAll(() => house.close())

const on = (name: string, day: string, month = '11', year = '2026') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const shown = async (name: Name, path = matters) => (await (await house.browser(name)).get(path)).text
const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const work = () =>
  runDueJobs(house.db, jobsWith(house.house.keys), (kind, error) => {
    throw new Error(kind, { cause: error })
  })
/** Hal's part in the circle. */
const hals = async (): Promise<string> => {
  const { id } = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('involvement')
      .select('id')
      .where('subject_id', '=', subject)
      .where('role', '=', 'circle')
      .executeTakeFirstOrThrow(),
  )
  return id
}
const nan = {
  who: 'name',
  name: 'Nan Zylomere',
  kind: 'grandparent',
  effect: 'protective',
  said_by: 'the person',
  words: 'She is zylosafe.',
  strength: 'strong',
  contact: 'every day',
  lives_with: 'yes',
  continuity: 'may be lost',
  continuity_why: 'She is zylounwell.',
  gender: 'woman',
  born_year: '1951',
  has_died: 'no',
  handling: '0',
}
const tieOf = (text: string): string => /who-matters\/([0-9a-f-]{36})\/end/.exec(text)![1]!

test('who matters is written down in the person’s words, seen by those who work with them, and sealed', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${matters}/add`)
  expect(empty.status).toBe(422)
  for (const wrong of ['Select who it is', 'Select whether they protect or harm them', 'Select who says so'])
    expect(empty.text).toContain(wrong)
  const quoted = await lena.post(`${matters}/add`, { ...nan, words: '', died_year: '1850x', continuity_why: '' })
  for (const wrong of ['Enter a year with four digits', 'Nan Zylomere']) expect(quoted.text).toContain(wrong)
  const unsaid = await lena.post(`${matters}/add`, { ...nan, words: '', continuity_why: '' })
  for (const wrong of ['Enter what the person says', 'Enter why they may be lost']) expect(unsaid.text).toContain(wrong)
  expect((await lena.post(`${matters}/add`, nan)).location).toBe(`${matters}?done=added`)
  const text = words(await shown('hal'))
  for (const said of [
    'Nan Zylomere, grandparent',
    '“She is zylosafe.”',
    'Protects them',
    'May be lost: She is zylounwell.',
  ])
    expect(text).toContain(said)
  const hub = words(await shown('hal', `/people/${subject}`))
  for (const said of ['1 person who matters is written down. 1 of them may be lost.', 'was written down: Grandparent'])
    expect(hub).toContain(said)
  for (const name of ['wes', 'priya', 'ada'] as const)
    expect((await (await house.browser(name)).get(matters)).status).toBe(404)
  for (const table of ['relationship', 'event']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text ilike '%zylo%'`.execute(tx),
    )
    expect(rows).toEqual([])
  }
})

test('what is said changes and what was said stays; two who change it at once do not lose each other’s words', async () => {
  const tie = tieOf(await shown('lena'))
  const [lena, hal] = [await house.browser('lena'), await house.browser('hal')]
  const was = /name="was" value="([^"]+)"/.exec((await hal.get(`${matters}/${tie}`)).text)![1]!
  const { who: _, ...said } = nan
  const both = { ...said, was, effect: 'both', words: 'She shouts too.' }
  expect((await hal.post(`${matters}/${tie}`, both)).location).toContain('done=changed')
  const late = await lena.post(`${matters}/${tie}`, { ...said, was, words: 'Mine, late.' })
  expect([late.status, late.text.includes('Somebody else changed this'), late.text.includes('Mine, late.')]).toEqual([
    422,
    true,
    true,
  ])
  expect(await shown('lena')).toContain('She shouts too.')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ effect: string }>`select effect from relationship where tie_id = ${tie} order by entered_at`.execute(tx),
  )
  expect(rows.map(({ effect }) => effect)).toEqual(['protective', 'both'])
})

test('a tie to a record that somebody may not see is not there for them, not even as a gap', async () => {
  const lena = await house.browser('lena')
  const said = identitySchema.parse({ name: 'Rowan Zylothorn', born_on: '2011-01-01' })
  const other = await house.seen(house.as('lena'), (tx) =>
    openPerson(tx, house.house.keys, house.as('lena'), said, { as: 'lead', at: house.clock.now }),
  )
  const { reference } = await house.seen(house.system, (tx) =>
    tx.selectFrom('subject').select('reference').where('id', '=', other).executeTakeFirstOrThrow(),
  )
  const before = await shown('hal')
  const tie = {
    ...nan,
    who: 'other',
    name: '',
    reference: reference.toLowerCase(),
    kind: 'sibling',
    words: 'My brother.',
  }
  const hal = await (await house.browser('hal')).post(`${matters}/add`, tie)
  expect([hal.status, hal.text.includes('Enter the reference of a record that you can see')]).toEqual([422, true])
  expect((await lena.post(`${matters}/add`, tie)).location).toContain('done=added')
  expect(await shown('lena')).toContain('Rowan Zylothorn')
  const bare = (text: string): string => text.replace(/nonce="[^"]*"|value="[^"]*"/g, '')
  expect(bare(await shown('hal'))).toBe(bare(before))
  // Nor does who has looked tell that it was written; nor is Nan's tie through him lost by whoever does not see him.
  const through = tieOf((await shown('lena')).replace(/^[\s\S]*My brother/, ''))
  const nans = tieOf(await shown('hal'))
  const change = async (name: Name, more: Record<string, string>) => {
    const browser = await house.browser(name)
    const was = /name="was" value="([^"]+)"/.exec((await browser.get(`${matters}/${nans}`)).text)![1]!
    const { who: _, ...typed } = nan
    return (await browser.post(`${matters}/${nans}`, { ...typed, was, effect: 'both', ...more })).location
  }
  expect(await change('lena', { through })).toContain('done=changed')
  expect(await change('hal', { words: 'She shouts too.' })).toContain('done=changed')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ hidden: number; kept: number }>`select
      (select count(*)::int from event where kind = 'relationship added' and detail ->> 'handling' = '2') as hidden,
      (select count(*)::int from relationship where through_id = ${through} and replaced_at is null) as kept`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([{ hidden: 1, kept: 1 }])
  const seen = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select('kind').where('about_id', '=', other).where('kind', '=', 'person listed').execute(),
  )
  expect(seen.length).toBeGreaterThan(0)
})

test('both pictures say in words what they draw, and draw nobody whom the viewer may not see', async () => {
  const [ecomap, genogram] = [await shown('hal', `${matters}/ecomap`), await shown('hal', `${matters}/genogram`)]
  for (const text of [ecomap, genogram]) {
    expect(text).toMatch(/<svg[^>]*role="img"[^>]*aria-labelledby="\w+-title \w+-description"/)
    expect(text).not.toContain('Rowan')
  }
  expect(words(ecomap)).toContain('Nan Zylomere, grandparent. Both protects and harms them. A strong tie')
  expect(words(genogram)).toContain('Nan Zylomere: grandparent, woman or girl, born 1951, lives with them')
  expect(await shown('lena', `${matters}/genogram`)).toContain('Rowan')
})

test('the person chooses their trusted adult, whom every team in the circle reads above every page', async () => {
  const lena = await house.browser('lena')
  const form = `${matters}/trusted-adult`
  const tie = /value="(tie [0-9a-f-]{36})"[^>]*>\s*<label[^>]*>\s*Nan/.exec((await lena.get(form)).text)![1]!
  const chosen = { who: tie, how: 'chose', words: 'She is the one I ring.', backup: `staff ${house.as('hal').staff}` }
  const half = await lena.post(form, { ...chosen, words: '', ...on('review_on', '1', '1', '2020') })
  expect([half.status, half.text.includes('Enter how we know')]).toEqual([422, true])
  expect((await lena.post(form, { ...chosen, backup: tie, ...on('review_on', '20', '12') })).text).toContain(
    'Select somebody else to step in',
  )
  expect((await lena.post(form, { ...chosen, ...on('review_on', '20', '12') })).location).toContain('done=chosen')
  const bar = words(await shown('hal', `/people/${subject}/voice`))
  expect(bar).toContain('Trusted adult Nan Zylomere chosen by them, or Hal Ferris, asked again by 20 December 2026')
  expect(words(await shown('hal'))).toContain('She is the one I ring.')
})

test('whoever leads is told before somebody who protects leaves, and of nobody else', async () => {
  const lena = await house.browser('lena')
  const ending = `/people/${subject}/involved/${await hals()}/ending`
  expect((await lena.post(ending, { known: 'yes', ...on('ends_on', '1', '1') })).text).toContain(
    'today or a day to come',
  )
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const [year, month, date] = day.split('-') as [string, string, string]
  expect((await lena.post(ending, { known: 'yes', ...on('ends_on', date, month, year) })).location).toContain('planned')
  await work()
  // Hal would step in for the trusted adult, so he protects; he hears of it too.
  for (const name of ['lena', 'hal'] as const) {
    const told = words(await shown(name, '/people'))
    expect(told).toMatch(/Somebody who protects P-\S+ leaves on/)
  }
  expect(words(await shown('lena', `/people/${subject}`))).toContain('Ends: In the circle, Hal Ferris')
  const read = /name="read" value="([^"]+)"/.exec(await shown('lena', '/people'))![1]!
  await lena.post('/people/endings', { read }, { from: '/people' })
  expect(await shown('lena', '/people')).not.toContain('Somebody who protects')
  expect((await lena.post(ending, { known: 'no' })).location).toContain('called-off')
  expect(words(await shown('lena'))).not.toContain('Going to end')
})

test('nobody’s part ends without the handover, and by how many hands somebody went is counted', async () => {
  const lena = await house.browser('lena')
  const end = `/people/${subject}/involved/${await hals()}/end`
  const bare = await lena.post(end, { reason: 'left post', why: 'Zylomoved' })
  expect([bare.status, bare.text.includes('Select whether they met'), bare.text.includes('Zylomoved')]).toEqual([
    422,
    true,
    true,
  ])
  const unheard = await lena.post(end, { reason: 'left post', met: 'left suddenly' })
  for (const wrong of ['Select whether the person said something', 'Enter who stays in touch'])
    expect(unheard.text).toContain(wrong)
  expect((await lena.post(end, { reason: 'left post', ...handoverTyped })).location).toContain('done=ended')
  const text = words(await shown('lena'))
  for (const said of ['2 workers in 1 month. 1 handover.', 'They met on 20 November 2026.', 'Stays in touch: Colm'])
    expect(text).toContain(said)
})

test('when the account of whoever protected is closed, those who stay are told at once', async () => {
  const [lena, hal] = [house.as('lena'), house.as('hal')]
  const part = { subject, agency: hal.agency, staff: hal.staff, role: 'trusted adult', contact: '' } as const
  await house.seen(lena, (tx) => involve(tx, lena, { ...part, at: house.clock.now }))
  await house.seen(house.as('ada'), (tx) =>
    suspend(tx, house.house, house.as('ada'), { account: house.as('hal').staff, why: 'Left' }),
  )
  await work()
  expect(words(await shown('lena', '/people'))).toMatch(/Somebody who protected P-\S+ has left/)
  // Nobody asked her again in time, and it says so above every page.
  house.clock.now = new Date('2026-12-21T10:00:00Z')
  await (await house.browser('lena')).post(`/people/${subject}/purpose`, safeguarding)
  expect(words(await shown('lena', `/people/${subject}/voice`))).toContain('to be asked again now')
})
