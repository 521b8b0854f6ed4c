import fc from 'fast-check'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprints, openKeys, sameBytes, seal, tokenHash, unseal, type Keys } from './keys.ts'
import { projectRoot } from './root.ts'

let folder: string
let keys: Keys
const fileIn = (name: string): string => path.join(folder, name)
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-keys-'))
  keys = openKeys(fileIn('keys.json'))
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

describe('the key file', () => {
  test('is made on the first start, readable by its owner alone, and the same afterwards', () => {
    expect(fs.statSync(fileIn('keys.json')).mode & 0o777).toBe(0o600)
    expect(openKeys(fileIn('keys.json'))).toEqual(keys)
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  test('is made once, however many start at the same moment', async () => {
    const file = fileIn('shared.json')
    const script = `import { openKeys } from ${JSON.stringify(path.join(projectRoot, 'src/platform/keys.ts'))}
      console.log(openKeys(process.argv[1]).pepper.toString('hex'))`
    const peppers = await Promise.all(
      Array.from({ length: 5 }, () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script, file], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        return new Promise<string>((resolve) => child.stdout.once('data', (text: Buffer) => resolve(text.toString())))
      }),
    )
    expect(new Set(peppers).size).toBe(1)
  })

  test.each([
    ['no JSON', 'x'],
    [
      'no current key',
      JSON.stringify({
        version: 1,
        current: 'k2',
        keys: { k1: Buffer.alloc(32).toString('base64') },
        pepper: Buffer.alloc(32).toString('base64'),
      }),
    ],
    [
      'a key that is too short',
      JSON.stringify({ version: 1, current: 'k1', keys: { k1: 'AAAA' }, pepper: Buffer.alloc(32).toString('base64') }),
    ],
  ])('with %s in it is refused, never replaced', (_, text) => {
    fs.writeFileSync(fileIn('wrong.json'), text)
    expect(() => openKeys(fileIn('wrong.json'))).toThrow('cannot be read as keys')
    expect(fs.readFileSync(fileIn('wrong.json'), 'utf8')).toBe(text)
  })
})

describe('what is sealed', () => {
  const plain = Buffer.from('what somebody said')

  test('opens with the same use and binding, whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, bound) => {
        expect(unseal(keys, 'draft', seal(keys, 'draft', Buffer.from(bytes), bound), bound)).toEqual(Buffer.from(bytes))
      }),
    )
  })

  test('does not open for another use, another row, or without the visitor’s part', () => {
    const extra = Buffer.from('only the browser knows')
    const sealed = seal(keys, 'draft', plain, 'row 1', extra)
    expect(unseal(keys, 'draft', sealed, 'row 1', extra)).toEqual(plain)
    expect(() => unseal(keys, 'attachment', sealed, 'row 1', extra)).toThrow()
    expect(() => unseal(keys, 'draft', sealed, 'row 2', extra)).toThrow()
    expect(() => unseal(keys, 'draft', sealed, 'row 1')).toThrow()
    expect(() => unseal(keys, 'draft', sealed, 'row 1', Buffer.from('guess'))).toThrow()
  })

  test('does not open when any bit was turned over or any byte is missing', () => {
    const sealed = seal(keys, 'draft', plain, 'row')
    for (let i = 0; i < sealed.length; i++) {
      const turned = Buffer.from(sealed)
      turned[i]! ^= 1
      expect(() => unseal(keys, 'draft', turned, 'row')).toThrow()
      expect(() => unseal(keys, 'draft', sealed.subarray(0, i), 'row')).toThrow()
    }
  })

  test('does not open with a tag that was cut short', () => {
    const nothing = seal(keys, 'draft', Buffer.alloc(0), 'row')
    expect(unseal(keys, 'draft', nothing, 'row')).toEqual(Buffer.alloc(0))
    expect(() => unseal(keys, 'draft', nothing.subarray(0, -12), 'row')).toThrow()
  })

  test('twice is never the same bytes', () => {
    expect(seal(keys, 'draft', plain)).not.toEqual(seal(keys, 'draft', plain))
  })

  test('under an older key still opens when a newer one is current', () => {
    const sealed = seal(keys, 'draft', plain)
    const turned: Keys = { ...keys, current: 'k2', keys: { ...keys.keys, k2: Buffer.alloc(32, 7) } }
    expect(unseal(turned, 'draft', sealed)).toEqual(plain)
    expect(() => unseal(keys, 'draft', seal(turned, 'draft', plain))).toThrow('no key k2')
  })
})

test('a token’s hash stays the same when the current key changes, and differs by use', () => {
  const turned: Keys = { ...keys, current: 'k2', keys: { ...keys.keys, k2: Buffer.alloc(32, 7) } }
  expect(tokenHash(turned, 'session', 'token')).toEqual(tokenHash(keys, 'session', 'token'))
  expect(tokenHash(keys, 'draft', 'token')).not.toEqual(tokenHash(keys, 'session', 'token'))
})

test('bytes of different length are not the same', () => {
  expect(sameBytes(Buffer.from('a'), Buffer.from('ab'))).toBe(false)
  expect(sameBytes(Buffer.from('ab'), Buffer.from('ab'))).toBe(true)
})

test('a fingerprint tells one key file from another and holds nothing of the keys', () => {
  const others = openKeys(fileIn('others.json'))
  expect(fingerprints(keys)).toEqual(fingerprints(openKeys(fileIn('keys.json'))))
  expect(fingerprints(others)['k1']).not.toBe(fingerprints(keys)['k1'])
  expect(Object.keys(fingerprints(keys))).toEqual(['k1', 'pepper'])
  expect(keys.pepper.toString('hex')).not.toContain(fingerprints(keys)['pepper'])
})
