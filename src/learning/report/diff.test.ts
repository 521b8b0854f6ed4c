import { expect, test } from 'vitest'
import { changed } from './diff.ts'

const told = (before: string, after: string): string =>
  changed(before, after)
    .map(({ kind, words }) => ({ same: words, out: `[-${words}-]`, in: `[+${words}+]` })[kind])
    .join('')

test('what changed is told word by word, neighbours together', () => {
  expect(told('We met twice in spring.', 'We met three times in spring.')).toBe(
    'We met [-twice -][+three times +]in spring.',
  )
  expect(told('', 'New.')).toBe('[+New.+]')
  expect(told('Same.', 'Same.')).toBe('Same.')
  expect(told('for adults', 'for adults and all')).toBe('for adults [+and all+]')
})

test('both texts can be put together again from what is told, however different they are', () => {
  const [before, after] = ['a b c d e f g\n\nh', 'a x c d\ne y z h']
  const pieces = changed(before, after)
  const all = (not: string) => pieces.flatMap(({ kind, words }) => (kind === not ? [] : words)).join('')
  expect([all('in'), all('out')]).toEqual([before, after])
})

test('two long texts with nothing in common are told whole, and at once', () => {
  const long = (word: string) => `${word} `.repeat(4000)
  expect(changed(long('a'), long('b')).map(({ kind }) => kind)).toEqual(['out', 'in'])
})
