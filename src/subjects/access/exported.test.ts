import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { dataKeyOf, newId, sealText, type Role } from '../../platform/index.ts'
import { breakGlass, involve, keepAsked, share } from '../../sharing/index.ts'
import { sealEntry } from '../sealed.ts'

/**
 * What leaves the house in a subject access pack is what Article 15 allows, and nothing else: records, viewers, seals,
 * conflicts and decisions made at random, through the pages, up to the words of both files. Written here once more as
 * sets, apart from `right.ts`: an agency's own rows of the classes D3 to D7, a sealed one by whoever is named for it,
 * prepared by one who answers for that agency and approved by another. EXPORTS_SEED repeats a run, EXPORTS_ROUNDS makes
 * it longer.
 */
const seed = Number(process.env['EXPORTS_SEED'] ?? Date.now() % 1_000_000)
const rounds = Number(process.env['EXPORTS_ROUNDS'] ?? 1)

const randomBy = (start: number) => {
  let state = start >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const random = randomBy(seed)
const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
const chance = (of: number): boolean => random() < of

/** Who might ask for it. Two managers and two guardians answer for children's social care, two for the school, one for the rest. */
const roles: Partial<Record<Name, Role[]>> = {
  mina: ['manager'],
  colm: ['duty', 'manager'],
  lena: ['practitioner'],
  priya: ['reporter-agency', 'manager'],
  saul: ['reporter-agency', 'manager'],
  hal: ['practitioner', 'manager'],
  wes: ['reporter-agency', 'practitioner', 'manager'],
  gwen: ['guardian'],
  ada: ['administrator', 'guardian'],
  otto: ['duty', 'manager', 'guardian'],
}
const pool = Object.keys(roles) as Name[]
const asked_of = ['childrens', 'school', 'housing'] as const
// Most is where most answer for it.
const suppliers = ['childrens', 'childrens', 'childrens', 'school', 'housing'] as const

let house: TestHouse
const browsers = new Map<Name, Browser>()
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  for (const name of pool) {
    const { id, partnership, roles: before } = house.cast.people[name]
    const more = roles[name]!.filter((role) => !before.includes(role))
    if (more.length > 0)
      await house.seen({ kind: 'system', partnership }, (tx) =>
        tx
          .insertInto('role_grant')
          .values(more.map((role) => ({ partnership_id: partnership, id: newId(), account_id: id, role })))
          .execute(),
      )
    browsers.set(name, await house.browser(name))
  }
})
afterAll(() => house.close())

type Row = { by?: Name; id: string; supplier: string; dataClass: string; handling: number; said: string; more: string }
type Made = { subject: string; rows: Row[]; named: Map<Name, Set<string>>; close: Set<Name>; holders: Set<string> }

let planted = 0
/** A word that is in no other text: two letters, then digits spelt so that no name, number or plate is made of it. */
const plant = (): string =>
  `zq${String(planted++)
    .padStart(5, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)}`

const agencyOf = (name: Name): string => house.as(name).agency
const answersFor = (name: Name, agency: string): boolean => {
  const { childrens, council } = house.cast.agencies
  const own = agencyOf(name) === agency
  if (name === 'otto') return false
  return (
    (own && roles[name]!.includes('manager')) ||
    ((name === 'gwen' || name === 'ada') && (agency === council || agency === childrens))
  )
}
const inLaw = ['D3', 'D4', 'D5', 'D6', 'D7']
/** The oracle: may this person read and give this row, for an agency that was asked? */
const may = ({ named, close }: Made, name: Name, row: Row, asked: string): boolean =>
  answersFor(name, asked) &&
  !close.has(name) &&
  row.supplier === asked &&
  inLaw.includes(row.dataClass) &&
  (row.handling < 2 || named.get(name)!.has(row.id))

/** What was sealed to whoever withheld it has not been looked at: for somebody who can read it, it is still to decide. */
const isLeft = (made: Made, asked: string, preparer: Name, name: Name): boolean =>
  made.rows.some((row) => may(made, name, row, asked) && !may(made, preparer, row, asked))

const makeRecord = async (): Promise<Made> => {
  const { partnership, agencies } = house.cast
  const { keys } = house.house
  const subject = newId()
  const at = house.clock.now
  const opener = agencies[one(suppliers)]!
  const made: Made = { subject, rows: [], named: new Map(), close: new Set(), holders: new Set([opener]) }
  await house.seen(house.system, async (tx) => {
    const within = { partnership_id: partnership, subject_id: subject }
    await tx
      .insertInto('subject')
      .values({
        partnership_id: partnership,
        id: subject,
        agency_id: opener,
        reference: `P-${subject.slice(0, 8)}`,
        kind: 'person',
        opened_at: at,
      })
      .execute()
    const key = await dataKeyOf(tx, keys, partnership, { kind: 'subject', id: subject })
    for (let n = 0; n < 14; n++) {
      const [said, more] = [plant(), plant()]
      const supplier = agencies[one(suppliers)]!
      const row = {
        id: newId(),
        supplier,
        dataClass: one([...inLaw, 'D2', 'D8']),
        handling: one([0, 0, 1, 2]),
        said,
        more,
      }
      made.rows.push(row)
      made.holders.add(supplier)
      await tx
        .insertInto('entry')
        .values({
          ...within,
          id: row.id,
          agency_id: supplier,
          kind: 'contact',
          happened_at: at,
          words_sealed: sealEntry(key, row.id, `${said} and ${more}`),
          key_id: key.id,
          entered_at: at,
          data_class: row.dataClass,
          handling: String(row.handling),
        })
        .execute()
    }
    const [said, more] = [plant(), plant()]
    const who = { id: newId(), supplier: agencies[one(suppliers)]!, dataClass: 'D3', handling: 0, said, more }
    made.rows.push(who)
    made.holders.add(who.supplier)
    await tx
      .insertInto('identity')
      .values({
        ...within,
        id: who.id,
        agency_id: who.supplier,
        name_sealed: sealText(key, { table: 'identity', column: 'name', row: who.id }, `${said} ${more}`),
        key_id: key.id,
        entered_at: at,
      })
      .execute()
  })
  await addReasons(made)
  // For each sealed row everybody is named, or nobody, or all but one of those who answer for its agency.
  const naming = new Map(
    made.rows.map(({ id, supplier }) => [
      id,
      { to: one(['all', 'none', 'but one', 'but one']), but: one(pool.filter((name) => answersFor(name, supplier))) },
    ]),
  )
  const isNamed = (name: Name, { id, by }: Row): boolean => {
    const { to, but } = naming.get(id)!
    return by === name || to === 'all' || (to === 'but one' && but !== name)
  }
  for (const name of pool) {
    const sealed = made.rows.filter((row) => row.handling === 2 && isNamed(name, row)).map(({ id }) => id)
    made.named.set(name, new Set(sealed))
    if (chance(0.06)) made.close.add(name)
  }
  await house.seen(house.system, async (tx) => {
    const rows = pool.flatMap((name) =>
      [...made.named.get(name)!].map((row_id) => ({
        partnership_id: partnership,
        row_id,
        subject_id: subject,
        agency_id: agencyOf(name),
        staff_id: house.as(name).staff,
        named_at: at,
      })),
    )
    const own = rows.filter(({ staff_id }) => staff_id !== house.as('otto').staff)
    if (own.length > 0)
      await tx
        .insertInto('named_person')
        .values(own)
        .onConflict((before) => before.doNothing())
        .execute()
    for (const name of made.close)
      if (name !== 'otto')
        await tx
          .insertInto('conflict')
          .values({
            partnership_id: partnership,
            id: newId(),
            subject_id: subject,
            agency_id: agencyOf(name),
            staff_id: house.as(name).staff,
            kind: 'relative',
            declared_at: at,
          })
          .execute()
  })
  return made
}

/** What the agencies' people said of what they did: told to others, asked, asked in, or opened in an emergency. */
const addReasons = async ({ subject, rows }: Made): Promise<void> => {
  const { keys } = house.house
  const at = house.clock.now
  for (const name of ['lena', 'saul', 'hal'] as const) {
    const viewer = house.as(name)
    const add = (dataClass: string, handling: number, id = '') => {
      const row = { id, supplier: viewer.agency, dataClass, handling, said: plant(), more: plant() }
      rows.push(row)
      return `${row.said} and ${row.more}`
    }
    await house.seen(viewer, async (tx) => {
      const part = { subject, agency: viewer.agency, staff: viewer.staff, role: 'circle', contact: '', at } as const
      await involve(tx, viewer, part, { said: { keys, why: add('D4', 0) } })
      await keepAsked(tx, keys, viewer, { subject, why: add('D4', 1), shown: 0, at })
      await breakGlass(tx, keys, viewer, { subject, why: add('D7', 1), minutes: 15, at })
      const handling = one([0, 2] as const)
      const recipient = house.cast.agencies['police']!
      const about = { subject, recipient, name: '', role: '', classes: ['D4'] as const, ...safeguarding, wishes: null }
      const told = { method: 'by phone', consent: null, notTold: null, outside: 'so', expires: null } as const
      const why = add('D7', handling)
      const kept = await share(
        tx,
        keys,
        viewer,
        { ...about, why, at, ...told },
        { age: 'child', handling, closeness: 0 },
      )
      // Whoever decided it is named for it.
      Object.assign(rows.at(-1)!, { id: (kept as { id: string }).id, by: name })
    })
  }
}

let cases = 0
let given = 0
const differences: string[] = []
const same = (what: string, got: unknown, wanted: unknown): void => {
  cases++
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    differences.push(`${what}: ${JSON.stringify(got)} where ${JSON.stringify(wanted)} is right`)
}

const spansIn = (text: string): string[] => [...new Set([...text.matchAll(/name="(span-\d+-\d+)"/g)].map((m) => m[1]!))]
const plain = (text: string): string => text.replace(/<\/?mark[^>]*>/g, '')

/** Goes through the items as whoever prepares the pack: gives what they can read, and sometimes hides a word of it. */
const prepare = async (made: Made, request: string, asked: string, preparer: Name) => {
  const browser = browsers.get(preparer)!
  const released: Row[] = []
  const hidden = new Set<string>()
  const links = [
    ...new Set(
      [...(await browser.get(request)).text.matchAll(/href="([^"]+\/items\/[0-9a-f-]{36})"/g)].map((m) => m[1]!),
    ),
  ]
  const seen = new Set<string>()
  for (const link of links) {
    const text = plain((await browser.get(link)).text)
    const row = made.rows.find(({ said }) => text.includes(said))
    if (row) seen.add(row.said)
    const give = row !== undefined && chance(0.8)
    const hides = give && chance(0.3)
    const form: Record<string, string> = Object.fromEntries(spansIn(text).map((span) => [span, 'show']))
    if (hides) form['also'] = row.more
    const sent = await browser.post(
      link,
      give ? { ...form, outcome: 'release' } : { outcome: 'withhold', exemption: 'crime', why: 'so' },
    )
    if (sent.status !== 303) differences.push(`${link} as ${preparer} answered ${sent.status}`)
    if (give) released.push(row)
    if (hides) hidden.add(row.more)
  }
  for (const row of made.rows)
    same(`${preparer} reads ${JSON.stringify(row)}`, seen.has(row.said), may(made, preparer, row, asked))
  return { released, hidden }
}

const approve = async (
  made: Made,
  request: string,
  asked: string,
  { preparer, released }: { preparer: Name; released: Row[] },
) => {
  const answering = pool.filter((name) => answersFor(name, asked))
  const can = (name: Name): boolean =>
    name !== preparer &&
    !made.close.has(name) &&
    !isLeft(made, asked, preparer, name) &&
    released.every((row) => may(made, name, row, asked))
  const able = answering.filter(can)
  const second = one(able.length > 0 && chance(0.7) ? able : answering)
  const browser = browsers.get(second)!
  const edition = /name="edition" value="([^"]+)"/.exec((await browser.get(`${request}/approve`)).text)?.[1] ?? ''
  const sent = await browser.post(`${request}/approve`, { outcome: 'approved', edition }, { from: '/account' })
  const wanted = can(second)
  same(`${second} approves what ${preparer} prepared`, sent.status === 303, wanted)
  return wanted
}

type Given = { preparer: Name; approved: boolean; released: Row[]; hidden: ReadonlySet<string> }
/** Both files, as everybody: whoever may have all of it gets exactly what was given, and for the rest there is no file. */
const takeOut = async (
  made: Made,
  request: string,
  asked: string,
  { preparer, approved, released, hidden }: Given,
): Promise<void> => {
  const words = new Set(released.flatMap(({ said, more }) => [said, more]).filter((word) => !hidden.has(word)))
  const all = made.rows.flatMap(({ said, more }) => [said, more])
  let paper = false
  for (const name of pool) {
    const got = await browsers.get(name)!.get(`${request}/pack.json`)
    const gets =
      approved &&
      answersFor(name, asked) &&
      !made.close.has(name) &&
      !isLeft(made, asked, preparer, name) &&
      released.every((row) => may(made, name, row, asked))
    same(`${name} takes it out`, got.status, gets ? 200 : 404)
    for (const word of all) same(`${word} for ${name}`, got.text.includes(word), gets && words.has(word))
    if (!gets || paper) continue
    paper = true
    given += words.size
    const text = await paperFor(name, request)
    for (const word of all) same(`${word} on paper`, text.includes(word), words.has(word))
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-exported-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
const paperFor = async (name: Name, request: string): Promise<string> => {
  const cookie = [...browsers.get(name)!.cookies]
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('; ')
  const got = await house.app.inject({ url: `${request}/pack.pdf`, headers: { host: 'elmshire.test', cookie } })
  if (got.statusCode !== 200) return ''
  const file = path.join(folder, 'pack.pdf')
  fs.writeFileSync(file, got.rawPayload)
  return execFileSync('pdftotext', ['-layout', file, '-']).toString()
}

test(`what a pack holds is what Article 15 allows (seed ${seed})`, async () => {
  const asked_on = { 'asked_on-day': '20', 'asked_on-month': '11', 'asked_on-year': '2026' }
  const on = { 'on-day': '23', 'on-month': '11', 'on-year': '2026' }
  for (let round = 0; round < rounds; round++) {
    const made = await makeRecord()
    for (const name of pool) {
      const door = (await browsers.get(name)!.get(`/people/${made.subject}/access`)).status
      const opens = [...made.holders].some((agency) => answersFor(name, agency)) && !made.close.has(name)
      same(`${name} at the door`, door, opens ? 200 : 404)
    }
    for (const code of asked_of) {
      const asked = house.cast.agencies[code]!
      const who = pool.filter((name) => answersFor(name, asked) && !made.close.has(name))
      if (who.length === 0 || !made.holders.has(asked)) continue
      const preparer = one(who)
      const browser = browsers.get(preparer)!
      const form = { agency: asked, asker: 'herself', capacity: 'person', ...asked_on }
      const request = (await browser.post(`/people/${made.subject}/access`, form)).location.split('?')[0]!
      await browser.post(`${request}/identity`, { how: 'known', note: 'seen', ...on })
      const prepared = await prepare(made, request, asked, preparer)
      const approved = await approve(made, request, asked, { preparer, ...prepared })
      await takeOut(made, request, asked, { preparer, approved, ...prepared })
    }
  }
  expect(differences.slice(0, 3)).toEqual([])
  console.log(`${cases} cases, ${given} words given out, seed ${seed}`)
}, 600_000)
