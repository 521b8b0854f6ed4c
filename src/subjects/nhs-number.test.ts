import { expect, test } from 'vitest'
import { isTestNhsNumber, readNhsNumber } from './nhs-number.ts'

test('an NHS number is read with or without its gaps', () => {
  // From the data dictionary's own worked example, and the published test range.
  for (const said of ['943 476 5919', '9434765919', '943-476-5919', ' 943 476 5919 '])
    expect(readNhsNumber(said)).toBe('9434765919')
  expect(readNhsNumber('999 000 0018')).toBe('9990000018')
})

test('a wrong digit, two digits swapped, or a remainder of ten is no NHS number', () => {
  for (const said of ['943 476 5918', '943 476 9519', '943 476 591', '1234567890', 'AB34765919', '943 476 59199', ''])
    expect(readNhsNumber(said), said).toBeUndefined()
})

test('numbers for trying things out are known from the real ones', () => {
  expect(isTestNhsNumber('9990000018')).toBe(true)
  expect(isTestNhsNumber('9434765919')).toBe(false)
})
