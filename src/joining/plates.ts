/*
 * The same plate is said in many ways. Letters and digits that are read for one another on a plate seen in the dark are
 * one character to look it up by; the United Kingdom's formats say which of the two belongs where.
 */
const alike: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', B: '8', G: '6' }

/** One key for every way in which a plate may have been misread: AB12 CDE and A812 CDE are one. */
export const plateKey = (plate: string): string => [...bare(plate)].map((c) => alike[c] ?? c).join('')

const bare = (plate: string): string => plate.toUpperCase().replace(/[^A-Z0-9]/g, '')

// Where letters (A) and digits (9) stand: since 2001, 1983, 1963, and Northern Ireland's.
const formats = ['AA99AAA', 'A999AAA', 'A99AAA', 'A9AAA', 'AAA999A', 'AAA99A', 'AAA9A', 'AAZ9999', 'AIA9999']
const asLetter: Record<string, string> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 8: 'B', 6: 'G' }
const asDigit: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', B: '8', G: '6' }

/** The plate as its format means it, so that 0 and O are not two plates: AB1Z CDE is AB12CDE. What fits no format stays. */
export const readPlate = (plate: string): string => asFormatted(plate) ?? bare(plate)

const asFormatted = (plate: string): string | undefined => {
  const said = bare(plate)
  for (const format of formats) {
    if (format.length !== said.length) continue
    const read = [...said].map((c, i) => (format[i] === '9' ? (asDigit[c] ?? c) : (asLetter[c] ?? c))).join('')
    if ([...read].every((c, i) => (format[i] === '9' ? /\d/ : format[i] === 'A' ? /[A-Z]/ : /[ZI]/).test(c)))
      return read
  }
  return undefined
}

/*
 * Current plates (AB12 CDE) are known however they are typed, because nothing else looks like one. Older ones (A123 BCD,
 * ABC 123D) and Northern Ireland's (ABZ 1234) look like "the A46 and" and "his 15", so they count only in capitals or
 * written as one word.
 */
const shapes = [
  /\b(?=[A-Z]{2}[0-9O]*[0-9])[A-Z]{2}[0-9O]{2}\s?[A-Z]{3}\b/gi,
  /\b(?:[A-Z][0-9]{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?[0-9]{1,3}[A-Z]|[A-Z]{1,2}[IZ][A-Z]?\s?[0-9]{2,4})\b/g,
  /\b(?:[a-z][0-9]{1,3}[a-z]{3}|[a-z]{3}[0-9]{1,3}[a-z])\b/g,
]
const postcode = /^(?:GIR\s?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][ABD-HJLNP-UW-Z]{2})$/i

/** Every plate in a text, as said. */
export const platesIn = (text: string): string[] =>
  shapes.flatMap((shape) => text.match(shape) ?? []).filter((one) => !postcode.test(one.trim()))

/** The plate in what was said of a vehicle: "white van, AB12 CDE" is AB12 CDE. Parts of three characters or more count when nothing else was said. */
export const plateIn = (said: string): string | undefined => {
  const [found] = platesIn(said)
  if (found) return found
  // "KP2I X8Z": written as it was misread. A word with a digit in it that a format makes a plate of.
  const misread = said
    .match(/\b(?=[A-Z0-9 ]*\d)[A-Z0-9]{4}\s?[A-Z0-9]{3}\b/gi)
    ?.find((one) => asFormatted(one) && !postcode.test(one))
  if (misread) return misread
  const alone = said.replace(/[\s-]/g, '')
  return /^(?=.*\d)[A-Za-z0-9]{3,8}$/.test(alone) ? alone : undefined
}

/** Fewer characters than any whole plate in use: a part of one. */
export const isPartOfPlate = (plate: string): boolean => plate.length < 5
