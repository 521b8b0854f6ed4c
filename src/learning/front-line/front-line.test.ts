import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answersFrom, somebodyElse } from '../../../test/heard.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { enterLearners, type Learners } from '../../../test/learning.ts'
import type { Name } from '../../../test/cast.ts'
import { statementCodes } from './codes.ts'
import { openRound } from './round.ts'
import { say } from './say.ts'

let house: TestHouse
let learners: Learners
let round: string
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
})
afterAll(() => house.close())

const said = (words: string, more: Record<string, string> = {}) => ({
  theme: 'time',
  words,
  level: 'front-line',
  who: 'nobody',
  ...more,
})
const says = async (name: Name, words: string, more: Record<string, string> = {}) =>
  (await house.browser(name)).post('/front-line/say', said(words, more))
const pageOf = async (who: 'iris' | 'nell', path: string) => (await learners.browser(who)).get(path)

/** Rows as text, of every table unless some are named, as the product itself sees them. */
const rowsOf = (...named: string[]) =>
  house.seen(house.system, async (tx) => {
    const { rows: tables } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and (${named.length === 0} or relname = any(${named}))`.execute(tx)
    const found = new Map<string, string[]>()
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`
        select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(tx)
      found.set(
        name,
        rows.map(({ row }) => row),
      )
    }
    return found
  })

test('the chair opens a round, and until then there is nothing to write in', async () => {
  const saul = await house.browser('saul')
  expect((await saul.get('/front-line/say')).text).not.toContain('<textarea')
  const iris = await learners.browser('iris')
  expect((await iris.get('/front-line')).text).toContain('There was no round yet')
  expect((await iris.post('/front-line/rounds', {}, { from: '/front-line' })).location).toBe('/front-line?done=opened')
  expect((await iris.post('/front-line/rounds', {}, { from: '/account' })).location).toContain('alreadyOpen')
  round = (await house.seen(house.as('saul'), (tx) => openRound(tx, house.cast.partnership)))!.id
  expect((await saul.get('/front-line/say')).text).toContain('<textarea')
})

test('an empty form is explained, and what was typed stays', async () => {
  const saul = await house.browser('saul')
  const empty = await saul.post('/front-line/say', {})
  expect(empty.status).toBe(422)
  for (const sentence of ['Select what it is about', 'Enter what it is like', 'Select where you stand'])
    expect(empty.text).toContain(sentence)
  const half = await saul.post('/front-line/say', { words: 'We have no time', theme: 'time' })
  expect(half.text).toContain('We have no time</textarea>')
  expect(half.text).toMatch(/value="time" checked/)
  const questions = await saul.post('/front-line/questions', {})
  expect(questions.status).toBe(422)
  expect(questions.text).toContain('Select an answer to')
})

test('whoever may be recognised is asked about before anything is kept', async () => {
  const warned = await says('saul', 'Jayden Moss rang me on 07700 900123 about the van AB12 CDE, born 3/4/2010.')
  expect(warned.status).toBe(422)
  for (const one of ['Jayden Moss', '07700 900123', 'AB12 CDE', '3/4/2010']) expect(warned.text).toContain(one)
  expect(warned.text).toContain('Nobody can be recognised by what I wrote')
  expect([...(await rowsOf('front_line_voice', 'front_line_heard')).values()]).toEqual([[], []])
})

test('what is said without a name leaves no trace of who, nor of when', async () => {
  const saul = await house.browser('saul')
  await saul.get('/front-line/say')
  const before = await rowsOf()
  const { status, location } = await saul.post('/front-line/say', said('Nobody has time to sit with anybody.'))
  expect([status, location]).toEqual([303, '/front-line/say?done=said'])
  const after = await rowsOf()
  const { id, agency, name, email } = house.cast.people.saul
  const changed = [...after].flatMap(([table, rows]) =>
    rows.filter((row) => !before.get(table)!.includes(row)).map((row) => ({ table, row })),
  )
  expect(changed.map(({ table }) => table).sort()).toEqual(['front_line_heard', 'front_line_voice'])
  for (const { row } of changed) {
    for (const trace of [id, agency, name, email, 'Nobody has time']) expect(row).not.toContain(trace)
    // The day of the house's clock and of the real one, in any column.
    for (const day of ['2026-11-2', new Date().toISOString().slice(0, 10)]) expect(row).not.toContain(day)
  }
})

test('seven people show nothing, however often one of them speaks; the eighth shows the theme', async () => {
  const others = ['dena', 'colm', 'mina', 'priya', 'wes', 'ada'] as const
  for (const name of others)
    expect((await says(name, `We are too few, says one of ${others.length}.`)).status).toBe(303)
  await says('dena', 'And again: too few.')
  expect((await pageOf('iris', '/front-line')).text).toContain('No theme of this round may be read yet')
  expect((await pageOf('iris', `/front-line/rounds/${round}/time`)).status).toBe(404)
  const inDatabase = () =>
    house.seen(learners.as('iris'), (tx) => tx.selectFrom('front_line_voice').select('id').execute())
  expect(await inDatabase()).toEqual([])
  await says('hal', 'Three visits a week are planned, and one happens.', { who: 'name and agency' })
  expect(await inDatabase()).toHaveLength(9)
  const shown = await pageOf('iris', `/front-line/rounds/${round}/time`)
  expect(shown.status).toBe(200)
  expect(shown.text).toContain('Nobody has time to sit with anybody.')
  expect(shown.text).toContain('Hal Ferris, North Elmshire Housing')
  expect(shown.text.match(/Without a name/g)).toHaveLength(8)
  // A ninth waits, so that no single voice is seen to come in.
  await says('lena', 'Late to the party.')
  expect((await pageOf('iris', `/front-line/rounds/${round}/time`)).text).not.toContain('Late to the party')
  expect((await pageOf('iris', '/work')).text).toContain('1 theme waits for an answer')
  const mina = (await (await house.browser('mina')).get('/work')).text
  expect(mina).toContain('The independent chair asks')
  expect(mina).not.toContain('waits for an answer')
})

test('nobody but the chair reads a voice: a manager finds no such page, a learning lead counts', async () => {
  for (const name of ['mina', 'hal', 'gwen', 'otto'] as const) {
    const browser = await house.browser(name)
    expect((await browser.get('/front-line')).status).toBe(404)
    expect((await browser.get(`/front-line/rounds/${round}/time`)).status).toBe(404)
    expect((await browser.get(`/front-line/rounds/${round}/close`)).status).toBe(404)
    const rows = await house.seen(house.as(name), (tx) => tx.selectFrom('front_line_voice').selectAll().execute())
    expect(rows).toEqual([])
  }
  const nell = await pageOf('nell', '/front-line')
  expect(nell.text).toContain('9 things said')
  expect(nell.text).not.toContain(`/front-line/rounds/${round}/time`)
  expect((await pageOf('nell', `/front-line/rounds/${round}/time`)).status).toBe(404)
  const looked = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['staff_id', 'detail']).where('kind', '=', 'front line read').execute(),
  )
  expect(looked.every(({ staff_id }) => staff_id === learners.as('iris').staff)).toBe(true)
  expect(looked.length).toBeGreaterThan(0)
})

test('the chair answers a theme, everybody reads it, and what became of it', async () => {
  house.clock.now = new Date('2026-12-09T10:00:00Z')
  const iris = await learners.browser('iris')
  expect((await iris.get('/front-line')).text).toContain('Not answered, for 2 weeks')
  const empty = await iris.post('/front-line/answers/new', {})
  expect(empty.status).toBe(422)
  for (const sentence of ['Select at least one theme', 'Enter what was said', 'Enter what will happen'])
    expect(empty.text).toContain(sentence)
  const whole = {
    themes: `${round} time`,
    said: 'There is no time to sit with anybody.',
    will: 'Every worker has one morning a week without meetings.',
    owner: 'The director of children’s services',
  }
  const undated = await iris.post('/front-line/answers/new', whole)
  expect(undated.text).toContain('Enter by when')
  expect(undated.text).toContain('one morning a week without meetings.</textarea>')
  const given = await iris.post('/front-line/answers/new', {
    ...whole,
    'by-day': '11',
    'by-month': '1',
    'by-year': '2027',
  })
  expect(given.location).toMatch(/^\/front-line\/answers\/.*done=answered$/)
  const [address] = given.location.split('?') as [string]
  expect((await iris.post(address, {})).status).toBe(422)
  await iris.post(address, { became: 'under way', words: 'Two of five teams have it.' })
  const saul = await house.browser('saul')
  for (const path of [address, '/front-line/answers']) {
    const { status, text } = await saul.get(path)
    expect(status).toBe(200)
    for (const words of ['one morning a week', 'Two of five teams', '2 weeks', 'Iris Vale'])
      expect(text).toContain(words)
    expect(text).not.toContain('Say what became of it')
  }
  expect((await saul.post(address, { became: 'done', words: 'x' }, { from: '/account' })).status).toBe(404)
  expect((await (await house.browser('otto')).get(address)).status).toBe(404)
  expect((await (await house.browser()).get(address)).location).toContain('/sign-in')
})

test('a closed round tells its numbers as far as none is small, keeps no mark, and deletes what nobody may read', async () => {
  await answersFrom(house, {
    'front-line': { agree: 9, disagree: 21 },
    executive: { agree: 12 },
    senior: { agree: 2, partly: 1 },
  })
  await says('gwen', 'Alone on this theme.', { theme: 'tools' })
  // Beside the numbers above one person answers by the page, and only once.
  const colm = await house.browser('colm')
  const all = Object.fromEntries(statementCodes.map((code) => [code, 'agree']))
  const once = await colm.post('/front-line/questions', { level: 'front-line', ...all })
  expect(once.location).toBe('/front-line/questions?done=counted')
  expect((await colm.get('/front-line/questions')).text).toContain('You have answered in this round')
  expect(
    (await colm.post('/front-line/questions', { ...all, level: 'front-line' }, { from: '/account' })).text,
  ).toContain('You have answered in this round')
  // While it is open nobody sees a number: two looks would tell what came between.
  expect((await colm.get('/front-line/gap')).text).toContain('There are no numbers yet')

  const iris = await learners.browser('iris')
  const closed = await iris.post(`/front-line/rounds/${round}/close`, {})
  expect(closed.location).toBe('/front-line/gap?done=closed')
  const { text } = await colm.get('/front-line/gap')
  expect(text).toContain('Front line: 32% agree')
  expect(text).toMatch(/Senior managers and executives: between 53% and 93% agree/)
  expect(text).toContain('Gap between the top and the front line: between 21 and 61 points')
  expect(text).toContain('Fewer than 8')

  const marks = ['front_line_heard', 'front_line_answered', 'front_line_tally']
  const rows = await rowsOf('front_line_voice', 'data_key', ...marks)
  expect(marks.flatMap((table) => rows.get(table)!)).toEqual([])
  expect(rows.get('front_line_voice')!).toHaveLength(10)
  expect(rows.get('front_line_voice')!.filter((row) => row.includes('tools'))).toEqual([])
  const keys = rows.get('data_key')!.filter((row) => row.includes('front line marks'))
  expect(keys.map((row) => row.includes('"wrapped": null'))).toEqual([true])
  // Whoever came late to a theme that was shown is heard in the end.
  expect((await pageOf('iris', `/front-line/rounds/${round}/time`)).text).toContain('Late to the party')
})

test('the database takes no small number, and the answered theme is measured again in the next round', async () => {
  const small = {
    partnership_id: house.cast.partnership,
    round_id: round,
    statement: 'time',
    levels: 'manager',
    answer: 'agree',
  }
  await expect(
    house.seen(house.system, (tx) =>
      tx
        .insertInto('front_line_result')
        .values({ ...small, least: 3, most: 3, people: 9 })
        .execute(),
    ),
  ).rejects.toThrow()
  house.clock.now = new Date('2027-01-18T10:00:00Z')
  const iris = await learners.browser('iris')
  await iris.post('/front-line/rounds', {}, { from: '/front-line' })
  const next = (await house.seen(house.as('saul'), (tx) => openRound(tx, house.cast.partnership)))!
  await answersFrom(house, { 'front-line': { agree: 20, disagree: 20 }, executive: { agree: 10 } })
  await iris.post(`/front-line/rounds/${next.id}/close`, {})
  const { text } = await (await house.browser('saul')).get('/front-line/answers')
  expect(text).toContain('Round 1: between 21 and 61 points')
  expect(text).toContain('Next, in round 2: 50 points')
})

test('levels are named beside voices only where eight spoke from each', async () => {
  const iris = await learners.browser('iris')
  await iris.post('/front-line/rounds', {}, { from: '/front-line' })
  const third = (await house.seen(house.as('saul'), (tx) => openRound(tx, house.cast.partnership)))!
  for (const [theme, levels] of Object.entries({ tools: [8, 8], training: [12, 4] }))
    for (const [i, level] of ['front-line', 'manager'].entries())
      for (let n = 0; n < levels[i]!; n++) {
        const viewer = somebodyElse(house)
        const words = { words: `${level} ${n}`, theme, level, who: 'nobody' } as const
        const at = { at: house.clock.now, zone: 'Europe/London' }
        await house.seen(viewer, (tx) => say(tx, house.house.keys, viewer, words, at))
      }
  expect((await iris.get(`/front-line/rounds/${third.id}/tools`)).text).not.toContain('From: ')
  await iris.post(`/front-line/rounds/${third.id}/close`, {})
  const tools = (await iris.get(`/front-line/rounds/${third.id}/tools`)).text
  expect(tools.match(/From: Front line/g)).toHaveLength(8)
  expect(tools.match(/From: Managers/g)).toHaveLength(8)
  const training = await iris.get(`/front-line/rounds/${third.id}/training`)
  expect(training.status).toBe(200)
  expect(training.text).not.toContain('From: ')
})
