import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openHouse } from '../src/app.ts'
import {
  asViewer,
  openEmbedded,
  openPostgres,
  readConfig,
  type Config,
  type Database,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../src/platform/index.ts'
import { startSession } from '../src/staff/index.ts'
import type { Name } from './cast.ts'

export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>

/** A copy of the house for one test file: real database, real server, the cast inside, and a clock that tests may set. */
export const openTestHouse = async (settings: Partial<Config> = {}) => {
  const cast = inject('cast')
  const folder = fs.mkdtempSync(path.join(inject('folder'), 'house-'))
  const { database, discard } = await copyDatabase(folder)
  const config: Config = {
    ...readConfig({ LOG_LEVEL: 'silent', DATA_DIR: folder, PORT: '0', REPORTS_A_MINUTE: '100000' }),
    ...settings,
  }
  const clock = { now: new Date('2026-11-23T10:00:00Z') }
  const { house, app } = await openHouse(config, database, () => new Date(clock.now))
  const as = (name: Name): StaffViewer => {
    const { id, partnership, agency, name: called, roles } = cast.people[name]
    const decides = roles.includes('duty') || roles.includes('manager')
    return { kind: 'staff', partnership, staff: id, agency, name: called, roles, frontDoor: decides }
  }
  return {
    house,
    app,
    cast,
    clock,
    db: database.db,
    as,
    anyone: { kind: 'public', partnership: cast.partnership } as Viewer,
    system: { kind: 'system', partnership: cast.partnership } as Viewer,
    /** Runs `work` the way a request of that viewer would. */
    seen: <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> => asViewer(database.db, viewer, work),
    /** A browser of that person, signed in with both factors; without a name, a visitor's. */
    browser: async (name?: Name): Promise<Browser> => {
      if (!name) return openBrowser(app)
      const { id, partnership } = cast.people[name]
      const token = await asViewer(database.db, { kind: 'system', partnership }, (tx) =>
        startSession(tx, house.keys, partnership, id, house.now(), true),
      )
      // Each partnership has an address of its own: whoever is signed in at one is nobody at another.
      return openBrowser(app, { session: token }, partnership === cast.partnership ? elmshire : 'oakshire.test')
    },
    close: async (): Promise<void> => {
      await app.close()
      await database.close()
      await discard()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

const copyDatabase = async (folder: string): Promise<{ database: Database; discard: () => Promise<void> }> => {
  const from = inject('copyFrom')
  if ('folder' in from) {
    // Files that are copied are open in a quarter of the time that a dump takes to unpack in memory.
    const copy = path.join(folder, 'database')
    fs.cpSync(from.folder, copy, { recursive: true })
    return { database: await openEmbedded(copy), discard: async () => {} }
  }
  const name = `${from.template}_${Math.random().toString(36).slice(2, 10)}`
  const admin = new pg.Client({ connectionString: from.owner })
  await admin.connect()
  await admin.query(`create database ${name} template ${from.template}`)
  const url = new URL(from.app)
  url.pathname = `/${name}`
  return {
    database: openPostgres(url.href, 4),
    discard: async () => {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}

export type Got = {
  status: number
  text: string
  headers: Record<string, string | string[] | number | undefined>
  location: string
}
export type Browser = {
  cookies: Map<string, string>
  get: (url: string, headers?: Record<string, string>) => Promise<Got>
  /** Opens the page first, as a person would, and sends its form: the token is the page's own, unless one is known. */
  post: (
    url: string,
    form?: Record<string, string | string[]>,
    options?: { from?: string; token?: string; headers?: Record<string, string> },
  ) => Promise<Got>
  /** Sends a form with files. */
  send: (url: string, form: FormData, from?: string) => Promise<Got>
}

const elmshire = 'elmshire.test'

/** A browser without JavaScript: keeps cookies, follows nothing by itself. */
export const openBrowser = (
  app: Awaited<ReturnType<typeof openHouse>>['app'],
  start: Record<string, string> = {},
  host = elmshire,
): Browser => {
  const cookies = new Map(Object.entries(start))
  const ask = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Got> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const reply = await app.inject({
      method,
      url,
      payload,
      headers: { host, ...(cookie && { cookie }), ...headers },
    })
    for (const set of reply.cookies) {
      if (set.value === '') cookies.delete(set.name)
      else cookies.set(set.name, set.value)
    }
    return {
      status: reply.statusCode,
      text: reply.body,
      headers: reply.headers,
      location: String(reply.headers['location'] ?? ''),
    }
  }
  const tokenOf = async (url: string): Promise<string> => {
    const shown = await ask('GET', url)
    return /name="_csrf" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
  }
  return {
    cookies,
    get: (url, headers) => ask('GET', url, undefined, headers),
    post: async (url, form = {}, { from = url, token, headers = {} } = {}) => {
      const body = new URLSearchParams({ _csrf: token ?? (await tokenOf(from)) })
      for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
      return ask('POST', url, body.toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers })
    },
    send: async (url, form, from = url) => {
      const whole = new FormData()
      whole.append('_csrf', await tokenOf(from))
      for (const [name, value] of form) whole.append(name, value)
      const request = new Request('http://elmshire.test/', { method: 'POST', body: whole })
      return ask('POST', url, Buffer.from(await request.arrayBuffer()), {
        'content-type': request.headers.get('content-type')!,
      })
    },
  }
}
