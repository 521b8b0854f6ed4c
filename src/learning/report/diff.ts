export type Piece = { kind: 'same' | 'out' | 'in'; words: string }

/** Beyond this many pairs of words the middle is shown as taken out and put in whole: a page is not worth a second. */
const most_pairs = 4_000_000

/**
 * What changed from one text to another, word by word: the longest run of words that both have, in their order, is the same
 * (longest common subsequence), and what is between is taken out or put in. Line ends belong to the word before; spaces at
 * the end of a text or of a line are no change.
 */
export const changed = (before: string, after: string): Piece[] => {
  const [a, b] = [wordsIn(before), wordsIn(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start]!.key === b[start]!.key) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end)!.key === b.at(-1 - end)!.key) end++
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const middle = x.length * y.length > most_pairs ? [...all('out', x), ...all('in', y)] : between(x, y)
  return joined([...all('same', b.slice(0, start)), ...middle, ...all('same', b.slice(b.length - end))])
}

type Word = { said: string; key: string }
const wordsIn = (text: string): Word[] =>
  (text.match(/\S+\s*|\s+/g) ?? []).map((said) => ({ said, key: said.replace(/[^\S\n]+/g, '') }))
const all = (kind: Piece['kind'], words: readonly Word[]): Piece[] => words.map(({ said }) => ({ kind, words: said }))

const between = (a: readonly Word[], b: readonly Word[]): Piece[] => {
  const width = b.length + 1
  /** How many words are common from here to the end of both. */
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i]!.key === b[j]!.key
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i]!.key === b[j]!.key) {
      pieces.push({ kind: 'same', words: b[j++]!.said })
      i++
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!)
      pieces.push({ kind: 'out', words: a[i++]!.said })
    else pieces.push({ kind: 'in', words: b[j++]!.said })
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
