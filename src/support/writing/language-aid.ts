import aid from '../../../content/language-aid.json' with { type: 'json' }

export type Hint = { found: string; instead: string; why: string }

/** One spelling stands for all persons: who is written about does not change what a phrase says of them. */
const persons: Record<string, string> = {
  '{they}': '(?:he|she|they)',
  '{are}': '(?:is|are|was|were|has been|have been|’s|’re|being)',
  '{their}': '(?:his|her|their)',
  '{them}': '(?:him|her|them)',
  '{self}': '(?:himself|herself|themself|themselves)',
}
const pattern = (phrase: string): string =>
  phrase
    .split(/(\{\w+\})/)
    .map((part) => persons[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+'))
    .join('')
const phrases = aid.phrases.map(({ says, instead, why }) => ({
  looks: new RegExp(`(?<![\\p{L}\\d])(?:${says.map(pattern).join('|')})(?![\\p{L}\\d])`, 'iu'),
  instead,
  why,
}))

/**
 * Phrases in these words that put on the person what was done to them, each with what one could write instead. It only
 * suggests: nothing is kept of what was found, and nobody is stopped. Words in quotation marks are somebody's own.
 */
export const hintsIn = (words: string): Hint[] => {
  const own = words.replaceAll("'", '’').replace(/[“"][^“”"]*[”"]/g, ' … ')
  return phrases.flatMap(({ looks, instead, why }) => {
    const found = looks.exec(own)?.[0]
    return found ? [{ found, instead, why }] : []
  })
}
