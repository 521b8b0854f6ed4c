import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { reportSchema } from '../src/concerns/concern.ts'
import { report } from '../src/concerns/report.ts'
import { decide, relinkAll } from '../src/joining/index.ts'
import {
  asViewer,
  openDatabase,
  openKeys,
  projectRoot,
  type Database,
  type StaffViewer,
} from '../src/platform/index.ts'
import { openGround, type Ground } from './ground.ts'

/*
 * A real process that is killed with signal 9 in the middle of a part, and another that goes on where it was: what it comes to is
 * what a night without anything in its way comes to.
 */
const { partnership, people } = inject('cast')
const at = new Date('2026-11-23T02:00:00Z')
const script = path.join(projectRoot, '.cache/relink-killed/child.js')

let ground: Ground
let keysFile: string
beforeAll(async () => {
  ground = await openGround({ full: true })
  keysFile = path.join(ground.folder, 'keys.json')
  await build({
    entryPoints: [path.join(projectRoot, 'test/relink-child.ts')],
    outfile: script,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
})
afterAll(() => ground.clear())

/** Opens the database for as long as no other process has it. */
const within = async <T>(work: (db: Database['db']) => Promise<T>): Promise<T> => {
  const database = await openDatabase(ground.config)
  try {
    return await work(database.db)
  } finally {
    await database.close()
  }
}
const system = { kind: 'system', partnership } as const

/** What the night comes to, without the ids of rows that are made anew. */
const proposals = (db: Database['db']) =>
  asViewer(db, system, (tx) =>
    tx
      .selectFrom('proposal')
      .select(['a_id', 'b_id', 'weight', 'band', 'steps', 'cluster_id', 'settled_at'])
      .orderBy('a_id')
      .orderBy('b_id')
      .execute(),
  )
const forget = (db: Database['db']) =>
  asViewer(db, system, (tx) => tx.deleteFrom('proposal').where('settled_at', 'is', null).execute())

const night = async (killAt: number): Promise<string | number> => {
  const words = [script, partnership, keysFile, at.toISOString(), String(killAt)]
  const child = spawn(process.execPath, words, {
    cwd: projectRoot,
    env: { ...process.env, ...ground.env },
    stdio: 'inherit',
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal ?? code ?? -1
}

test('a re-link whose process is killed comes to the same end, and what was refused stays refused', async () => {
  const keys = openKeys(keysFile)
  const whole = await within(async (db) => {
    for (const plate of ['KX71 AAA', 'KX71 BBB', 'KX71 CCC'])
      for (let i = 0; i < 3; i++) {
        const said = reportSchema.parse({
          worry: 'W',
          details: [{ kind: 'vehicle', said: plate }],
          people: [{ name: `Ida ${plate}` }],
        })
        const anyone = { kind: 'public', partnership } as const
        await asViewer(db, anyone, (tx) => report(tx, keys, anyone, said, { channel: 'public', at }))
      }
    const { id, agency, name, roles } = people.dena
    const dena: StaffViewer = { kind: 'staff', partnership, staff: id, agency, name, roles, frontDoor: true }
    const [first] = await asViewer(db, system, (tx) => tx.selectFrom('proposal').select('id').orderBy('id').execute())
    const said = { answer: 'different', why: 'Two vans', shown: [], at } as const
    await asViewer(db, dena, (tx) => decide(tx, keys, dena, first!.id, said))
    await forget(db)
    await relinkAll(db, keys, partnership, at)
    const found = await proposals(db)
    await forget(db)
    return found
  })
  expect(whole.filter(({ settled_at }) => settled_at)).toHaveLength(1)
  expect(whole.length).toBeGreaterThan(8)
  expect(await night(3)).toBe('SIGKILL')
  expect(await night(0)).toBe(0)
  await within(async (db) => {
    expect(await proposals(db)).toEqual(whole)
    const runs = await asViewer(db, system, (tx) => tx.selectFrom('relink_run').select('done_at').execute())
    // The first was the parent's own; the other is one run, though two processes were at it.
    expect(runs.map(({ done_at }) => done_at !== null)).toEqual([true, true])
  })
})
