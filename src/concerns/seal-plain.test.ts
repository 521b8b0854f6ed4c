import { sql } from 'kysely'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openGround, type Ground } from '../../test/ground.ts'
import { backup, openAsOwner } from '../commands/backup.ts'
import { restore } from '../commands/restore.ts'
import { openUpToDate } from '../commands/up-to-date.ts'
import {
  asViewer,
  type Db,
  inTransaction,
  type Keys,
  migrate,
  newId,
  openKeys,
  seal,
  type Tx,
} from '../platform/index.ts'
import { loadMissingStanding } from '../sharing/index.ts'
import * as staff from '../staff/index.ts'
import { keptOf } from '../staff/queries.ts'
import { readFile } from './attachment-store.ts'
import { hashedKey } from './detail.ts'
import { openedConcern } from './opened.ts'
import { tablesToSeal } from './seal-plain.ts'

const [partnership, agency, worker, concern, file] = [newId(), newId(), newId(), newId(), newId()]
const suspension = newId()
const dena = {
  kind: 'staff',
  partnership: partnership,
  staff: worker,
  agency: agency,
  name: 'Dena',
  roles: ['duty'],
  frontDoor: true,
} as const
const hostile = 'She said \u0000 “<b>O’Brien</b>” \uF8FF \uFEFF 💚'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
let before: Ground
let keys: Keys
let archive: string
beforeAll(async () => {
  before = await openGround()
  keys = openKeys(before.config.keysFile)
  const old = await openAsOwner(before.config)
  await migrate(old.db, undefined, '0013_platform_keys.sql')
  await inTransaction(old.db, sayPlainly)
  await old.close()
  vi.spyOn(console, 'log').mockImplementation(() => {})
  archive = path.join(before.folder, 'before.backup')
  await backup(before.config, archive)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await before.clear()
})

/** What an older Trellis wrote: words as they were typed, and a file sealed with the key file's own key. */
const sayPlainly = async (tx: Tx): Promise<void> => {
  const put = (table: string, row: Record<string, unknown>) =>
    sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.id(name)))})
      values (${sql.join(Object.values(row))})`.execute(tx)
  const of = { partnership_id: partnership, agency_id: agency, concern_id: concern }
  await put('partnership', { id: partnership, slug: 'oldshire', name: 'Oldshire', place: 'Oldshire', is_default: true })
  await put('agency', {
    partnership_id: partnership,
    id: agency,
    code: 'c',
    name: 'C',
    kind: 'council',
    sector: 'statutory',
  })
  await put('account', {
    partnership_id: partnership,
    id: worker,
    agency_id: agency,
    email: 'd@example.org',
    name: 'Dena',
  })
  const closed = { partnership_id: partnership, account_id: worker, lifted_at: new Date() }
  await put('suspension', { ...closed, id: suspension, why: hostile })
  await put('concern', {
    partnership_id: partnership,
    id: concern,
    agency_id: agency,
    reference: 'ABC-DEF',
    channel: 'public',
    worry: hostile,
    about: 'one',
    place: 'Weir Street',
  })
  await put('concern_person', { ...of, id: newId(), position: 0, name: hostile })
  await put('detail', { ...of, id: newId(), kind: 'vehicle', said: 'ab12 cde', key: 'A812CDE' })
  await put('reporter', { ...of, name: hostile })
  await put('contact_opening', { ...of, id: newId(), staff_id: worker, why: hostile })
  await put('message', { ...of, id: newId(), direction: 'from reporter', kind: 'more', words: hostile })
  await put('attachment', { ...of, id: file, name: hostile, type: 'text/plain', bytes: 3, sha256: Buffer.alloc(32) })
  const sealed = seal(keys, 'attachment', Buffer.from('abc'), `${file} original 0`)
  await put('attachment_piece', {
    partnership_id: partnership,
    attachment_id: file,
    version: 'original',
    position: 0,
    sealed,
  })
  const decided = { ...of, id: newId(), frame: 'child', route: 'r', confidence: 'low', decided_by: worker }
  await put('decision', { ...decided, reason: hostile, unknowns: 'U', offered: 'O', told: 'T' })
  await put('decision_need', { ...of, decision_id: decided.id, need: 'consent', words: hostile })
}

const isSealedIn = async (db: Db): Promise<void> => {
  expect([...(await tablesToSeal(db)), ...(await staff.tablesToSeal(db))]).toEqual([])
  const kept = await asViewer(db, { kind: 'system', partnership }, (tx) => keptOf(tx, keys, partnership, worker))
  expect(kept.suspensions.map(({ why }) => why)).toEqual([hostile])
  const read = await asViewer(db, dena, async (tx) => ({
    ...(await openedConcern(tx, keys, dena, concern)),
    file: await readFile(tx, keys, partnership, file, 'original'),
  }))
  expect(read.concern).toMatchObject({ worry: hostile, place: 'Weir Street', happened: '', consent_why: null })
  expect([read.people[0]!.name, read.reporter!.name, read.messages[0]!.words, read.file.name]).toEqual(
    Array.from({ length: 4 }, () => hostile),
  )
  expect([read.standing!.reason, read.needs[0]!.words]).toEqual([hostile, hostile])
  expect(read.details).toMatchObject([{ said: 'ab12 cde' }])
  expect(read.details[0]!.key).toEqual(hashedKey(keys, partnership, { kind: 'vehicle', said: 'AB12 CDE' }))
  expect(read.file.bytes.toString()).toBe('abc')
}

test('a database from before is sealed by the next start, and its rules let no plain word in again', async () => {
  const { database, ran } = await openUpToDate(before.config)
  expect(ran).toContain('0014_concerns_sealed.sql')
  await isSealedIn(database.db)
  const plainly = asViewer(database.db, { kind: 'public', partnership: partnership }, (tx) =>
    sql`insert into concern (partnership_id, id, agency_id, reference, channel, worry, about)
      values (${partnership}, ${newId()}, ${agency}, 'ABC-DEG', 'public', 'plain', 'one')`.execute(tx),
  )
  await expect(plainly).rejects.toThrow('concern_sealed')
  await database.close()
})

test('a backup from before is sealed as it comes back', async () => {
  await restore(before.config, archive, true)
  const restored = await openAsOwner(before.config)
  // As the next start does: before, no terms were needed to see a concern.
  await loadMissingStanding(restored.db)
  await isSealedIn(restored.db)
  await restored.close()
})

test('restored without its keys it loses nothing, and the start with them seals', async () => {
  const { keysFile } = before.config
  fs.renameSync(keysFile, `${keysFile}.away`)
  await restore(before.config, archive, true)
  await expect(openUpToDate(before.config)).rejects.toThrow('put the keys that belong to this database back')
  fs.renameSync(`${keysFile}.away`, keysFile)
  const { database } = await openUpToDate(before.config)
  await isSealedIn(database.db)
  await database.close()
})
