/**
 * About how old a reader must be, by Flesch and Kincaid's grade level: 0.39 words a sentence + 11.8 syllables a word −
 * 15.59, plus five years to turn an American grade into an age (Kincaid and others, 1975, Research Branch Report 8-75).
 * Each text is a sentence at least: signs and steps carry no full stop.
 */
export const readingAge = (texts: readonly string[]): number => {
  const sentences = texts.flatMap((text) => text.split(/[.!?]+(?:\s|$|”)/)).filter((part) => /\p{L}/u.test(part))
  const words = sentences.flatMap((sentence) => sentence.match(/[\p{L}’'-]+/gu) ?? [])
  if (words.length === 0) return 5
  const syllables = words.reduce((total, word) => total + syllablesIn(word), 0)
  return 5 + Math.max(0, 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59)
}

/** Counts groups of vowels, without the silent e and the silent -ed. Right for most English words; good over a page. */
export const syllablesIn = (word: string): number => {
  const bare = word.toLowerCase().replace(/[^a-zà-ÿ]/g, '')
  if (bare.length <= 3) return 1
  const spoken = bare
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, (end) => end[0]!)
    .replace(/^y/, '')
    .replace(/([aeiou])ing$/, '$1-ing')
  return Math.max(1, spoken.match(/[aeiouyà-ÿ]+/g)?.length ?? 1)
}

/** Every sentence that a reader meets in some words. */
export const sentencesOf = (words: unknown): string[] => {
  if (typeof words === 'string') return /\s/.test(words) ? [words] : []
  if (Array.isArray(words)) return words.flatMap(sentencesOf)
  return words && typeof words === 'object' && !(words instanceof Date) ? Object.values(words).flatMap(sentencesOf) : []
}
