import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findDetails, keyOf } from './detail.ts'

test('the same plate has one key however it was said', () => {
  const ways = ['AB12 CDE', 'ab12cde', 'AB 12 CDE', 'white van, AB12 CDE', 'ＡＢ１２ ＣＤＥ', 'ABI2 CDE']
  expect(new Set(ways.map((said) => keyOf('vehicle', said))).size).toBe(1)
})

test('letters and digits that look alike in the dark are one character on a plate', () => {
  expect(keyOf('vehicle', 'BO51 SZO')).toBe(keyOf('vehicle', 'B051 5Z0'))
  expect(keyOf('vehicle', 'AB12 CDE')).not.toBe(keyOf('vehicle', 'AB12 CDF'))
})

test('a partial plate said alone is kept to look for; a colour is not', () => {
  expect(keyOf('vehicle', 'AB12')).toBe('A812')
  expect(keyOf('vehicle', 'silver')).toBeNull()
  expect(keyOf('vehicle', 'a silver Golf')).toBeNull()
})

test('a phone has one key with or without its country', () => {
  const ways = ['01632 960 001', '+44 1632 960001', '0044 (0)1632 960001', '+44 (0)1632-960001', '(01632) 960001']
  expect(new Set(ways.map((said) => keyOf('phone', said)))).toEqual(new Set(['+441632960001']))
  expect(keyOf('phone', '+48 22 123 45 67')).toBe('+48221234567')
  expect(keyOf('phone', 'no number')).toBeNull()
})

test('a name has one key in any order, case and accent', () => {
  expect(keyOf('name', 'Zoë  O’Neill')).toBe(keyOf('name', 'o neill, ZOE'))
  expect(keyOf('account', 'https://www.example.com/@Kez')).toBe('example.comkez')
  expect(keyOf('postcode', 'cv34 4rl')).toBe('CV344RL')
})

const found = (text: string) => findDetails(text).map(({ kind, said }) => `${kind} ${said}`)

test('plates, phones and postcodes in free text are found once each, in their order', () => {
  expect(
    found('Room 4. White van ab12 cde, again AB12CDE, rang 07700 900123 from CV34 4RL. Old car ABC 123D, A123 BCD.'),
  ).toEqual(['vehicle ab12 cde', 'phone 07700 900123', 'postcode CV34 4RL', 'vehicle ABC 123D', 'vehicle A123 BCD'])
})

test('ordinary sentences hold no plates', () => {
  for (const text of [
    'They drove down the A46 and then the M40 was shut',
    'He paid him and 5p, his 15 year old, did 20 and him 30',
    'She is in year 10 and he is 19. On the B4086 the car stopped.',
    'at 10 pm on 12 May, room 12 and 14, zoo and cool the food',
    'Too the good, shoo the dog',
  ])
    expect(found(text), text).toEqual([])
})

test('a bank card or a long reference is not taken for a phone', () => {
  expect(found('card 4929 0012 3456 7890 and ref 100777009001234567')).toEqual([])
})

test('a postcode is not taken for a plate', () => {
  expect(found('near E15 1AB')).toEqual(['postcode E15 1AB'])
})

test('whatever is written, looking for details ends quickly and finds only what stands there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const { said } of findDetails(text)) expect(text.normalize('NFKC')).toContain(said)
    }),
  )
  // One that tried every way to split these would not end before the test's own patience.
  for (const text of ['0 '.repeat(50_000), 'AB12'.repeat(25_000)])
    for (const { said } of findDetails(text)) expect(text).toContain(said)
})
