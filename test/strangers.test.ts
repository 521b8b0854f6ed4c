import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app.ts'
import * as concerns from '../src/concerns/index.ts'
import { newId } from '../src/platform/index.ts'
import * as subjects from '../src/subjects/index.ts'
import { identitySchema } from '../src/subjects/index.ts'
import { openTestHouse, type Browser, type TestHouse } from './house.ts'
import { noticed } from './noticed.ts'
import { signForCast } from './signed-for-cast.ts'

/*
 * Every route, asked by people it is not for, with the ids of other agencies' rows and with ids of nothing: refused and
 * absent must be alike in status and in every byte but the address itself. STRANGERS=20000 asks that many times. How long
 * each took is printed, not asserted: of many pairs, half should have the refused one the slower.
 */
const wanted = Number(process.env['STRANGERS'] ?? 700)
const strangers = ['visitor', 'saul', 'wes', 'otto', 'ada'] as const

let house: TestHouse
let ids: string[]
const browsers = new Map<string, Browser>()

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const at = house.clock.now
  for (const name of ['Kezia Thorne', 'Bryony Askew'])
    await house.seen(lena, (tx) =>
      subjects.openPerson(tx, house.house.keys, lena, identitySchema.parse({ name, born_on: '2010-06-01' }), {
        as: 'lead',
        at,
      }),
    )
  const sent = await noticed(
    house,
    { people: [{ name: 'Kezia Thorne' }] },
    { viewer: house.as('priya'), channel: 'professional' },
  )
  const dena = house.as('dena')
  await house.seen(dena, async (tx) => {
    await concerns.take(tx, dena, sent.concern, at)
    await concerns.askReporter(tx, house.house.keys, dena, sent.concern, 'When was that?', at)
    await concerns.askPartners(tx, house.house.keys, dena, sent.concern, {
      agencies: [house.cast.agencies['hotel']!],
      question: 'Q',
      reason: 'R',
      at,
    })
  })
  ids = await personalIds()
  for (const name of strangers) browsers.set(name, await house.browser(name === 'visitor' ? undefined : name))
})
afterAll(() => house.close())

/** The id of every row about somebody, whatever table it stands in. */
const personalIds = async (): Promise<string[]> => {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'data_class' and not a.attisdropped)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and not a.attisdropped)
      and c.relname not in ('account', 'role_grant', 'session', 'event')`.execute(house.db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql<{ id: string }>`select id from ${sql.table(name)} limit 5`.execute(tx),
    )
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

const guarded = routes.filter(({ path }) => path.includes(':'))

/** Without ids and the form's token, which differ from page to page. */
const alike = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '').replace(/name="_csrf" value="[^"]*"/g, '')

test('what is not for somebody and what does not exist are answered alike, on every route', async () => {
  const leaks: string[] = []
  let asked = 0
  const took: { real: number; absent: number }[] = []
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const began = performance.now()
    return [await work(), performance.now() - began]
  }
  const perRoute = Math.max(1, Math.round(wanted / (guarded.length * strangers.length * 2)))
  for (const route of guarded)
    for (const name of strangers) {
      const browser = browsers.get(name)!
      const ask = async (id: () => string) => {
        asked++
        const url = route.path.replace(/:\w+/g, id)
        if (route.method === 'get') return browser.get(url)
        return browser.post(url, {}, { from: name === 'visitor' ? '/report' : '/account' })
      }
      for (let turn = 0; turn < perRoute; turn++) {
        const forReal = () => timed(() => ask(() => ids[Math.floor(Math.random() * ids.length)]!))
        const forNothing = () => timed(() => ask(newId))
        // Now the one first, now the other: whoever comes second finds everything warm.
        const first = turn % 2 ? await forNothing() : await forReal()
        const second = turn % 2 ? await forReal() : await forNothing()
        const [[real, realTook], [absent, absentTook]] = turn % 2 ? [second, first] : [first, second]
        took.push({ real: realTook, absent: absentTook })
        if (
          real.status !== absent.status ||
          alike(real.text) !== alike(absent.text) ||
          alike(real.location) !== alike(absent.location)
        )
          leaks.push(`${route.method} ${route.path} as ${name}: ${real.status} and ${absent.status}`)
      }
    }
  console.log(
    `${asked} requests to ${guarded.length} routes by ${strangers.length} strangers, ${ids.length} ids of other people's rows`,
  )
  const middle = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!.toFixed(2)
  const slower = took.filter(({ real, absent }) => real > absent).length
  console.log(
    `median ${middle(took.map(({ real }) => real))} ms where it is somebody else's, ${middle(took.map(({ absent }) => absent))} ms where there is nothing; the first took longer in ${((slower / took.length) * 100).toFixed(1)} of 100 pairs`,
  )
  expect([...new Set(leaks)]).toEqual([])
  expect(asked).toBeGreaterThan(400)
}, 600_000)
