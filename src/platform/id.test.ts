import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isId, newId, randomBase32, readBase32 } from './id.ts'

test('an id is random and looks like one', () => {
  const ids = Array.from({ length: 100 }, newId)
  expect(new Set(ids).size).toBe(100)
  expect(ids.every(isId)).toBe(true)
  expect(isId('police')).toBe(false)
  expect(isId(`${newId()} `)).toBe(false)
})

test('a code for people holds no letter that can be misread', () => {
  const text = randomBase32(2000)
  expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{2000}$/)
  expect(new Set(text).size).toBe(32)
})

describe('what a person typed is read kindly', () => {
  test('small letters, gaps, dashes, O for 0, I and L for 1', () => {
    expect(readBase32(' 7k3m – oil0\u00a0abcd.ＥＦ')).toBe('7K3M0110ABCDEF')
  })

  test('whatever the case and the gaps, the same code comes out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), { minLength: 1, maxLength: 20 }),
        (letters) => {
          const code = letters.join('')
          expect(readBase32(letters.join(' ').toLowerCase())).toBe(code)
        },
      ),
    )
  })

  test('what cannot be one is none', () => {
    for (const typed of ['', '  ', 'U', 'ABC!', 'Ж', '<script>']) expect(readBase32(typed)).toBeUndefined()
  })
})
