/** People's names, taken apart into what is compared. */
import { fold, saysNothing } from './text.ts'

export type PersonName = {
  /** The first given name. */
  readonly given: string
  /** The other given names, joined by spaces. */
  readonly middle: string
  /** The family name; the parts of a double-barrelled one are joined by a space. */
  readonly family: string
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const titles = words(
  'mr mrs miss ms mx dr prof rev reverend sir dame lady lord master sister father fr hajji haji hajj hadji sheikha imam hafiz baby infant',
)
// Sheikh, Syed and Begum are titles to some families and the name itself to others: they stay. Frequency weighs them.
const particles = words('al el bin bint ibn ben de da do dos del della di van von der den ter la le du af av zu ap')
const suffixes = words('jr jnr junior sr snr senior ii iii iv esq')

/** Given names as written in one column: `Mr. Mohammed Ali` is Mohammed, then Ali. Anne-Marie is one name. */
export const givenNames = (raw: string): { given: string; middle: string } => {
  const folded = fold(raw.replace(/[-‐‑]/g, ''))
  if (saysNothing(folded)) return { given: '', middle: '' }
  const kept = without(folded.split(' '), titles)
  return { given: kept[0] ?? '', middle: kept.slice(1).join(' ') }
}

/** A family name: particles and suffixes go, Mc and O' are joined to what follows, the parts of a double one stay apart. */
export const familyName = (raw: string): string => {
  const folded = fold(raw)
  if (saysNothing(folded)) return ''
  const joined = folded
    .replace(/\b(mc|mac|o|d|st) (?=\p{L}{2})/gu, '$1')
    .replace(/\b(ud|ul|ur|us|uz) (?=\p{L})/gu, '$1')
    .replace(/\b(abd) (?=(ul|al|el|ur))/gu, '$1')
  return without(without(joined.split(' '), suffixes), particles).join(' ')
}

/** A whole name in one column: `Smith, John`, `Mr John Paul Smith`. The last word is the family name where nothing says otherwise. */
export const wholeName = (raw: string): PersonName => {
  const comma = raw.indexOf(',')
  if (comma > 0) return { ...givenNames(raw.slice(comma + 1)), family: familyName(raw.slice(0, comma)) }
  const parts = without(without(raw.trim().split(/\s+/), titles), suffixes)
  if (parts.length < 2) return { given: '', middle: '', family: familyName(parts[0] ?? '') }
  // "Ahmed bin Said", "Anna van der Berg": the particle begins the family name.
  const particle = parts.findIndex((part, i) => i > 0 && particles.has(fold(part)))
  const at = particle > 0 ? particle : parts.length - 1
  return { ...givenNames(parts.slice(0, at).join(' ')), family: familyName(parts.slice(at).join(' ')) }
}

/** A name made only of such words (a family called Junior) keeps them. */
const without = (parts: readonly string[], drop: ReadonlySet<string>): string[] => {
  const kept = parts.filter((part) => !drop.has(fold(part)))
  return kept.length > 0 ? kept : [...parts]
}

/**
 * Consonants with common doublets made one, to *look up* by, never as evidence: Soundex and its kin are made for English
 * names and fold foreign ones together.
 */
export const skeleton = (name: string): string =>
  name
    .replace(/ph/g, 'f')
    .replace(/ck|q|c(?=[aoukl])/g, 'k')
    .replace(/sch|sz|sh/g, 's')
    .replace(/[wv]/g, 'v')
    .replace(/z/g, 's')
    .replace(/(?<=.)[aeiouyh ]/g, '')
    .replace(/(.)\1+/g, '$1')
