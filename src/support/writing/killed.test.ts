import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { openGround, type Ground } from '../../../test/ground.ts'
import { lostOf, prepareWriting, Writer, type Writing } from '../../../test/writer.ts'
import { openDatabase, openKeys, projectRoot, type Database, type Keys } from '../../platform/index.ts'

/* A real server, killed twice with signal 9 while two write. Ten minutes of it with twenty kills: bench/kill-writing.ts */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })
const cast = inject('cast')

let ground: Ground
let keys: Keys
let writing: Writing
beforeAll(async () => {
  const { build } = (await import('../../../scripts/prepare.mjs' as string)) as {
    build: (node: string) => Promise<void>
  }
  await build(process.execPath)
  ground = await openGround({ full: true })
  keys = openKeys(ground.config.keysFile)
  writing = await within((db) => prepareWriting(db, keys, cast, 2))
})
afterAll(() => ground.clear())

const within = async <T>(work: (db: Database['db']) => Promise<T>): Promise<T> => {
  const database = await openDatabase(ground.config)
  try {
    return await work(database.db)
  } finally {
    await database.close()
  }
}

const serve = async (): Promise<{ url: string; kill: () => Promise<void> }> => {
  const server: ChildProcess = spawn(process.execPath, ['dist/trellis.js', 'serve'], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], ...ground.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  for await (const text of server.stdout!) {
    said += String(text)
    const url = /Open (http\S+?)\/?\s/.exec(said)?.[1]
    if (url)
      return {
        url,
        kill: async () => {
          const ended = once(server, 'exit')
          server.kill('SIGKILL')
          await ended
        },
      }
  }
  throw new Error(`the server stopped: ${said}`)
}

test('every word that was shown as saved is there after the server was killed twice, and neither writer lost one', async () => {
  const writers = writing.sessions.map((session, n) => new Writer(`w${n}x`, session, writing.path))
  let server: Awaited<ReturnType<typeof serve>> | undefined = await serve()
  const fields = ['place_home', 'place_peers']
  const work = writers.map((writer, n) => writer.write(() => server?.url, fields[n]!, 'place_area'))
  const shown = () => writers.reduce((sum, writer) => sum + writer.shown.length, 0)
  const more = async () => {
    const enough = shown() + 12
    await vi.waitUntil(() => shown() >= enough, { timeout: 60_000, interval: 10 })
  }
  for (let kills = 0; kills < 2; kills++) {
    await more()
    await server!.kill()
    server = undefined
    server = await serve()
  }
  await more()
  for (const writer of writers) writer.going = false
  await Promise.all(work)
  await server.kill()
  const { lost, gone, versions } = await within((db) => lostOf(db, keys, writing, writers))
  expect([lost, gone]).toEqual([[], []])
  expect(versions).toBeGreaterThan(20)
})
