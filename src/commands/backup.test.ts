import { sql } from 'kysely'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { openGround, type Ground } from '../../test/ground.ts'
import { inTransaction, newId, openDatabase, openKeys, readConfig, seal, type Tx, unseal } from '../platform/index.ts'
import { backup, openAsOwner } from './backup.ts'
import { restore } from './restore.ts'
import { countRows, tablesIn } from './rows.ts'

const onPostgres = 'owner' in inject('copyFrom')
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const hostile = 'O’Brien\u0000 \uF8FF \u2028 "\\n" \ud83d\udc9a <script> =1+1 ‮'

let from: Ground
let file: string
let said: string[]
beforeAll(async () => {
  from = await openGround({ full: true })
  file = path.join(from.folder, 'everything.backup')
  await owner(from, async (tx) => {
    const id = newId()
    const sealed = seal(openKeys(from.config.keysFile), 'draft', Buffer.from(hostile), id)
    const partnership_id = inject('cast').partnership
    await tx
      .insertInto('draft')
      .values({
        partnership_id,
        id,
        token_hash: Buffer.from('token'),
        kind: 'report',
        sealed,
        expires_at: new Date('2099-01-01'),
      })
      .execute()
    await tx
      .updateTable('agency')
      .set({ name: hostile })
      .where('code', '=', 'hotel')
      .where('partnership_id', '=', partnership_id)
      .execute()
    await tx
      .insertInto('event')
      .values({
        partnership_id,
        id: newId(),
        kind: 'something done',
        viewer: 'system',
        about_kind: 'draft',
        about_id: id,
        detail: JSON.stringify({ n: 1 }),
      })
      .execute()
  })
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said?.push(line))
  await backup(from.config, file)
})
beforeEach(() => {
  said = []
})
afterAll(async () => {
  vi.restoreAllMocks()
  await from.clear()
})

const owner = async <T>(ground: Ground, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const database = await openAsOwner(ground.config)
  try {
    return await inTransaction(database.db, work)
  } finally {
    await database.close()
  }
}
const counts = (ground: Ground) => owner(ground, async (tx) => countRows(tx, await tablesIn(tx)))
const opened = async (ground: Ground, keysFile: string) => {
  const draft = await owner(ground, (tx) =>
    tx
      .selectFrom('draft')
      .select(['id', 'sealed'])
      .where('token_hash', '=', Buffer.from('token'))
      .executeTakeFirstOrThrow(),
  )
  return unseal(openKeys(keysFile), 'draft', draft.sealed, draft.id).toString()
}

describe('into an empty place', () => {
  let to: Ground
  let saidThen: string
  beforeAll(async () => {
    to = await openGround()
    said = []
    await restore(to.config, file, false)
    saidThen = said.join('\n')
  })
  afterAll(() => to.clear())

  test('the command warns that the keys which belong to it are not here', () => {
    expect(saidThen).toContain('THE KEYS THAT BELONG TO THIS BACKUP ARE NOT IN')
  })

  test('every row comes back', async () => {
    const before = await counts(from)
    expect(await counts(to)).toEqual(before)
    expect(before['agency']).toBe(14)
  })

  test('words come back byte for byte', async () => {
    const names = await owner(to, (tx) => tx.selectFrom('agency').select('name').where('code', '=', 'hotel').execute())
    expect(names.map(({ name }) => name)).toContain(hostile)
  })

  test('a sealed draft opens with the keys of the old place, and only with them', async () => {
    expect(await opened(to, from.config.keysFile)).toBe(hostile)
    await expect(opened(to, path.join(to.folder, 'other-keys.json'))).rejects.toThrow()
  })

  test('what is numbered goes on after the highest number', async () => {
    const [last, next] = await owner(to, async (tx) => {
      const seqs = async () => (await sql<{ seq: number }>`select max(seq) as seq from event`.execute(tx)).rows[0]!.seq
      const before = await seqs()
      const partnership_id = inject('cast').partnership
      await tx
        .insertInto('event')
        .values({ partnership_id, id: newId(), kind: 'next', viewer: 'system', about_kind: 'x', about_id: newId() })
        .execute()
      return [before, await seqs()]
    })
    expect(next).toBe(last! + 1)
  })

  test('every foreign key stands again', async () => {
    const keys = (ground: Ground) =>
      owner(
        ground,
        async (tx) =>
          (
            await sql<{
              n: number
            }>`select count(*) as n from pg_constraint where contype = 'f' and convalidated`.execute(tx)
          ).rows[0]!.n,
      )
    expect(await keys(to)).toBe(await keys(from))
  })

  test('the app can serve from it', async () => {
    const database = await openDatabase(to.config)
    const { rows } = await sql<{ n: number }>`select count(*) as n from partnership`.execute(database.db)
    await database.close()
    expect(rows[0]!.n).toBe(2)
  })

  test('it is not written over what is there, unless that is asked for', async () => {
    await owner(to, (tx) => sql`delete from event`.execute(tx))
    fs.copyFileSync(from.config.keysFile, to.config.keysFile)
    await expect(restore(to.config, file, false)).rejects.toThrow('This database is not empty')
    await restore(to.config, file, true)
    expect(await counts(to)).toEqual(await counts(from))
    expect(said.join('\n')).not.toContain('THE KEYS')
  })
})

describe('the file', () => {
  test('is readable by its owner alone, holds no key, and the command says to keep those apart', async () => {
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    const keys = JSON.parse(fs.readFileSync(from.config.keysFile, 'utf8')) as {
      pepper: string
      keys: Record<string, string>
    }
    const text = fs.readFileSync(file, 'latin1')
    for (const secret of [keys.pepper, ...Object.values(keys.keys)]) expect(text).not.toContain(secret)
    await backup(from.config, `${file}.2`)
    expect(said.join('\n')).toContain('THE KEYS ARE NOT IN IT')
  })

  test('never overwrites another', async () => {
    await expect(backup(from.config, file)).rejects.toThrow('is there already')
  })

  test('that lost a byte, or had one turned over, is refused before anything is touched', async () => {
    const to = await openGround()
    const bytes = fs.readFileSync(file)
    const damaged = path.join(to.folder, 'damaged')
    const turned = Buffer.from(bytes)
    turned[Math.floor(bytes.length / 2)]! ^= 1
    for (const wrong of [bytes.subarray(0, -1), turned, bytes.subarray(0, 200)]) {
      fs.writeFileSync(damaged, wrong)
      await expect(restore(to.config, damaged, true)).rejects.toThrow('is damaged')
    }
    expect(fs.existsSync(path.join(to.folder, 'database'))).toBe(false)
    await to.clear()
  })

  test('that is something else is said to be', async () => {
    await expect(restore(from.config, path.join(from.folder, 'keys.json'), true)).rejects.toThrow(
      'is not a backup of Trellis',
    )
  })

  test('of another history is refused', async () => {
    const other = path.join(from.folder, 'other')
    const { createHash } = await import('node:crypto')
    const text = fs
      .readFileSync(file)
      .subarray(0, -64)
      .toString('latin1')
      .replace('0001_platform.sql', '0001_something.sql')
    fs.writeFileSync(other, Buffer.from(text + createHash('sha256').update(text, 'latin1').digest('hex'), 'latin1'))
    await expect(restore(from.config, other, true)).rejects.toThrow('made by another Trellis')
    expect((await counts(from))['partnership']).toBe(2)
  })
})

describe('what else is refused', () => {
  test('an empty database has nothing to back up', async () => {
    const empty = await openGround()
    await expect(backup(empty.config, path.join(empty.folder, 'x'))).rejects.toThrow('there is nothing to back up')
    expect(fs.readdirSync(empty.folder).filter((name) => name.startsWith('x'))).toEqual([])
    await empty.clear()
  })

  test('a place that is being served: the embedded one cannot be opened twice, PostgreSQL is not replaced below anybody', async () => {
    const served = await openDatabase(from.config)
    await sql`select 1`.execute(served.db)
    await expect(restore(from.config, file, true)).rejects.toThrow(
      onPostgres ? 'Stop it first' : 'already open in this process',
    )
    await served.close()
  })

  test.runIf(onPostgres)('without the owner’s address, PostgreSQL is neither backed up nor restored', async () => {
    const config = readConfig({ ...from.env, DATABASE_OWNER_URL: '' })
    await expect(backup(config, `${file}.3`)).rejects.toThrow('Set DATABASE_OWNER_URL')
  })

  test.runIf(onPostgres)(
    'an owner that cannot see past row-level security would leave rows out, so it is refused',
    async () => {
      const suffix = newId().slice(0, 8)
      await owner(from, (tx) =>
        sql
          .raw(
            `create role plain_${suffix} login password 'plain'; grant select on all tables in schema public to plain_${suffix}`,
          )
          .execute(tx),
      )
      const url = new URL(from.env['DATABASE_OWNER_URL']!)
      Object.assign(url, { username: `plain_${suffix}`, password: 'plain' })
      const config = readConfig({ ...from.env, DATABASE_OWNER_URL: url.href })
      await expect(backup(config, `${file}.4`)).rejects.toThrow('cannot see past row-level security')
      expect(fs.existsSync(`${file}.4`)).toBe(false)
      await owner(from, (tx) => sql.raw(`drop owned by plain_${suffix}; drop role plain_${suffix}`).execute(tx))
    },
  )
})

describe.runIf(onPostgres)('from one kind of database to the other', () => {
  let embedded: Ground
  let back: Ground
  beforeAll(async () => {
    embedded = await openGround({ embedded: true })
    back = await openGround()
    await restore(embedded.config, file, false)
    await backup(embedded.config, path.join(embedded.folder, 'second'))
    await restore(back.config, path.join(embedded.folder, 'second'), false)
  })
  afterAll(async () => {
    await embedded.clear()
    await back.clear()
  })

  test('PostgreSQL to embedded and back again, no row is lost and no word changed', async () => {
    expect(await counts(embedded)).toEqual(await counts(from))
    expect(await counts(back)).toEqual(await counts(from))
    expect(await opened(back, from.config.keysFile)).toBe(hostile)
    const rows = (ground: Ground) =>
      owner(
        ground,
        async (tx) =>
          (await sql<{ line: string }>`select to_jsonb(a)::text as line from agency a order by id`.execute(tx)).rows,
      )
    expect(await rows(back)).toEqual(await rows(from))
  })
})
