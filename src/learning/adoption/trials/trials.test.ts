import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { enterLearners, type Learners } from '../../../../test/learning.ts'
import { newId } from '../../../platform/index.ts'
import { enterLibrary } from '../../library/enter.ts'
import { withdrawEntry } from '../../library/withdraw.ts'
import { trialsLeft, usesOf } from './queries.ts'

/* Nell’s partnership wrote a finding; Otto’s, another one on the same server, takes it up. */
let house: TestHouse
let learners: Learners
let otto: Browser
let entry: string
let finding: string
let library: string
let trial: string
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
  otto = await house.browser('otto')
  const nell = learners.as('nell')
  const words = 'Plans that end at a birthday end when somebody is most at risk'
  const source = { field: 'learning', paragraph: 1 }
  await house.seen(nell, async (tx) => {
    const said = {
      kind: 'practice-note',
      title: 'Elmshire’s note',
      summary: 'S',
      area: 'Elmshire',
      region: 'Midlands',
    } as const
    const more = { size: 'small', methodology: '', year: 2026, areas: [], report: null, prose: 'P', draft: newId() }
    const findings = [{ words, themes: [], boundary: 'age', strength: 'seen', source }]
    const { id, slug } = await enterLibrary(tx, nell, { ...said, ...more, findings }, house.clock.now)
    entry = id
    library = `/library/${slug}/findings/1`
    const row = await tx
      .selectFrom('library_finding')
      .select('id')
      .where('entry_id', '=', entry)
      .executeTakeFirstOrThrow()
    finding = row.id
  })
})
afterAll(() => house.close())

const wanted = (named: 'yes' | 'no') => ({
  trying: 'No plan ends in the month of a birthday',
  hypothesis: 'Fewer people come back within a year',
  owner: house.cast.people.otto.id,
  named,
  'starts-day': '17',
  'starts-month': '11',
  'starts-year': '2026',
})
/** A word that follows another comes after it. */
const later = () => void (house.clock.now = new Date(house.clock.now.getTime() + 60_000))
const uses = async () =>
  ((await house.seen(house.anyone, (tx) => usesOf(tx, [finding]))).get(finding) ?? []).map(
    ({ area, state, told, since }) => ({
      area,
      state,
      told,
      since,
    }),
  )

test('another partnership takes up a finding, and what is missing is said', async () => {
  const empty = await otto.post(`/adoption/new/${finding}`, { owner: house.cast.people.dena.id })
  expect(empty.status).toBe(422)
  for (const words of ['Say what you will try', 'Select who owns it', 'Select whether the library may name you'])
    expect(empty.text).toContain(words)
  const begun = await otto.post(`/adoption/new/${finding}`, wanted('no'))
  expect(begun.status).toBe(303)
  trial = begun.location.split('/')[2]!.split('?')[0]!
  const shown = (await otto.get(begun.location)).text
  for (const words of ['Plans that end at a birthday', 'Fewer people come back', 'Otto Reed', 'Learnt in Elmshire'])
    expect(shown).toContain(words)
  expect((await otto.get('/work')).text).toContain('No plan ends in the month of a birthday')
})

test('who wrote it sees that it is tried and not by whom; the database shows them nothing else', async () => {
  const nell = await learners.browser('nell')
  const ours = (await nell.get('/adoption/ours')).text
  expect(ours).toContain('Another area, since November 2026: is trying it')
  expect(ours).not.toMatch(/Oakshire|No plan ends/)
  expect((await nell.get(`/adoption/${trial}`)).status).toBe(404)
  const rows = await house.seen(learners.as('nell'), async (tx) => [
    (await sql`select * from adoption`.execute(tx)).rows,
    (await sql`select * from adoption_owner`.execute(tx)).rows,
  ])
  expect(rows).toEqual([[], []])
  const { rows: told } = await house.seen(house.anyone, (tx) => sql`select * from finding_use`.execute(tx))
  expect(JSON.stringify(told)).not.toContain(house.cast.people.otto.partnership)
  expect(JSON.stringify(told)).not.toContain(trial)
  const { rows: log } = await house.seen(house.system, (tx) =>
    sql`select viewer, staff_id, agency_id, detail from event where kind = 'finding used'`.execute(tx),
  )
  expect(log).toEqual([{ viewer: 'system', staff_id: null, agency_id: null, detail: { state: 'trying' } }])
})

test('what was seen is written down on its day, several times, and never for a day to come', async () => {
  const on = (day: string) => ({ 'seen-day': day, 'seen-month': '11', 'seen-year': '2026' })
  expect((await otto.post(`/adoption/${trial}`, { words: 'W', ...on('30') })).text).toContain('must be today or before')
  await otto.post(`/adoption/${trial}`, { words: 'Two plans went on', ...on('22') })
  await otto.post(`/adoption/${trial}`, { words: 'Staff asked why', ...on('18') })
  const shown = (await otto.get(`/adoption/${trial}`)).text
  expect(shown.indexOf('Staff asked why')).toBeLessThan(shown.indexOf('Two plans went on'))
})

test('what came of it is public in the words chosen for it, and the area by name once it agrees, until it does not', async () => {
  const path = `/adoption/${trial}/outcome`
  const on = { 'decided-day': '23', 'decided-month': '11', 'decided-year': '2026' }
  expect((await otto.post(path, { outcome: 'adapt', ...on })).text).toContain('Say why')
  await otto.post(path, { do: 'keep', why: 'Half a reason' })
  expect((await otto.get(path)).text).toContain('Half a reason')
  await otto.post(path, {
    do: 'go',
    outcome: 'adapt',
    why: 'Our panel is late',
    told: 'It needs a panel in time.',
    ...on,
  })
  const use = { area: '', state: 'adapt', told: 'It needs a panel in time.', since: '2026-11-01' }
  expect(await uses()).toEqual([use])
  const visitor = await house.browser()
  const page = (await visitor.get(library)).text
  expect(page).toContain('Another area, since November 2026: adapted it')
  expect(page).toContain('It needs a panel in time.')
  expect(page).not.toMatch(/Our panel is late|\/adoption\/new/)
  expect((await otto.get(library)).text).toContain(`/adoption/new/${finding}`)
  later()
  await otto.post(`/adoption/${trial}/naming`, {}, { from: `/adoption/${trial}` })
  expect(await uses()).toEqual([{ ...use, area: 'Oakshire' }])
  later()
  await otto.post(`/adoption/${trial}/naming`, {}, { from: `/adoption/${trial}` })
  expect(await uses()).toEqual([use])
  later()
  await otto.post(path, { outcome: 'stop', why: 'No money', told: '', ...on })
  expect(await uses()).toEqual([{ ...use, state: 'stop', told: '' }])
  const shown = (await otto.get(`/adoption/${trial}`)).text
  expect(shown).toContain('Our panel is late')
  expect(shown).toContain('No money')
})

test('whoever owns a trial may write it on without the role, and no longer once it is somebody else’s', async () => {
  const nell = await learners.browser('nell')
  const named = { ...wanted('yes'), owner: house.cast.people.ada.id }
  const own = (await nell.post(`/adoption/new/${finding}`, named)).location.split('?')[0]!
  const ada = await house.browser('ada')
  expect((await ada.get('/work')).text).toContain('Trials that you own')
  expect((await ada.get(own)).text).toContain('Fewer people come back')
  const seen = { words: 'Nothing yet', 'seen-day': '20', 'seen-month': '11', 'seen-year': '2026' }
  expect((await ada.post(own, seen)).status).toBe(303)
  expect((await ada.get('/adoption')).status).toBe(404)
  const { ada: account } = house.cast.people
  const left = await house.seen(house.as('ada'), (tx) => trialsLeft(tx, account.partnership, { account: account.id }))
  expect(left).toBe(1)
  const iris = await learners.browser('iris')
  expect((await iris.get(own)).text).toContain('Nothing yet')
  expect((await iris.post(own, seen)).status).toBe(404)
  for (const name of ['wes', 'otto'] as const) expect((await (await house.browser(name)).get(own)).status).toBe(404)
  await nell.post(`${own}/owner`, { owner: learners.as('nell').staff })
  expect((await ada.get(own)).status).toBe(404)
  expect((await nell.get('/adoption/ours')).text).toContain('Elmshire, since November 2026: is trying it')
})

test('a decision about a programme goes by a finding that is tried', async () => {
  const { location } = await otto.post('/decisions/new', { name: 'Birthday letters', about: 'A' })
  const path = location
  const words = { alternatives: 'A', why: 'W', decided_by: 'B', care: 'C', boundary: 'D', curiosity: 'E' }
  const days = { 'decided-day': '20', 'decided-month': '11', 'decided-year': '2026' }
  const review = { 'review-day': '1', 'review-month': '3', 'review-year': '2027' }
  await otto.post(path, { outcome: 'stop', findings: trial, ...words, ...days, ...review })
  const shown = (await otto.get(path.replace('/decide', ''))).text
  expect(shown).toContain('By which findings of other areas')
  expect(shown).toContain(`/adoption/${trial}`)
})

test('a finding that is withdrawn takes its uses with it, and the trial stands without its words', async () => {
  const nell = learners.as('nell')
  await house.seen(nell, (tx) => withdrawEntry(tx, nell, entry, 'It names a child', house.clock.now))
  expect(await uses()).toEqual([])
  const shown = (await otto.get(`/adoption/${trial}`)).text
  expect(shown).toContain('The finding was withdrawn from the library')
  expect(shown).toContain('Fewer people come back')
  expect(shown).not.toContain('most at risk')
  expect((await otto.get(`/adoption/new/${finding}`)).status).toBe(404)
})
