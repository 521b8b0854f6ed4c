/** The words of texts as sorted numbers, worked out once for each different text. */
import { newDictionary, type Dictionary } from './dictionary.ts'

export type Words = {
  /** Shared words over all words of both (Jaccard), 0 to 1. */
  readonly shared: (a: number, b: number) => number
  /** Whether both texts have numbers in them and none is the same: another house in the street. */
  readonly numbersDiffer: (a: number, b: number) => boolean
}

/** Texts longer than this many words are compared by their first ones. */
const most = 40

export const wordsOf = (dictionary: Dictionary): Words => {
  const vocabulary = newDictionary()
  const known: (Int32Array | undefined)[] = []
  const numbers: (Int32Array | undefined)[] = []

  const read = (id: number): Int32Array => {
    const words = dictionary.text(id).split(' ').slice(0, most)
    numbers[id] = sorted(words.filter((word) => /^\d/.test(word)).map(vocabulary.intern))
    return (known[id] = sorted(words.map(vocabulary.intern)))
  }
  const of = (id: number): Int32Array => known[id] ?? read(id)

  return {
    shared: (a, b) => {
      const [x, y] = [of(a), of(b)]
      const both = common(x, y)
      return both / (x.length + y.length - both)
    },
    numbersDiffer: (a, b) => {
      of(a)
      of(b)
      return numbers[a]!.length > 0 && numbers[b]!.length > 0 && common(numbers[a]!, numbers[b]!) === 0
    },
  }
}

const sorted = (ids: readonly number[]): Int32Array => Int32Array.from(new Set(ids)).sort()

const common = (x: Int32Array, y: Int32Array): number => {
  let [i, j, both] = [0, 0, 0]
  while (i < x.length && j < y.length) {
    if (x[i] === y[j]) {
      both++
      i++
      j++
    } else if (x[i]! < y[j]!) i++
    else j++
  }
  return both
}
