import type { Step } from '../linkage/index.ts'
import { dateFormat, fill, type Words } from '../web/index.ts'
import type { Business } from './business.ts'
import type { Person, Standard } from './standard.ts'
import { sharedWith } from './weigh.ts'

export type WaterfallLine = {
  text: string
  /** Whether it speaks for or against; the line that everything starts from does neither. */
  side: 'for' | 'against' | 'start'
  strength: 'strong' | 'some' | 'weak'
  weight: number
}

/**
 * Why two may be the same, in words: a line for each step that says anything, and all of them as one sentence. Values
 * stand in it where the reader may see both sides; otherwise it says that a field of another agency agrees, not which.
 */
export const waterfall = (
  steps: readonly Step[],
  { here, there }: { here: Standard | undefined; there: Standard | undefined },
  words: Words['joining'],
): { sentence: string; lines: WaterfallLine[] } => {
  // What speaks most for it comes first, and then what speaks most against.
  const lines = byWeight(steps)
    .filter((step) => isStart(step) || Math.abs(step.weight) >= says_something)
    .map((step): WaterfallLine => {
      const { weight } = step
      if (isStart(step)) return { text: words.start, side: 'start', strength: 'strong', weight }
      const side = weight > 0 ? 'for' : 'against'
      const strength = Math.abs(weight) >= 7 ? 'strong' : Math.abs(weight) >= 3 ? 'some' : 'weak'
      const what = here && there ? described(step, here, there, words) : hidden(step, words)
      return { text: fill(words.line[side], { what, strength: words.strength[strength] }), side, strength, weight }
    })
  const told = lines.filter(({ side }) => side !== 'start').map(({ text }) => text)
  const sentence = told.length > 0 ? told.join('; ') : words.nothing
  return { sentence: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`, lines }
}

const byWeight = (steps: readonly Step[]): Step[] =>
  [...steps].sort(
    (x, y) =>
      Number(isStart(y)) - Number(isStart(x)) || sideOf(y) - sideOf(x) || Math.abs(y.weight) - Math.abs(x.weight),
  )
const isStart = ({ comparison }: Step): boolean => comparison === 'prior'
const sideOf = ({ weight }: Step): number => Math.sign(weight)

/** In bits. Less than this moves nobody. */
const says_something = 0.5

/** What a guard or a household does is no field of anybody's. */
const hidden = (step: Step, words: Words['joining']): string => {
  const own = step.comparison === 'guard' || step.comparison === 'household'
  return own ? levelOf(step, words) : step.weight > 0 ? words.masked : words.maskedAgainst
}

const levelOf = ({ comparison, level }: Step, { levels }: Words['joining']): string =>
  (levels as Record<string, Record<string, string>>)[comparison]?.[level] ?? level

const described = (step: Step, here: Standard, there: Standard, words: Words['joining']): string => {
  const what = withRarity(step, levelOf(step, words), words)
  const [one, other] = valuesOf(step.comparison, here, there)
  if (one === '' || other === '') return what
  return one === other ? fill(words.same, { what, value: one }) : fill(words.both, { what, here: one, there: other })
}

/** Agreeing on a rare name weighs more than its level does, on a common one less. */
const withRarity = ({ comparison, level, weight }: Step, what: string, words: Words['joining']): string => {
  const usual = comparison === 'name' ? usualNames[level] : undefined
  if (usual === undefined) return what
  return weight >= usual.rare
    ? fill(words.rare, { what })
    : weight <= usual.common
      ? fill(words.common, { what })
      : what
}
const usualNames: Record<string, { rare: number; common: number }> = {
  same: { rare: 12, common: 9 },
  'given name the same, family name different': { rare: 6, common: 2 },
  'family name the same, given name different': { rare: 6, common: 2 },
}

const valuesOf = (comparison: string, here: Standard, there: Standard): [string, string] => {
  if (here.kind === 'person' && there.kind === 'person') {
    if (comparison === 'said with') {
      const shared = sharedWith(here, there)
      const thing = shared.slice(shared.indexOf(' ') + 1)
      return [thing, thing]
    }
    const of = personValues[comparison]
    return of ? [of(here), of(there)] : ['', '']
  }
  if (here.kind === 'business' && there.kind === 'business') {
    const of = businessValues[comparison]
    return of ? [of(here), of(there)] : ['', '']
  }
  return [nameInWords(here), nameInWords(there)]
}

const businessValues: Record<string, (business: Business) => string> = {
  'business name': ({ name }) => inCapitals(name),
  'business place': ({ postcode, address }) => postcode || address,
}

export const personValues: Record<string, (person: Person) => string> = {
  name: ({ names }) => names.map(wholeName).join(', '),
  born: ({ born }) => dateInWords(born),
  sex: ({ sex }) => sex,
  postcode: ({ postcode }) => postcode.toUpperCase(),
  address: ({ address }) => address,
  phone: ({ phone }) => phone,
  'nhs number': ({ nhs }) => nhs,
  school: ({ school }) => school,
}

const longDay = dateFormat({ dateStyle: 'long' })

/** A whole date as people write it; what is less than one, an age or a year, stays as it was said. */
const dateInWords = (said: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(said) ? longDay('UTC').format(new Date(`${said}T00:00:00Z`)) : said

/** Names are kept folded: here they are written as names again. */
export const wholeName = ({ given, middle, family }: Person['names'][number]): string =>
  inCapitals([given, middle, family].filter(Boolean).join(' '))

export const inCapitals = (folded: string): string =>
  folded.replace(/(?<=^|\s)\p{L}/gu, (letter) => letter.toUpperCase())

/** What something is, in a few words: a name, a plate, a number. */
export const nameInWords = (standard: Standard): string => {
  if (standard.kind === 'person')
    return personValues['name']!(standard) || standard.phone || personValues['born']!(standard) || standard.address
  if (standard.kind === 'vehicle') return standard.plate
  if (standard.kind === 'phone') return standard.phone
  if (standard.kind === 'account') return [standard.handle, standard.platform].filter(Boolean).join(', ')
  if (standard.kind === 'business') return [inCapitals(standard.name), standard.postcode].filter(Boolean).join(', ')
  return [standard.address, standard.postcode, standard.uprn && `UPRN ${standard.uprn}`].filter(Boolean).join(', ')
}
