export type Piece = { kind: 'same' | 'out' | 'in'; words: string }

/** Beyond this many pairs of words the middle is shown as taken out and put in whole: a page is not worth a second. */
const most_pairs = 4_000_000

/**
 * What changed from one text to another, word by word: the longest run of words that both have, in their order, is the same
 * (longest common subsequence), and what is between is taken out or put in. Line ends belong to the word
 * before; spaces at the end of a text or of a line are no change.
 */
export const changed = (before: string, after: string): Piece[] => {
  const [a, b] = [wordsIn(before), wordsIn(after)]
  let start = 0
  while (start < a.length && start < b.length && alike(a[start]!, b[start]!)) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && alike(a.at(-1 - end)!, b.at(-1 - end)!)) end++
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const middle = x.length * y.length > most_pairs ? [...all('out', x), ...all('in', y)] : between(x, y)
  return joined([...all('same', b.slice(0, start)), ...middle, ...all('same', b.slice(b.length - end))])
}

const alike = (a: string, b: string): boolean => a.trimEnd() === b.trimEnd() && lines(a) === lines(b)
const lines = (word: string): number => word.split('\n').length

const wordsIn = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? []
const all = (kind: Piece['kind'], words: readonly string[]): Piece[] => words.map((one) => ({ kind, words: one }))

const between = (a: readonly string[], b: readonly string[]): Piece[] => {
  const width = b.length + 1
  /** How many words are common from here to the end of both. */
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = alike(a[i]!, b[j]!)
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (alike(a[i]!, b[j]!)) {
      pieces.push({ kind: 'same', words: b[j]! })
      i++
      j++
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) pieces.push({ kind: 'out', words: a[i++]! })
    else pieces.push({ kind: 'in', words: b[j++]! })
  }
  return [...pieces, ...all('out', a.slice(i)), ...all('in', b.slice(j))]
}

/** Neighbours of one kind are one piece: a screen reader says "taken out" once. */
const joined = (pieces: readonly Piece[]): Piece[] => {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    if (last?.kind === piece.kind) last.words += piece.words
    else out.push({ ...piece })
  }
  return out
}
