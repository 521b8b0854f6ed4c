import fc from 'fast-check'
import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openText, sealText } from './sealed-text.ts'

const key = { id: 'some key', secret: createSecretKey(randomBytes(32)) }
const where = { table: 'concern', column: 'worry', row: 'a row' }

test('a sealed text opens to what it was, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(openText(key, where, sealText(key, where, text))).toBe(text)
    }),
  )
  for (const text of ['', '\u0000', '\uFEFFa', '\u0080', 'a'.repeat(31), 'a'.repeat(32), '💚'.repeat(8)])
    expect(openText(key, where, sealText(key, where, text))).toBe(text)
})

test('it opens in no other row, column or table, with no other key, and with no bit turned over', () => {
  const sealed = sealText(key, where, 'what somebody said')
  for (const other of [{ row: 'b row' }, { column: 'place' }, { table: 'message' }])
    expect(() => openText(key, { ...where, ...other }, sealed)).toThrow()
  expect(() => openText({ id: key.id, secret: createSecretKey(randomBytes(32)) }, where, sealed)).toThrow()
  for (let i = 0; i < sealed.length; i++) {
    const turned = Buffer.from(sealed)
    turned[i]! ^= 1
    expect(() => openText(key, where, turned)).toThrow()
    expect(() => openText(key, where, sealed.subarray(0, i))).toThrow()
  }
})

test('names of different lengths are sealed in one size, and the same words never in the same bytes', () => {
  expect(sealText(key, where, 'Al').length).toBe(sealText(key, where, 'Alexandria Montgomery').length)
  expect(sealText(key, where, 'Al')).not.toEqual(sealText(key, where, 'Al'))
})
