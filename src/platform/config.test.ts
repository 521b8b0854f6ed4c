import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('nothing set is a house on this machine, in the folder data', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: path.resolve('data'),
    databaseUrl: undefined,
    ownerUrl: undefined,
    keysFile: path.resolve('data/keys.json'),
    publicUrl: 'http://127.0.0.1:3000',
    reportsAMinute: 60,
    logLevel: 'info',
    demo: false,
  })
})

test('an empty variable is one that is not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', TRELLIS_KEYS: '' }).port).toBe(3000)
})

test('an address of the sixth version is put in brackets', () => {
  expect(readConfig({ HOST: '::1', PORT: '80' }).publicUrl).toBe('http://[::1]:80')
})

test('the public address loses its last slash', () => {
  expect(readConfig({ PUBLIC_URL: 'https://trellis.example.org/' }).publicUrl).toBe('https://trellis.example.org')
})

test('the keys may stand in the environment itself, and what is wrong with them is never repeated', () => {
  const secret = Buffer.alloc(32, 7).toString('base64')
  const content = { version: 1, current: 'k1', keys: { k1: secret }, pepper: secret }
  expect(readConfig({ TRELLIS_KEYS: JSON.stringify(content) }).keys?.keys['k1']).toEqual(Buffer.alloc(32, 7))
  const sentence = 'TRELLIS_KEYS cannot be read as keys. Put back the keys'
  for (const wrong of [{ ...content, current: 'k2' }, { ...content, pepper: 'AAAA' }, '{"version'])
    expect(() => readConfig({ TRELLIS_KEYS: typeof wrong === 'string' ? wrong : JSON.stringify(wrong) })).toThrow(
      new RegExp(`^${sentence}[^A]*$`),
    )
})

describe('what is wrong is said in a sentence that names the setting', () => {
  test.each([
    [{ PORT: '70000' }, 'PORT must be 65535 or less'],
    [{ PORT: '3000.5' }, 'PORT must be a whole number'],
    [{ PORT: '-1' }, 'PORT must be 0 or more'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with postgres:// or postgresql://'],
    [{ DATABASE_OWNER_URL: 'x' }, 'DATABASE_OWNER_URL must start with postgres:// or postgresql://'],
    [
      { PUBLIC_URL: 'trellis.example.org' },
      'PUBLIC_URL must be the full address people open, such as https://trellis.example.org',
    ],
    [
      { PUBLIC_URL: 'ftp://trellis.example.org' },
      'PUBLIC_URL must be the full address people open, such as https://trellis.example.org',
    ],
    [{ REPORTS_A_MINUTE: '0' }, 'REPORTS_A_MINUTE must be 1 or more'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be silent, error, warn, info or debug'],
    [
      { DATA_DIR: '/srv/t', TRELLIS_KEYS: '/srv/t/database/k' },
      'TRELLIS_KEYS must not lie inside the database folder: whoever takes one must not have both',
    ],
    [
      { PORT: 'x', LOG_LEVEL: 'loud' },
      'PORT must be a whole number\nLOG_LEVEL must be silent, error, warn, info or debug',
    ],
  ])('%j', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(new Error(sentence))
  })
})
