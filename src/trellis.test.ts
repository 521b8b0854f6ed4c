import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { openGround, type Ground } from '../test/ground.ts'
import { projectRoot } from './platform/index.ts'

const onPostgres = 'owner' in inject('copyFrom')
// Each command is a process of its own, and some make a database first.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

beforeAll(async () => {
  const { build } = (await import('../scripts/prepare.mjs' as string)) as { build: (node: string) => Promise<void> }
  await build(process.execPath)
})

type Running = ChildProcess & { said: string; complained: string; ended: Promise<number | null> }

/** The program is compiled once, not by each of fifty processes. */
const usual = () => ({ PATH: process.env['PATH'], NODE_COMPILE_CACHE: path.join(inject('folder'), 'compiled') })

const start = (args: string[], env: Record<string, string> = {}): Running => {
  const child = spawn(process.execPath, ['dist/trellis.js', ...args], {
    cwd: projectRoot,
    env: { ...usual(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  }) as ChildProcess as Running
  child.said = ''
  child.complained = ''
  child.stdout!.on('data', (text: Buffer) => (child.said += text.toString()))
  child.stderr!.on('data', (text: Buffer) => (child.complained += text.toString()))
  child.ended = new Promise((resolve) => child.on('close', resolve))
  return child
}

/** Runs a command to its end. */
const run = async (args: string[], env?: Record<string, string>) => {
  const child = start(args, env)
  const code = await child.ended
  return { code, said: child.said, complained: child.complained }
}

const until = async <T>(look: () => T | undefined | false): Promise<T> => {
  for (let tries = 0; tries < 600; tries++) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('it did not happen in 30 seconds')
}

/** Starts a server and waits until it says where it is. */
const serve = async (args: string[], env: Record<string, string>) => {
  const server = start(['serve', ...args], env)
  const url = await until(() => {
    if (server.exitCode !== null) throw new Error(server.complained)
    return /Open (http\S+)/.exec(server.said)?.[1]
  })
  return { server, url }
}

// These end before any database of the suite is asked, and each starts processes: once is enough.
describe.skipIf(onPostgres)('what is asked for wrongly gets one sentence and no stack', () => {
  test('a command it does not have', async () => {
    const { code, complained } = await run(['wash'])
    expect(code).toBe(2)
    expect(complained).toBe('trellis has no command "wash".\n`trellis help` says what there is.\n')
  })

  test('an option it does not have', async () => {
    const { code, complained } = await run(['serve', '--loud'])
    expect(code).toBe(2)
    expect(complained).toContain('--loud')
    expect(complained).not.toMatch(/\n\s+at /)
  })

  test('a file that is left out, or is not there', async () => {
    expect(await run(['backup'])).toMatchObject({
      code: 2,
      complained: expect.stringContaining('Say which file') as string,
    })
    const gone = await run(['partnership', 'check', 'no-such-file.json'])
    expect(gone).toMatchObject({ code: 1, complained: 'There is no file no-such-file.json.\n' })
  })

  test('each setting that is wrong', async () => {
    const { code, complained } = await run(['serve'], { PORT: 'many', PUBLIC_URL: 'trellis' })
    expect(code).toBe(2)
    expect(complained).toContain('PORT must be a whole number\nPUBLIC_URL must be the full address')
  })

  test('a database that does not answer', async () => {
    const { code, complained } = await run(['migrate'], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      LOG_LEVEL: 'silent',
    })
    expect(code).toBe(1)
    expect(complained).toBe('The database does not answer: check its address, and that the server runs.\n')
  })
})

test.skipIf(onPostgres)('help names every command', async () => {
  const { code, said } = await run(['help'])
  expect(code).toBe(0)
  for (const command of ['serve', 'migrate', 'demo', 'partnership', 'backup', 'restore', 'link'])
    expect(said).toContain(`\n  ${command}`)
  for (const asked of [[], ['link', '--help']]) expect((await run(asked)).said).toBe(said)
})

test.skipIf(onPostgres)('a partnership’s file is checked without a database, and every problem is named', async () => {
  const ground = await openGround()
  const file = path.join(ground.folder, 'broken.json')
  const shipped = path.join('content', 'partnerships', 'warwickshire.json')
  expect((await run(['partnership', 'check', shipped])).said).toContain('is in order: 32 agencies')
  const broken = JSON.parse(fs.readFileSync(path.join(projectRoot, shipped), 'utf8')) as {
    agencies: { parent: string }[]
    boards: { frontDoor: boolean }[]
  }
  broken.agencies[0]!.parent = 'nobody'
  for (const board of broken.boards) board.frontDoor = false
  fs.writeFileSync(file, JSON.stringify(broken))
  const { code, complained } = await run(['partnership', 'check', file])
  expect(code).toBe(1)
  expect(complained.split('\n')).toEqual([
    `${file} cannot be used yet:`,
    '  agencies[0].parent: no agency is called "nobody"',
    '  boards: none has "frontDoor": true, so nobody would decide about concerns',
    '',
  ])
  fs.writeFileSync(file, '{')
  expect((await run(['partnership', 'check', file])).complained).toContain('is not JSON')
  await ground.clear()
})

describe('on empty ground', () => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround()
  })
  afterAll(() => ground.clear())

  test.runIf(onPostgres)('PostgreSQL that is behind is refused when nobody said who owns it', async () => {
    const { DATABASE_OWNER_URL: _, ...env } = ground.env
    const { code, complained } = await run(['serve'], env)
    expect(code).toBe(1)
    expect(complained).toContain('0001_platform.sql')
    expect(complained).toContain('Set DATABASE_OWNER_URL')
  })

  test('migrate runs each file once', async () => {
    expect((await run(['migrate'], ground.env)).said).toContain('Ran 0001_platform.sql')
    const again = await run(['migrate'], ground.env)
    expect(again).toMatchObject({ code: 0, said: expect.stringMatching(/^The .* is up to date\.\n$/) as string })
  })

  test('without a partnership it does not serve, and says how to make one', async () => {
    const { code, complained } = await run(['serve'], ground.env)
    expect(code).toBe(1)
    expect(complained).toContain('trellis partnership create')
  })

  test('a partnership is made from its file, listed, and served', async () => {
    const made = await run(['partnership', 'create', 'content/partnerships/warwickshire.json', '--default'], ground.env)
    expect(made.said).toBe('Made Warwickshire Exploitation Partnership (warwickshire).\n')
    expect((await run(['partnership', 'list'], ground.env)).said).toBe(
      'warwickshire  Warwickshire Exploitation Partnership  (default)\n',
    )
    const again = await run(['partnership', 'create', 'content/partnerships/warwickshire.json'], ground.env)
    expect(again).toMatchObject({ code: 1, complained: 'There is a partnership called warwickshire already.\n' })
    const { server, url } = await serve([], ground.env)
    expect(await (await fetch(url)).text()).toContain('Warwickshire')
    server.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  })

  test('the demo asks for an empty database', async () => {
    const { code, complained } = await run(['demo'], ground.env)
    expect(code).toBe(1)
    expect(complained).toContain('the demo needs an empty one')
  })
})

describe('while it serves', () => {
  let ground: Ground
  let server: Running
  let url: string
  beforeAll(async () => {
    ground = await openGround({ full: true })
    ;({ server, url } = await serve([], ground.env))
  })
  afterAll(async () => {
    server.kill('SIGKILL')
    await server.ended
    await ground.clear()
  })

  test('it says that it is up, and ready, and nothing about anybody', async () => {
    expect(await (await fetch(new URL('/health', url))).json()).toEqual({ status: 'up' })
    expect(await (await fetch(new URL('/ready', url))).json()).toEqual({ status: 'ready' })
  })

  test('a second one on the same port is refused with a sentence', async () => {
    const other = await openGround({ full: true })
    const { code, complained } = await run(['serve'], { ...other.env, PORT: new URL(url).port })
    expect(code).toBe(1)
    expect(complained).toBe(`Port ${new URL(url).port} is in use: stop what runs there, or set another PORT.\n`)
    await other.clear()
  })

  test.skipIf(onPostgres)('a second one on the same embedded database is refused by name', async () => {
    const { code, complained } = await run(['backup', path.join(ground.folder, 'x')], ground.env)
    expect(code).toBe(1)
    expect(complained).toContain(`is in use by process ${server.pid}`)
  })

  test('asked to stop, it answers the request in hand, leaves no lock and ends well', async () => {
    const { port } = new URL(url)
    const socket = net.connect(Number(port), '127.0.0.1')
    let got = ''
    socket.on('data', (text) => (got += text.toString()))
    socket.on('error', () => {})
    // As browsers do: a connection for later, that asks for nothing.
    const spare = net.connect(Number(port), '127.0.0.1').on('error', () => {})
    // Half a form: the server waits for the rest of it.
    const body = 'worry=something'
    socket.write(
      `POST /report HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\nworry=`,
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    server.kill('SIGTERM')
    // A Ctrl-C arrives twice: from the terminal and from npm.
    server.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(server.exitCode).toBeNull()
    const refused = await fetch(new URL('/health', url)).then(
      (reply) => reply.status,
      () => 'refused',
    )
    expect(['refused', 503]).toContain(refused)
    socket.write(body.slice('worry='.length))
    const sent = Date.now()
    expect(await server.ended).toBe(0)
    expect(Date.now() - sent).toBeLessThan(8000)
    spare.destroy()
    expect(got).toMatch(/^HTTP\/1\.1 [345]\d\d/)
    expect(fs.existsSync(path.join(ground.folder, 'database.lock'))).toBe(false)
  })

  test('after it was killed, the next one takes over', async () => {
    const killed = await serve([], ground.env)
    killed.server.kill('SIGKILL')
    await killed.server.ended
    const next = await serve([], ground.env)
    expect(await (await fetch(new URL('/ready', next.url))).json()).toEqual({ status: 'ready' })
    next.server.kill('SIGINT')
    expect(await next.server.ended).toBe(0)
  })
})

test('whoever started it through a channel is told when it is ready, and when they are gone it stops', async () => {
  const ground = await openGround({ full: true })
  const child = spawn(process.execPath, ['dist/trellis.js', 'serve'], {
    cwd: projectRoot,
    env: { ...usual(), ...ground.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  const told = await new Promise<{ ready: string; database: string }>((resolve) =>
    child.on('message', (said) => resolve(said as never)),
  )
  expect(told.ready).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  expect(told.database).toMatch(/^\d+\.\d s$/)
  child.disconnect()
  expect(await ended).toBe(0)
  await ground.clear()
})
