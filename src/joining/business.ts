import spec from '../../content/linkage/business.json' with { type: 'json' }
import { fold, readAddress, readPostcode, skeleton } from '../linkage/index.ts'

/** A business as named: its words as they were said, without those that name the law it was founded under. */
export type Business = { kind: 'business'; name: string; postcode: string; address: string }

const dropped = new Set(spec.dropped)
const listed = new Map(spec.words.flatMap(({ bits, in: words }) => words.map((word) => [word, bits] as const)))
/** Of such a word on nothing is known but what is sold there. */
const [, trade] = spec.words.map(({ bits }) => bits)
const most_words = 8

/** How much it tells that two names share this word, in bits. */
export const bitsOf = (word: string): number => listed.get(word) ?? spec.otherWord
export const isOfTheTrade = (word: string): boolean => bitsOf(word) <= trade!

/** "THE GOLDEN FRY (Rugby) LTD." is golden fry rugby; "Kilsby Foods Ltd t/a Golden Fry" is what it trades as. */
export const businessName = (said: string): string => {
  const folded = fold(said)
  const tradesAs = folded.split(/\b(?:t a|trading as)\b/).at(-1)!
  const words = tradesAs.split(' ').filter(Boolean)
  const telling = words.filter((word) => !dropped.has(word))
  return (telling.length > 0 ? telling : words).slice(0, most_words).join(' ')
}

export const standardBusiness = (said: { name: string; address?: string; postcode?: string | null }): Business => ({
  kind: 'business',
  name: businessName(said.name),
  postcode: (said.postcode ?? '').toUpperCase().replace(/[^A-Z0-9]/g, ''),
  address: readAddress(said.address ?? ''),
})

export const wordsIn = (name: string): string[] => [...new Set(name.split(' ').filter(Boolean))]

/** The same name said again, in whatever order: undefined where it tells no one business, as "the chip shop". */
export const businessKey = (said: string): string | undefined => {
  const words = wordsIn(businessName(said))
  return words.every(isOfTheTrade) ? undefined : words.sort().join(' ')
}

/** What only says what is sold is looked for only where somebody said where. */
export const isNamed = ({ name, postcode }: Business): boolean =>
  name !== '' && (!wordsIn(name).every(isOfTheTrade) || readPostcode(postcode) !== 0)

/**
 * What it is looked up by: a word that few share, two words of it, the whole with a letter too few, or one word near by.
 * Vowels count for nothing, so that a slip of the pen does not hide it.
 */
export const businessKeys = ({ name, postcode }: Business): string[] => {
  const words = wordsIn(name)
  const bones = [...new Set(words.filter((word) => !isOfTheTrade(word)).map(skeleton))].filter(Boolean).sort()
  const all = [...new Set(words.map(skeleton))].filter(Boolean).sort()
  const rare = words.filter((word) => !listed.has(word))
  const district = readPostcode(postcode) >>> 13
  return [
    ...withoutOne(words.join('')).map((whole) => `business whole ${whole}`),
    ...rare.map((word) => `business word ${skeleton(word)}`),
    ...bones.flatMap((one) =>
      all.flatMap((other) => (one === other ? [] : [`business two ${[one, other].sort().join('|')}`])),
    ),
    ...(district ? all.map((one) => `business near ${one}|${district}`) : []),
  ]
}

/** Two of these are equal where the texts are one letter apart (Garbe's symmetric deletion). Short ones stay whole. */
const withoutOne = (text: string): string[] =>
  text.length < 5 ? [text] : [text, ...Array.from(text, (_, i) => text.slice(0, i) + text.slice(i + 1))]
