import { expect, test } from 'vitest'
import { emptyReport } from './content.ts'
import { hitsIn } from './redact.ts'

const found = (learning: string): string[] =>
  hitsIn({ ...emptyReport(), learning }).map(({ kind, found: words }) => `${kind}: ${words}`)

test('what could tell who somebody is is found, each by its kind', () => {
  expect(found('Mrs. Oakley told us.')).toEqual(['name: Mrs. Oakley'])
  expect(found('A girl called Kezia Thorne came.')).toEqual(['name: Kezia Thorne'])
  expect(found('Bryony Askew told us, and Elmshire Police said so.')).toEqual(['name: Bryony Askew'])
  expect(found('Write to una.brook@elmshire.example or ring 01632 960123 or +44 7700 900456.')).toEqual([
    'email: una.brook@elmshire.example',
    'phone: 01632 960123',
    'phone: +44 7700 900456',
  ])
  expect(found('She lives near CV34 4RL.')).toEqual(['postcode: CV34 4RL'])
  expect(found('Her number is 999 000 0018, not 999 000 0019.')).toEqual(['nhs: 999 000 0018'])
  expect(found('He was born on 3 March 2010.')).toEqual(['birth: born on 3 March 2010'])
  expect(found('Only three children took part.')).toEqual(['few: three children'])
})

test('agencies, years, large numbers, the third of four aims and one day for people are no hits', () => {
  expect(found('One day for leaders and one for the people who do the work.')).toEqual([])
  expect(found('Warwickshire Police and 30 people from 12 agencies met in 2020 about the third of 4 aims.')).toEqual([])
})

test('a hit stands in its own sentence, once, though lines wrap and a title ends in a full stop', () => {
  const hits = hitsIn({
    ...emptyReport(),
    aims: 'We met. Then Dr. Vale\nspoke to us. She left.',
    reasons: '- one girl\n- more',
  })
  expect(hits.map(({ field, sentence }) => [field, sentence])).toEqual([
    ['reasons', '- one girl'],
    ['aims', 'Then Dr. Vale spoke to us.'],
  ])
})
