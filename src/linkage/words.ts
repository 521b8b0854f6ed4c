/** The words of texts as sorted numbers, worked out once for each different text and kept in one array. */
import { newDictionary, type Dictionary } from './dictionary.ts'

export type Words = {
  /** Shared words over all words of both (Jaccard), 0 to 1. */
  readonly shared: (a: number, b: number) => number
  /** Whether both texts have numbers in them and none is the same: another house in the street. */
  readonly numbersDiffer: (a: number, b: number) => boolean
}

/** Texts longer than this many words are compared by their first ones. */
const most = 40

/** The words of a dictionary's texts. They are read once, whoever asks. */
export const wordsOf = (dictionary: Dictionary): Words => {
  const known = wordsIn.get(dictionary)
  if (known?.size === dictionary.size()) return known.words
  const words = newWords(dictionary)
  wordsIn.set(dictionary, { size: dictionary.size(), words })
  return words
}
const wordsIn = new WeakMap<Dictionary, { readonly size: number; readonly words: Words }>()

const newWords = (dictionary: Dictionary): Words => {
  const vocabulary = newDictionary()
  // A text's words begin in `words` at its place: how many there are, how many of them are numbers, all, then the numbers.
  const places = new Int32Array(dictionary.size())
  let words = new Int32Array(1024)
  let used = 1

  const place = (id: number): number => (places[id] === 0 ? read(id) : places[id]!)
  const read = (id: number): number => {
    const text = dictionary.text(id).split(' ').slice(0, most)
    const all = sorted(text.map(vocabulary.intern))
    const numbers = sorted(text.filter((word) => /^\d/.test(word)).map(vocabulary.intern))
    while (used + 2 * most + 2 > words.length) {
      const more = new Int32Array(words.length * 2)
      more.set(words)
      words = more
    }
    const at = (places[id] = used)
    words.set([all.length, numbers.length, ...all, ...numbers], at)
    used += 2 + all.length + numbers.length
    return at
  }

  /** How many numbers two sorted stretches share. */
  const common = (x: number, endX: number, y: number, endY: number): number => {
    let both = 0
    while (x < endX && y < endY) {
      const [one, other] = [words[x]!, words[y]!]
      if (one === other) both++
      if (one <= other) x++
      if (other <= one) y++
    }
    return both
  }

  return {
    shared: (a, b) => {
      const [x, y] = [place(a), place(b)]
      const [xs, ys] = [words[x]!, words[y]!]
      const both = common(x + 2, x + 2 + xs, y + 2, y + 2 + ys)
      return both / (xs + ys - both)
    },
    numbersDiffer: (a, b) => {
      const [x, y] = [place(a), place(b)]
      const [xs, ys] = [x + 2 + words[x]!, y + 2 + words[y]!]
      const [xn, yn] = [words[x + 1]!, words[y + 1]!]
      return xn > 0 && yn > 0 && common(xs, xs + xn, ys, ys + yn) === 0
    },
  }
}

const sorted = (ids: readonly number[]): Int32Array => Int32Array.from(new Set(ids)).sort()
