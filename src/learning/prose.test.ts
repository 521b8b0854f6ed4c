import { expect, test } from 'vitest'
import { blocksOf } from './prose.ts'

test('lines of a paragraph are joined, and a blank line ends it', () => {
  expect(blocksOf('We met\r\ntwice.\n\nThen we wrote.')).toEqual([
    { kind: 'paragraph', text: 'We met twice.' },
    { kind: 'paragraph', text: 'Then we wrote.' },
  ])
})

test('points stand below one another as far as they are set in', () => {
  const [intro, list] = blocksOf('What we saw:\n1) Training\n  - across\n    the county\n  - by theme\n2) Plans')
  expect(intro).toEqual({ kind: 'paragraph', text: 'What we saw:' })
  expect(list).toEqual({
    kind: 'list',
    ordered: true,
    items: [
      {
        text: 'Training',
        below: [
          {
            kind: 'list',
            ordered: false,
            items: [
              { text: 'across the county', below: [] },
              { text: 'by theme', below: [] },
            ],
          },
        ],
      },
      { text: 'Plans', below: [] },
    ],
  })
})

test('a list goes on over a blank line, and a paragraph ends it', () => {
  const blocks = blocksOf('- one\n\n- two\n\nThe rest.\n\n- three')
  expect(blocks.map((one) => (one.kind === 'list' ? one.items.length : one.text))).toEqual([2, 'The rest.', 1])
})

test('a hyphen inside words, a year at the start of a line and an empty box are no list', () => {
  expect(blocksOf('2019 was the year.\nall-age')).toEqual([{ kind: 'paragraph', text: '2019 was the year. all-age' }])
  expect(blocksOf(' \n\n')).toEqual([])
})
