import { expect, test } from 'vitest'
import { readPostcode } from './postcode.ts'

test('a postcode is read whole or by its first half, however it is typed', () => {
  expect(['cv344rl', 'CV34 4RL', ' c v 3 4 4 r l'].map(readPostcode)).toEqual(['CV34 4RL', 'CV34 4RL', 'CV34 4RL'])
  expect(['sw1a', 'B1 1AA', 'gir 0aa', 'CV34'].map(readPostcode)).toEqual(['SW1A', 'B1 1AA', 'GIR 0AA', 'CV34'])
})

test('what is no postcode is not read as one', () => {
  for (const said of ['', 'Leeds', '12345', 'CV34 4R', 'CV34 4RLX', '<b>'])
    expect(readPostcode(said), said).toBeUndefined()
})
