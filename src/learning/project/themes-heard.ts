import { themes } from '../codes.ts'

/** The themes that a text speaks of, by the words that people use for them. It says that a word is there, not what is meant. */
export const themesHeard = (text: string): Set<string> => {
  const said = ` ${plain(text)} `
  return new Set(
    themes
      .filter(({ label, words }) => [label, ...words].some((word) => said.includes(` ${plain(word)} `)))
      .map(({ code }) => code),
  )
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
