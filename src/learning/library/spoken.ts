import { bareWords, stem } from '../../guidance/index.ts'
import { themes } from '../codes.ts'

/** A word as it counts when what is said is compared: by its stem, and an age however it is written. */
export const saidAs = (word: string): string => {
  const known = stems.get(word)
  if (known !== undefined) return known
  if (stems.size > 50_000) stems.clear()
  const said = ages.get(word) ?? stem(word)
  stems.set(word, said)
  return said
}
/** Cutting a word costs more than looking it up, and texts are made of the same words. */
const stems = new Map<string, string>()
const ages = new Map([
  ['eighteen', '18'],
  ['eighteenth', '18'],
  ['18th', '18'],
  ['18s', '18'],
])

export type Phrase = { theme: string; said: readonly string[]; shown: string }

/** What people say when they mean a theme. */
export const phrases: readonly Phrase[] = themes.flatMap(({ code, label, words }) =>
  [label, ...words].map((shown) => ({ theme: code, said: bareWords(shown).map(saidAs), shown })),
)

const byFirst = new Map<string, Phrase[]>()
for (const phrase of phrases) byFirst.set(phrase.said[0]!, [...(byFirst.get(phrase.said[0]!) ?? []), phrase])
// The longest is tried first: "handing over at 18" is more than "handing over".
for (const list of byFirst.values()) list.sort((a, b) => b.said.length - a.said.length)

/** Where phrases of the themes stand in a row of words, none inside another. */
export const phrasesIn = (said: readonly string[]): { phrase: Phrase; at: number }[] => {
  const found: { phrase: Phrase; at: number }[] = []
  for (let at = 0; at < said.length;) {
    const here = (byFirst.get(said[at]!) ?? []).filter((one) => one.said.every((word, i) => said[at + i] === word))
    // Two themes may share a phrase.
    const longest = here[0]?.said.length ?? 0
    for (const phrase of here) if (phrase.said.length === longest) found.push({ phrase, at })
    at += longest || 1
  }
  return found
}

/** How often a text speaks of each theme, by the words that people have for it. */
export const mentionsIn = (text: string): Map<string, number> => {
  const mentions = new Map<string, number>()
  for (const { phrase } of phrasesIn(bareWords(text).map(saidAs)))
    mentions.set(phrase.theme, (mentions.get(phrase.theme) ?? 0) + 1)
  return mentions
}
export const themesSpokenOf = (text: string): string[] => [...mentionsIn(text).keys()]
