import path from 'node:path'
import { z } from 'zod'
import { readKeys, type Keys } from './keys.ts'

const whole = (name: string, least: number, most: number) =>
  z.coerce
    .number(`${name} must be a whole number`)
    .int(`${name} must be a whole number`)
    .min(least, `${name} must be ${least} or more`)
    .max(most, `${name} must be ${most} or less`)

const postgres = (name: string) =>
  z.string().regex(/^postgres(ql)?:\/\//, `${name} must start with postgres:// or postgresql://`)

const environment = z.object({
  PORT: whole('PORT', 0, 65_535).default(3000),
  HOST: z.string().min(1, 'HOST must be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'DATA_DIR must be a folder').default('data'),
  DATABASE_URL: postgres('DATABASE_URL').optional(),
  DATABASE_OWNER_URL: postgres('DATABASE_OWNER_URL').optional(),
  TRELLIS_KEYS: z.string().min(1, 'TRELLIS_KEYS must be a file, or what a key file holds').optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'PUBLIC_URL must be the full address people open, such as https://trellis.example.org',
    })
    .optional(),
  REPORTS_A_MINUTE: whole('REPORTS_A_MINUTE', 1, 1_000_000).default(60),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'LOG_LEVEL must be silent, error, warn, info or debug')
    .default('info'),
})

export type Config = {
  port: number
  host: string
  /** Folder that holds the embedded database (in a folder of its own below it). */
  dataDir: string
  /** PostgreSQL as the app: a role that owns nothing. Absent: the embedded database. */
  databaseUrl?: string
  /** PostgreSQL as the owner of the tables: used to migrate, back up and restore, never to serve. */
  ownerUrl?: string
  keysFile: string
  /** The keys themselves, where the environment holds them instead of a file's name. */
  keys?: Keys
  /** The address that people type, without a trailing slash. */
  publicUrl: string
  /** How many public reports a minute are taken before senders are asked to wait a little. */
  reportsAMinute: number
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  demo: boolean
}

/**
 * Reads the settings once.
 * @throws {Error} one sentence for each setting that is wrong, joined by new lines
 */
export const readConfig = (env: NodeJS.ProcessEnv, demo = false): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => issue.message).join('\n'))
  const e = parsed.data
  const keys = e.TRELLIS_KEYS?.trimStart().startsWith('{') ? readKeys(e.TRELLIS_KEYS, 'TRELLIS_KEYS') : undefined
  const keysFile = path.resolve((keys ? undefined : e.TRELLIS_KEYS) ?? path.join(e.DATA_DIR, 'keys.json'))
  if (keysFile.startsWith(path.resolve(e.DATA_DIR, 'database') + path.sep))
    throw new Error('TRELLIS_KEYS must not lie inside the database folder: whoever takes one must not have both')
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: path.resolve(e.DATA_DIR),
    databaseUrl: e.DATABASE_URL,
    ownerUrl: e.DATABASE_OWNER_URL,
    keysFile,
    ...(keys && { keys }),
    publicUrl: (e.PUBLIC_URL ?? `http://${e.HOST.includes(':') ? `[${e.HOST}]` : e.HOST}:${e.PORT}`).replace(/\/$/, ''),
    reportsAMinute: e.REPORTS_A_MINUTE,
    logLevel: e.LOG_LEVEL,
    demo,
  }
}
