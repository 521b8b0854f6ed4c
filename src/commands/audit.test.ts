import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { openGround, type Ground } from '../../test/ground.ts'
import {
  asViewer,
  inTransaction,
  makeLogGrower,
  newId,
  openKeys,
  projectRoot,
  record,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { auditCommand, type AuditOptions } from './audit.ts'
import { backup, openAsOwner } from './backup.ts'
import { restore } from './restore.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const onPostgres = 'owner' in inject('copyFrom')
const { partnership, people } = inject('cast')
const dena: Viewer = {
  kind: 'staff',
  partnership,
  staff: people.dena.id,
  agency: people.dena.agency,
  name: 'Dena',
  roles: ['duty'],
  frontDoor: true,
}

let ground: Ground
let said: string[]
const at = (name: string): string => path.join(ground.folder, name)
beforeAll(async () => {
  ground = await openGround({ full: true })
  openKeys(ground.config.keysFile)
  await owner(async (tx) => {
    for (let n = 0; n < 300; n++)
      await record(
        tx,
        dena,
        n % 2 ? 'concern taken' : 'concern opened',
        { kind: 'concern', id: newId() },
        { n, why: null },
      )
  })
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said?.push(line))
  await audit(['checkpoint'], { out: at('first.checkpoint') })
  await owner((tx) => record(tx, dena, 'concern decided', { kind: 'concern', id: newId() }, { route: 'family-help' }))
  await audit(['checkpoint'], { out: at('second.checkpoint') })
})
beforeEach(() => {
  said = []
})
afterEach(() => {
  process.exitCode = undefined
})
afterAll(async () => {
  vi.restoreAllMocks()
  await ground.clear()
})

/** As the superuser who owns everything: on PostgreSQL what somebody with psql could do, and row-level security is no bar. */
const owner = async <T>(work: (tx: Tx) => Promise<T>, config = ground.config): Promise<T> => {
  const database = await openAsOwner(config)
  try {
    return await inTransaction(database.db, async (tx) => {
      await sql`set local row_security = off`.execute(tx)
      return work(tx)
    })
  } finally {
    await database.close()
  }
}
const audit = (words: string[], options: AuditOptions = {}, config = ground.config) =>
  auditCommand(config, words, options)
const verdict = async (options: AuditOptions = {}, config = ground.config) => {
  said = []
  await audit(['verify'], options, config)
  const failed = process.exitCode === 1
  process.exitCode = undefined
  return { failed, said: said.join('\n') }
}
const verifier = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(projectRoot, 'verifier/trellis-verify.mjs'), ...words],
    {
      encoding: 'utf8',
    },
  )
  return { status, said: stdout + stderr }
}
const middle = () =>
  owner(async (tx) => {
    const found = await sql<{ id: string; kind: string; position: number }>`
      select e.id, e.kind, l.position from event e join event_leaf l on l.event_id = e.id where l.position = 150`.execute(
      tx,
    )
    return found.rows[0]!
  })

test('a log that nobody touched passes, alone and against every checkpoint that was kept', async () => {
  const alone = await verdict()
  expect(alone.failed).toBe(false)
  expect(alone.said).toContain('301 events in the log, 2 checkpoints')
  expect(alone.said).toContain('Only a checkpoint that somebody kept elsewhere')
  const kept = await verdict({ checkpoint: [at('first.checkpoint'), at('second.checkpoint')] })
  expect(kept).toMatchObject({ failed: false })
  expect(kept.said).toContain('PASSED')
})

test('the leaves and what an agency keeps hold no word, code or id of what was done', async () => {
  await audit(['export'], { out: at('export.jsonl') })
  const lines = fs.readFileSync(at('export.jsonl'), 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(301)
  expect(Object.keys(JSON.parse(lines[0]!) as object)).toEqual(['commitment', 'event', 'partnership', 'v'])
  const kept = lines.join('\n') + fs.readFileSync(at('first.checkpoint'), 'utf8')
  for (const word of [people.dena.id, people.dena.agency, 'concern', 'staff', 'family-help'])
    expect(kept).not.toContain(word)
})

describe('the separate verifier', () => {
  let key: string
  beforeAll(async () => {
    said = []
    await audit(['key'])
    key = said[0]!
  })

  test('believes what was signed, and nothing else', async () => {
    expect(verifier('checkpoint', key, at('first.checkpoint'), at('second.checkpoint'))).toMatchObject({ status: 0 })
    const note = fs.readFileSync(at('first.checkpoint'), 'utf8')
    fs.writeFileSync(at('mailed.checkpoint'), `\uFEFF${note.replaceAll('\n', '\r\n')}`)
    expect(verifier('checkpoint', key, at('mailed.checkpoint')).status).toBe(0)
    fs.writeFileSync(at('false.checkpoint'), note.replace('\n300\n', '\n299\n'))
    expect(verifier('checkpoint', key, at('false.checkpoint'))).toMatchObject({ status: 1 })
    expect(
      verifier(
        'checkpoint',
        key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        at('first.checkpoint'),
      ).said,
    ).toContain('copied with a mistake')
  })

  test('finds an event in the log by its proof, and reads it when it was opened', async () => {
    const { id } = await middle()
    await audit(['prove', id], { out: at('closed.json') })
    expect(fs.readFileSync(at('closed.json'), 'utf8')).not.toContain(people.dena.id)
    expect(verifier('inclusion', key, at('closed.json'), at('second.checkpoint')).said).toContain(
      `The event ${id} is in the log at position 150`,
    )
    expect(verifier('inclusion', key, at('closed.json'), at('first.checkpoint')).status).toBe(1)
    await audit(['prove', id], { out: at('open.json'), open: true, checkpoint: [at('first.checkpoint')] })
    expect(verifier('inclusion', key, at('open.json'), at('first.checkpoint')).said).toContain(
      `"staff_id":"${people.dena.id}"`,
    )
    const opened = fs.readFileSync(at('open.json'), 'utf8')
    fs.writeFileSync(at('lie.json'), opened.replace('concern opened', 'concern closed'))
    expect(verifier('inclusion', key, at('lie.json')).status).toBe(1)
  })

  test('finds the older log in the newer one, and the whole export in both', async () => {
    await audit(['consistency', at('first.checkpoint'), at('second.checkpoint')], { out: at('both.json') })
    expect(verifier('consistency', key, at('both.json'), at('first.checkpoint'), at('second.checkpoint')).status).toBe(
      0,
    )
    expect(verifier('consistency', key, at('both.json'), at('second.checkpoint'), at('first.checkpoint')).status).toBe(
      1,
    )
    const checkpoints = [at('first.checkpoint'), at('second.checkpoint')]
    expect(verifier('log', key, at('export.jsonl'), ...checkpoints).status).toBe(0)
    const lines = fs.readFileSync(at('export.jsonl'), 'utf8').trimEnd().split('\n')
    const tampered = {
      swapped: [lines[1], lines[0], ...lines.slice(2)],
      short: lines.slice(0, -1),
      twice: [lines[0], ...lines],
    }
    for (const [name, some] of Object.entries(tampered)) {
      fs.writeFileSync(at(name), `${some.join('\n')}\n`)
      expect(verifier('log', key, at(name), ...checkpoints), name).toMatchObject({ status: 1 })
    }
  })

  test('says a sentence to whatever it is given, and no stack', () => {
    fs.writeFileSync(at('nonsense'), '{"proof":"trellis inclusion","size":[],"index":-1}')
    const all = [
      ['inclusion', key, at('nonsense')],
      ['inclusion', 'no key', at('closed.json')],
      ['inclusion', key, at('not there')],
      ['consistency', key, at('closed.json'), at('first.checkpoint'), at('second.checkpoint')],
      ['log', key, ground.folder, at('first.checkpoint')],
      ['vectors', at('nonsense')],
      ['toString'],
      [],
    ]
    for (const words of all) {
      const { status, said: sentence } = verifier(...words)
      expect(status, words.join(' ')).toBeGreaterThan(0)
      expect(sentence).not.toMatch(/^\s+at /m)
    }
  })
})

const at150 = sql`id = (select event_id from event_leaf where position = 150)`
const inserted = (at: string, recorded: string) => sql`
  insert into event (partnership_id, id, at, recorded_at, kind, viewer, about_kind, about_id)
  select partnership_id, gen_random_uuid(), ${at}, ${sql.raw(recorded)}, 'concern taken', 'staff', 'concern', about_id from event limit 1`

test('who edits one row by hand is found without anything from outside, and the row is named', async () => {
  const { id, kind } = await middle()
  await owner((tx) => sql`update event set staff_id = null where id = ${id}`.execute(tx))
  const { failed, said: words } = await verdict()
  await owner((tx) => sql`update event set staff_id = ${people.dena.id} where id = ${id}`.execute(tx))
  expect(failed).toBe(true)
  expect(words).toMatch(
    new RegExp(`Edited: the event ${id} \\(position 150, 2[^,]*, "${kind}"\\) does not say what it said`),
  )
  expect(words).toContain('FAILED')
  expect(await verdict()).toMatchObject({ failed: false })
})

/** What somebody with psql might do, and what must then be said. */
const deeds: [string, ReturnType<typeof sql>[], RegExp[]][] = [
  [
    'edits, a removal and insertions',
    [
      sql`update event set kind = 'concern closed' where ${at150}`,
      sql`update event set detail = jsonb_set(detail, '{n}', ((detail->>'n') || '.0')::jsonb) where id = (select event_id from event_leaf where position = 160)`,
      sql`update event set at = at + interval '1 microsecond' where id = (select event_id from event_leaf where position = 170)`,
      sql`delete from event where id = (select event_id from event_leaf where position = 180)`,
      inserted('2026-01-01', `'2026-01-01'`),
      inserted('2026-01-02', 'now()'),
      sql`insert into event (partnership_id, id, seq, kind, viewer, about_kind, about_id) overriding system value
        select partnership_id, gen_random_uuid(), seq, 'put in', 'staff', 'concern', about_id from event where ${at150}`,
    ],
    [
      /Edited: the event ID \(position 150, .*"concern closed"\)/,
      /Edited: the event .*position 160/,
      /Edited: the event .*position 170/,
      /Removed: the event \S+ \(position 180\) is gone, between the event .*position 179.* and the event .*position 181/,
      /Inserted: the event .*not in the tree, 2026-01-01T00:00:00\+00:00, "concern taken"\) says it was recorded before/,
      /Inserted: the event .*"put in"\) is numbered among the events that the checkpoint of/,
      /Inserted: the event .*2026-01-02T.* says another time than the one it was recorded at/,
    ],
  ],
  [
    'a removed event whose leaf went too, with the rest moved up',
    [
      sql`delete from event where ${at150}`,
      sql`delete from event_leaf where position = 150`,
      sql`update event_leaf set position = position + 999999 where position > 150`,
      sql`update event_leaf set position = position - 1000000 where position > 999999`,
    ],
    [/Reordered: the event .*position 150.* belongs at position 151/, /And \d+ more/],
  ],
  [
    'two events that changed places',
    [
      sql`update event_leaf set position = position + 1000000 where position in (10, 20)`,
      sql`update event_leaf set position = case position when 1000010 then 20 else 10 end where position > 1000000`,
    ],
    [/Reordered: the event .*position 10, .* belongs at position 20/],
  ],
  [
    'an end that was cut off, checkpoint and all',
    [
      sql`delete from event where id in (select event_id from event_leaf where position >= 300)`,
      sql`delete from event_leaf where position >= 300`,
      sql`delete from event_checkpoint where size > 300`,
    ],
    [
      /Cut off: the checkpoint of .* covers 301 events, and there are 300\. The last one here is the event .*position 299/,
    ],
  ],
]

describe.runIf(onPostgres)('somebody with psql', () => {
  let file: string
  beforeAll(async () => {
    file = at('before.backup')
    await backup(ground.config, file)
  })
  afterEach(() => restore(ground.config, file, true))

  test.each(deeds)('cannot hide %s', async (_, deed, sentences) => {
    const { id } = await middle()
    await owner(async (tx) => {
      for (const step of deed) await step.execute(tx)
    })
    const { failed, said: words } = await verdict({ checkpoint: [at('second.checkpoint')] })
    for (const { source } of sentences) expect(words).toMatch(new RegExp(source.replaceAll('ID', id)))
    expect(failed).toBe(true)
  })

  test('who has the server make the whole log anew is found by a checkpoint that was kept elsewhere', async () => {
    const { id } = await middle()
    await owner(async (tx) => {
      await sql`delete from event where id = ${id}`.execute(tx)
      for (const table of ['event_leaf', 'event_node', 'event_checkpoint'])
        await sql`delete from ${sql.id(table)}`.execute(tx)
    })
    await audit(['checkpoint'])
    expect(await verdict()).toMatchObject({ failed: false })
    const { failed, said: words } = await verdict({ checkpoint: [at('first.checkpoint')] })
    expect(failed).toBe(true)
    expect(words).toMatch(/no longer keeps the checkpoint/)
    expect(words).toMatch(/Exchanged: the checkpoint of .* does not fit|Cut off/)
  })
})

test('a restored backup passes, and grows on', async () => {
  const file = at('whole.backup')
  await backup(ground.config, file)
  const elsewhere = await openGround()
  try {
    await restore(elsewhere.config, file, false)
    fs.copyFileSync(ground.config.keysFile, elsewhere.config.keysFile)
    expect(await verdict({ checkpoint: [at('second.checkpoint')] }, elsewhere.config)).toMatchObject({ failed: false })
    await owner((tx) => record(tx, dena, 'concern closed', { kind: 'concern', id: newId() }), elsewhere.config)
    await audit(['checkpoint'], {}, elsewhere.config)
    const grown = await verdict({ checkpoint: [at('first.checkpoint'), at('second.checkpoint')] }, elsewhere.config)
    expect(grown.said).toContain('302 events in the log')
    expect(grown.failed).toBe(false)
    fs.rmSync(elsewhere.config.keysFile)
    await expect(verdict({}, elsewhere.config)).rejects.toThrow('There is no key file')
    expect(fs.existsSync(elsewhere.config.keysFile)).toBe(false)
    openKeys(elsewhere.config.keysFile)
    expect((await verdict({}, elsewhere.config)).said).toContain('was not signed with the key in this key file')
  } finally {
    await elsewhere.clear()
  }
})

test('events that are played at a time gone by raise no alarm', async () => {
  await owner(async (tx) => {
    await sql`select set_config('trellis.at', '2026-02-03T04:05:06Z', true)`.execute(tx)
    await record(tx, dena, 'concern opened', { kind: 'concern', id: newId() })
  })
  expect(await verdict()).toMatchObject({ failed: false })
  await audit(['checkpoint'])
  const { failed, said: words } = await verdict({ checkpoint: [at('second.checkpoint')] })
  expect(words).toContain('1 were played at times gone by')
  expect(failed).toBe(false)
})

test.skipIf(!onPostgres)('a checkpoint asked for by hand waits for what is going on, and covers it', async () => {
  let commit = (): void => {}
  const held = new Promise<void>((resolve) => (commit = resolve))
  const opened = (going: Promise<void>, begun: (seq: number) => void): Promise<void> =>
    owner(async (tx) => {
      const id = newId()
      await record(tx, dena, 'concern opened', { kind: 'concern', id })
      begun((await tx.selectFrom('event').select('seq').where('about_id', '=', id).executeTakeFirstOrThrow()).seq)
      await going
    })
  let slow = Promise.resolve()
  await new Promise<number>((begun) => {
    slow = opened(held, begun)
  })
  let seq = Number.NaN
  await opened(Promise.resolve(), (number) => (seq = number))
  setTimeout(commit, 3000)
  await audit(['checkpoint'], { out: at('patient.checkpoint') })
  await slow
  const claim = /^complete \S+ (\d+)$/m.exec(fs.readFileSync(at('patient.checkpoint'), 'utf8'))
  expect(Number(claim?.[1])).toBeGreaterThanOrEqual(seq)
  expect(await verdict()).toMatchObject({ failed: false })
})

test.skipIf(!onPostgres)(
  'an event whose transaction commits late is not missed, and what is not committed gets no leaf',
  async () => {
    const slow = await openAsOwner(ground.config)
    const database = await openAsOwner(ground.config)
    const growLog = makeLogGrower(database.db, openKeys(ground.config.keysFile))
    const waiting = async () =>
      (
        await sql<{ n: number }>`select count(*) as n from event e
    where not exists (select from event_leaf l where l.event_id = e.id)`.execute(database.db)
      ).rows[0]!.n
    const once = (db: typeof database.db) =>
      asViewer(db, dena, (tx) => record(tx, dena, 'concern opened', { kind: 'concern', id: newId() }))
    let commit = (): void => {}
    const open = new Promise<void>((resolve) => (commit = resolve))
    let began = (): void => {}
    const drawn = new Promise<void>((resolve) => (began = resolve))
    const late = asViewer(slow.db, dena, async (tx) => {
      await record(tx, dena, 'concern taken', { kind: 'concern', id: newId() })
      began()
      await open
    })
    await drawn
    await once(database.db)
    await growLog()
    await once(database.db)
    await growLog()
    expect(await waiting()).toBe(0)
    commit()
    await late
    expect(await waiting()).toBe(1)
    await growLog('now')
    expect(await waiting()).toBe(0)
    await slow.close()
    await database.close()
    expect(await verdict()).toMatchObject({ failed: false })
  },
)

test('the app may not change or remove a leaf, a node or a checkpoint', async () => {
  await owner(async (tx) => {
    const { rows } = await sql<{
      privilege: string
    }>`select distinct privilege_type as privilege from information_schema.role_table_grants
      where grantee = 'trellis_app' and table_name in ('event_leaf', 'event_node', 'event_checkpoint')`.execute(tx)
    expect(rows.map(({ privilege }) => privilege).sort()).toEqual(['INSERT', 'SELECT'])
  })
})

test('a command that was typed wrongly gets a sentence', async () => {
  await expect(audit(['prove'])).rejects.toThrow('Say which event')
  await expect(audit(['prove', 'x'])).rejects.toThrow('is not the id of an event')
  await expect(audit(['prove', newId()])).rejects.toThrow('has no event')
  await expect(audit(['paint'])).rejects.toThrow('trellis audit can')
  await expect(audit(['key'], { partnership: 'nowhere' })).rejects.toThrow('no partnership nowhere')
})
