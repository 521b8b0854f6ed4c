import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { newId, readConfig, type Config } from '../src/platform/index.ts'

/** Somewhere a Trellis could run: a folder, and on PostgreSQL a database of its own with an owner and an app login. */
export type Ground = { env: Record<string, string>; config: Config; folder: string; clear: () => Promise<void> }

/** Empty ground, or with the cast's house on it. Follows the database that the suite runs on, unless told otherwise. */
export const openGround = async ({ full = false, embedded = false } = {}): Promise<Ground> => {
  const folder = fs.mkdtempSync(path.join(inject('folder'), 'ground-'))
  const from = inject('copyFrom')
  const place = 'folder' in from || embedded ? await onEmbedded(folder, full) : await onPostgres(from, full)
  const env = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...place.env }
  return {
    env,
    config: readConfig(env),
    folder,
    clear: async () => {
      await place.clear()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

const onEmbedded = async (folder: string, full: boolean) => {
  const from = inject('copyFrom')
  if (full) {
    if (!('folder' in from)) throw new Error('There is no embedded database when the suite runs on PostgreSQL.')
    fs.cpSync(from.folder, path.join(folder, 'database'), { recursive: true })
  }
  return { env: {}, clear: async () => {} }
}

const onPostgres = async (from: { owner: string; template: string; app: string }, full: boolean) => {
  const name = `${from.template}_${newId().slice(0, 8)}`
  const admin = new pg.Client({ connectionString: from.owner })
  await admin.connect()
  await admin.query(full ? `create database ${name} template ${from.template}` : `create database ${name}`)
  const at = (address: string): string => {
    const url = new URL(address)
    url.pathname = `/${name}`
    return url.href
  }
  return {
    env: { DATABASE_URL: at(from.app), DATABASE_OWNER_URL: at(from.owner) },
    clear: async () => {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
