import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256 } from './sha256.ts'

test('our own SHA-256 begins as everybody’s does', () => {
  const theirs = (text: string) => createHash('sha256').update(text, 'latin1').digest().readUInt32BE(0)
  for (let length = 0; length < 200; length++) expect(sha256('a'.repeat(length))).toBe(theirs('a'.repeat(length)))
  fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), (text) => sha256(text) === theirs(text)))
})
