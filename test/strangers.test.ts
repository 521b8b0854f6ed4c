import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app.ts'
import { isId, newId, type Role } from '../src/platform/index.ts'
import { csrfToken } from '../src/web/csrf.ts'
import { openTestHouse, type Browser, type TestHouse } from './house.ts'
import { oneOfEach, type OneOfEach } from './one-of-each.ts'

/*
 * Every route, asked by people it is not for, with the ids of other agencies' rows and with ids of nothing: refused and
 * absent must be alike in status and in every byte but the address itself. Each route is asked by its own address, of
 * rows that belong together; and with ids of any other kind. Two of the strangers hold every role that works with
 * people, one in an agency that has not signed and one, a guardian too, in another partnership: no page is shut to them
 * by its role alone. STRANGERS=20000 asks that many times. How long each took is printed, not asserted: of many pairs, half should
 * have the refused one the slower.
 */
const wanted = Number(process.env['STRANGERS'] ?? 700)
const strangers = ['visitor', 'saul', 'wes', 'otto', 'ada'] as const

let house: TestHouse
let ids: string[]
let known: OneOfEach
const browsers = new Map<string, Browser>()

beforeAll(async () => {
  house = await openTestHouse()
  known = await oneOfEach(house)
  ids = await personalIds()
  // A guardian answers for the whole partnership, so only one of another partnership is a stranger.
  await alsoGive('wes', ['duty', 'manager'])
  await alsoGive('otto', ['practitioner', 'manager', 'guardian'])
  for (const name of strangers) browsers.set(name, await house.browser(name === 'visitor' ? undefined : name))
}, 60_000)
afterAll(() => house.close())

const alsoGive = async (name: 'wes' | 'otto', roles: readonly Role[]): Promise<void> => {
  const { id, partnership } = house.cast.people[name]
  await house.seen({ kind: 'system', partnership }, (tx) =>
    tx
      .insertInto('role_grant')
      .values(roles.map((role) => ({ partnership_id: partnership, id: newId(), account_id: id, role })))
      .execute(),
  )
}

/** The id of every row about somebody, whatever table it stands in. */
const personalIds = async (): Promise<string[]> => {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'data_class' and not a.attisdropped)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and not a.attisdropped)
      and c.relname not in ('account', 'role_grant', 'session', 'event')`.execute(house.db)
  const found: string[] = []
  const empty: string[] = []
  for (const { name } of tables) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql<{ id: string }>`select id from ${sql.table(name)} limit 5`.execute(tx),
    )
    found.push(...rows.map(({ id }) => id))
    if (rows.length === 0) empty.push(name)
  }
  console.log(`${found.length} ids; no row in ${empty.join(', ') || 'no table'}`)
  return found
}

const guarded = routes.filter(({ path }) => path.includes(':'))
/** What stands under these is about somebody, so each such route has its own address here or the test says that it lacks one. */
const aboutSomebody = /^\/(people|meetings|concerns|joining|sent|receipt|checks|alerts|conflicts|retention)\//

/** The ids that one route is asked with, by the longest beginning that is known. */
const idsOf = (path: string): Record<string, string> | undefined => {
  const [, own] = known.filter(([head]) => path.startsWith(head)).sort(([a], [b]) => b.length - a.length)[0] ?? []
  return own && [...path.matchAll(/:(\w+)/g)].every(([, name]) => own[name!]) ? own : undefined
}

/** Without ids and the form's token, which differ from page to page. */
const alike = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '').replace(/name="_csrf" value="[^"]*"/g, '')

test('every route about somebody has an address of its own to be asked by', () => {
  const lacking = guarded.map(({ path }) => path).filter((path) => aboutSomebody.test(path) && !idsOf(path))
  // Rules of retention are about nobody.
  expect([...new Set(lacking)]).toEqual(['/retention/rules/:rule'])
})

test('what is not for somebody and what does not exist are answered alike, on every route', async () => {
  const leaks: string[] = []
  let asked = 0
  let own = 0
  const took: { real: number; absent: number }[] = []
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const began = performance.now()
    return [await work(), performance.now() - began]
  }
  const perRoute = Math.max(1, Math.round(wanted / (guarded.length * strangers.length * 2)))
  for (const route of guarded)
    for (const name of strangers) {
      const browser = browsers.get(name)!
      const ask = async (id: (name: string) => string) => {
        asked++
        const url = route.path.replace(/:(\w+)/g, (_, name: string) => id(name))
        if (route.method === 'get') return browser.get(url)
        // As any page would give it to this browser: a page to read it from would be opened thousands of times.
        const token = csrfToken(house.house.keys, Object.fromEntries(browser.cookies))
        return browser.post(url, {}, { token })
      }
      for (let turn = 0; turn < perRoute; turn++) {
        const mine = turn % 4 < 2 ? idsOf(route.path) : undefined
        if (mine) own++
        const forReal = () => timed(() => ask((name) => mine?.[name] ?? ids[Math.floor(Math.random() * ids.length)]!))
        // A word in an address is no id: a step of a form, or a card of a story, is the same for what exists and what does not.
        const wordOf = (name: string) => (mine?.[name] && !isId(mine[name]) ? mine[name] : undefined)
        const forNothing = () => timed(() => ask((name) => wordOf(name) ?? newId()))
        // Now the one first, now the other: whoever comes second finds everything warm.
        const nothingFirst = took.length % 2 === 1
        const first = nothingFirst ? await forNothing() : await forReal()
        const second = nothingFirst ? await forReal() : await forNothing()
        const [[real, realTook], [absent, absentTook]] = nothingFirst ? [second, first] : [first, second]
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
    `${asked} requests to ${guarded.length} routes by ${strangers.length} strangers, ${own} of them with an address of its own, ${ids.length} ids of other people's rows`,
  )
  const middle = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!.toFixed(2)
  const slower = took.filter(({ real, absent }) => real > absent).length
  console.log(
    `median ${middle(took.map(({ real }) => real))} ms where it is somebody else's, ${middle(took.map(({ absent }) => absent))} ms where there is nothing; the first took longer in ${((slower / took.length) * 100).toFixed(1)} of 100 pairs`,
  )
  expect([...new Set(leaks)]).toEqual([])
  expect(asked).toBeGreaterThan(400)
}, 600_000)
