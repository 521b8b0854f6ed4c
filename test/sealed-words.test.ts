import { sql } from 'kysely'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { openHouse } from '../src/app.ts'
import { backup, openAsOwner } from '../src/commands/backup.ts'
import { restore } from '../src/commands/restore.ts'
import { tablesIn } from '../src/commands/rows.ts'
import { answerEscalation } from '../src/concerns/answer-escalation.ts'
import { reportSchema } from '../src/concerns/concern.ts'
import * as concerns from '../src/concerns/index.ts'
import { openContact, openOriginal } from '../src/concerns/open-contact.ts'
import { openedConcern } from '../src/concerns/opened.ts'
import { pause } from '../src/concerns/pause.ts'
import {
  addName,
  conflictsToLift,
  declareConflict,
  endInvolvement,
  involve,
  liftConflict,
} from '../src/sharing/index.ts'
import { resetFactors } from '../src/staff/reset-factors.ts'
import { suspendAgency } from '../src/staff/suspend-agency.ts'
import { suspend } from '../src/staff/suspend.ts'
import {
  addEntry,
  addRelationship,
  chooseTrusted,
  endRelationship,
  identitySchema,
  openPerson,
  subjectFacts,
} from '../src/subjects/index.ts'
import type { House } from '../src/web/index.ts'
import { addMore, answer, notHeard } from '../src/concerns/say-more.ts'
import {
  asViewer,
  destroyDataKey,
  inTransaction,
  openDatabase,
  openKeys,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../src/platform/index.ts'
import type { Name } from './cast.ts'
import { openGround, type Ground } from './ground.ts'
import { openBrowser } from './house.ts'
import { handedOver, somebody } from './matters.ts'
import { decision } from './noticed.ts'

/*
 * A thousand words that exist nowhere else are said in every box there is, by the verbs that the pages use; then
 * everything the database would give away is searched for them.
 */
const cast = inject('cast')
const planted: string[] = []
const word = (): string => {
  const one = `zq${[...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`
  planted.push(one)
  return one
}
const words = () => `${word()} ${word()}, ${word()}`

let ground: Ground
let haystacks: Record<string, string>
let concern: string
beforeAll(async () => {
  ground = await openGround({ full: true })
  vi.spyOn(console, 'log').mockImplementation(() => {})
  concern = await say()
  haystacks = { 'every table': await everyTable(), ...(await dumped()), 'trellis backup': await backedUp(), ...files() }
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await ground.clear()
})

const as = (name: Name): StaffViewer => {
  const { id, partnership, agency, name: called, roles } = cast.people[name]
  const frontDoor = roles.includes('duty') || roles.includes('manager')
  return { kind: 'staff', partnership, staff: id, agency, name: called, roles, frontDoor }
}
const person = () => ({
  part: 'worried about',
  age_group: 'child',
  ...Object.fromEntries(
    ['name', 'nickname', 'age_said', 'gender', 'first_language', 'needs', 'address', 'phone', 'other_reference'].map(
      (box) => [box, words()],
    ),
  ),
  postcode: word(),
  school_or_work: words(),
  description: words(),
})
const reported = () =>
  reportSchema.parse({
    ...Object.fromEntries(
      ['worry', 'happened', 'place', 'person_wants', 'person_knows_why', 'consent_why', 'agency_reference'].map(
        (box) => [box, words()],
      ),
    ),
    danger_now: true,
    people: [person(), person()],
    details: (['vehicle', 'phone', 'name', 'nickname', 'account', 'postcode'] as const).map((kind) => ({
      kind,
      said: words(),
      note: words(),
    })),
    reporter: Object.fromEntries(
      ['name', 'relationship', 'job_title', 'contact_value', 'safe_times', 'safe_note'].map((box) => [box, words()]),
    ),
  })
const file = () => ({ name: `${word()}.txt`, type: 'text/plain', bytes: Buffer.from(words().repeat(50)) })

/** Everything that is ever said of a concern, and half-finished answers of two kinds. */
const say = async (): Promise<string> => {
  const database = await openDatabase(ground.config)
  const { house, app } = await openHouse(ground.config, database)
  const { keys } = house
  const at = new Date()
  const by = <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>) => asViewer(house.db, viewer, work)
  const [dena, colm, priya] = [as('dena'), as('colm'), as('priya')]
  let id = ''
  while (planted.length < 1000) {
    const sent = await by(priya, (tx) =>
      concerns.report(tx, keys, priya, reported(), { channel: 'professional', at, files: [file()] }),
    )
    id = (sent as concerns.Sent).concern
    const question = await by(dena, async (tx) => {
      const { clocks, attachments } = await openedConcern(tx, keys, dena, id)
      await concerns.prioritise(tx, keys, dena, id, { level: 'amber', why: words(), at })
      await pause(tx, keys, dena, id, { run: clocks[0]!.id, why: words(), at })
      await openContact(tx, keys, dena, id, words(), at)
      await openOriginal(tx, keys, dena, id, { attachment: attachments[0]!.id, why: words(), at })
      return concerns.askReporter(tx, keys, dena, id, words(), at)
    })
    const asked = { agencies: [cast.agencies['dwp']!], question: words(), reason: words(), at }
    const [check] = await by(dena, (tx) => concerns.askPartners(tx, keys, dena, id, asked))
    const wes = as('wes')
    if (wes.agency === cast.agencies['dwp'])
      await by(wes, (tx) => concerns.answerCheck(tx, keys, wes, check!, { known: 'known', answer: words(), at }))
    const decided = decision({
      ...Object.fromEntries(
        ['reason', 'unknowns', 'offered', 'told', 'limb_needs_why', 'limb_risk_why', 'limb_protect_why'].map((box) => [
          box,
          words(),
        ]),
      ),
      needs: [{ need: 'consent', choice: 'given', words: words() }],
    })
    await by(dena, (tx) => concerns.decide(tx, keys, dena, id, decided, { standing: null, at }))
    const reporter = { kind: 'reporter', partnership: cast.partnership, concern: id } as const
    await by(reporter, async (tx) => {
      await answer(tx, keys, reporter, { concern: id, question, words: words(), at })
      await addMore(tx, keys, reporter, { concern: id, words: words(), files: [file()], at })
      await notHeard(tx, keys, reporter, { concern: id, words: words(), at })
    })
    await by(colm, (tx) => answerEscalation(tx, keys, colm, id, words(), at))
    const browser = openBrowser(app)
    await browser.post('/report/danger', { danger_now: 'no' })
    await browser.post('/report/worry', { worry: words() })
  }
  await sayOfAPerson(house)
  await shutOut(house)
  await app.close()
  await database.close()
  return id
}

/** Who somebody is, what happened and where that is from, who works with them and why, and who may read what is sealed. */
const sayOfAPerson = async (house: House): Promise<void> => {
  const { keys } = house
  const lena = as('lena')
  const at = new Date()
  await asViewer(house.db, lena, async (tx) => {
    const boxes = ['name', 'known_as', 'pronouns', 'address', 'postcode', 'phone', 'nhs_number', 'other_reference']
    const who = identitySchema.parse(Object.fromEntries(boxes.map((box) => [box, word()])))
    const id = await openPerson(tx, keys, lena, who, { as: 'lead', contact: '01632 960111', at })
    const subject = (await subjectFacts(tx, lena.partnership, id))!
    const entry = { kind: 'contact', happened_at: at, data_class: 'D4', handling: 2 } as const
    const row = await addEntry(tx, keys, lena, subject, { ...entry, words: words(), source: words() }, { at })
    const colm = { subject: id, agency: as('colm').agency, staff: as('colm').staff, contact: '01632 960222', at }
    const part = await involve(tx, lena, { ...colm, role: 'circle' }, { said: { keys, why: words() } })
    await addName(tx, lena, { row, subject: id }, as('colm').staff, { keys, why: words(), at })
    const ending = { subject: id, involvement: part, reason: 'work done', at } as const
    const handover = { ...handedOver('2026-11-20'), view: words(), stays: words() }
    await endInvolvement(tx, lena, { ...ending, said: { keys, why: words() }, handover })
    const tie = { ...somebody, words: words(), continuity: 'may be lost', continuity_why: words() } as const
    const relationship = await addRelationship(tx, keys, lena, subject, { name: words() }, tie, at)
    const over = { tie: relationship, until_on: '2026-11-20', why: words(), said_by: 'a worker' } as const
    await endRelationship(tx, keys, lena, subject, over, at)
    const nan = { name: words(), tie: relationship }
    const trusted = { who: nan, backup: nan, how: 'chose', words: words(), review_on: '2027-01-01' } as const
    await chooseTrusted(tx, keys, lena, subject, trusted, at)
    await declareConflict(tx, lena, { subject: id, kind: 'relative', at })
  })
  const mina = as('mina')
  await asViewer(house.db, mina, async (tx) => {
    for (const { id } of await conflictsToLift(tx, mina))
      await liftConflict(tx, keys, mina, { conflict: id, why: words(), at })
  })
}

/** Why accounts and an agency were closed, and a second factor taken away. */
const shutOut = async (house: House): Promise<void> => {
  const ada = as('ada')
  await asViewer(house.db, ada, async (tx) => {
    await suspend(tx, house, ada, { account: as('saul').staff, why: words() })
    await resetFactors(tx, house, ada, { account: as('hal').staff, why: words() })
    await suspendAgency(tx, house, ada, { agency: cast.agencies['hotel']!, why: words() })
  })
}

/** A word can lie there as it is, or as the digits of its bytes. */
const found = (haystack: string): string[] => {
  const there = new Set(haystack.match(/zq[a-z]{10}/g))
  for (const hex of haystack.match(/7a71(?:6[1-9a-f]|7[0-9a]){10}/g) ?? [])
    there.add(Buffer.from(hex, 'hex').toString())
  return planted.filter((one) => there.has(one))
}

const everyTable = async (): Promise<string> => {
  const database = await openAsOwner(ground.config)
  const text = await inTransaction(database.db, async (tx) => {
    const lines: string[] = []
    for (const table of await tablesIn(tx)) {
      const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.table(table)} t`.execute(tx)
      lines.push(table, ...rows.map(({ line }) => line))
    }
    const logs = await sql<{ file: string | null }>`select pg_current_logfile() as file`.execute(tx)
    const log = logs.rows[0]?.file
    if (log) lines.push((await sql<{ t: string }>`select pg_read_file(${log}) as t`.execute(tx)).rows[0]!.t)
    return lines.join('\n')
  })
  await database.close()
  return text
}

const dumped = async (): Promise<Record<string, string>> => {
  if (!ground.config.ownerUrl) return {}
  try {
    return { pg_dump: execFileSync('pg_dump', [ground.config.ownerUrl], { maxBuffer: 2 ** 30, encoding: 'latin1' }) }
  } catch {
    // A server without its tools here: every table was read above.
    return {}
  }
}

const backedUp = async (): Promise<string> => {
  const to = path.join(ground.folder, 'all.backup')
  await backup(ground.config, to)
  const bytes = fs.readFileSync(to)
  const start = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1
  return bytes.subarray(0, start).toString() + gunzipSync(bytes.subarray(start, -64)).toString('latin1')
}

/** The embedded database's own files, its write-ahead log among them. */
const files = (): Record<string, string> => {
  const folder = path.join(ground.folder, 'database')
  if (!fs.existsSync(folder)) return {}
  const all = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return { 'its files': all.map((one) => fs.readFileSync(path.join(one.parentPath, one.name), 'latin1')).join('\n') }
}

test('of a thousand planted words none is found in the tables, a dump, a backup or the log; a word that is not sealed is', () => {
  expect(planted.length).toBeGreaterThanOrEqual(1000)
  for (const [name, haystack] of Object.entries(haystacks)) {
    expect(found(haystack), name).toEqual([])
    expect(haystack.includes('concern decided'), `${name} was searched`).toBe(true)
  }
})

test('the words are there for whoever may read them, and gone for everybody once the key is destroyed', async () => {
  const database = await openDatabase(ground.config)
  const { house, app } = await openHouse(ground.config, database)
  const dena = as('dena')
  const read = () => asViewer(house.db, dena, (tx) => openedConcern(tx, house.keys, dena, concern))
  const text = JSON.stringify(await read())
  expect(found(text).length).toBeGreaterThan(100)
  expect(found(Buffer.from(text).toString('hex')).length).toBe(found(text).length)
  await asViewer(house.db, dena, (tx) => destroyDataKey(tx, dena, { kind: 'concern', id: concern }, 'right to erasure'))
  const after = await read()
  expect(found(JSON.stringify(after))).toEqual([])
  expect(after.concern.worry).toBe('[erased]')
  await app.close()
  await database.close()
})

test('a backup from before the key was destroyed does not bring the words back where they were erased', async () => {
  await restore(ground.config, path.join(ground.folder, 'all.backup'), true)
  const database = await openDatabase(ground.config)
  const dena = as('dena')
  const keys = openKeys(ground.config.keysFile)
  const after = await asViewer(database.db, dena, (tx) => openedConcern(tx, keys, dena, concern))
  expect(after.concern.worry).toBe('[erased]')
  await database.close()
}, 120_000)
