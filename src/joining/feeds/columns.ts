/** What the columns of an agency's file hold: said by a person once, guessed for them before, and compared every night. */
import { readDate } from '../../linkage/index.ts'

export const holds = [
  'id',
  'given name',
  'family name',
  'full name',
  'known as',
  'born',
  'sex',
  'address',
  'postcode',
  'phone',
  'nhs number',
  'school',
  'from',
  'to',
  'deleted',
  'ignore',
] as const
export type Holds = (typeof holds)[number]
/** Column name to what it holds. */
export type Mapping = Readonly<Record<string, Holds>>

const plain: readonly (readonly [RegExp, Holds])[] = [
  [/^(id|.*(person|client|pupil|tenant|case|customer|system|unique|record)(id|ref|number|no)|ref(erence)?|upn)$/, 'id'],
  [/^(given|first|fore|christian)names?$|^forenames?$/, 'given name'],
  [/^(family|last|sur)names?$/, 'family name'],
  [/^(full|whole|person|client|pupil|tenant)?name$/, 'full name'],
  [/^(known|preferred|nick|alias).*/, 'known as'],
  [/dob$|dateofbirth|birthdate|^born|birthday$/, 'born'],
  [/^(sex|gender)/, 'sex'],
  [/nhs/, 'nhs number'],
  [/postcode|postalcode/, 'postcode'],
  [/^(full|home|street)?addr(ess)?(line)?\d?$/, 'address'],
  [/phone|^tel|^mobile|^landline/, 'phone'],
  [/^school|^college|^employer|^workplace/, 'school'],
  [/^(from|start|since|opened|tenancystart|enrol)/, 'from'],
  [/^(to|end|until|closed|left|tenancyend|leaving)(date|on)?$/, 'to'],
  [/^(deleted?|change|action|removed|status)$/, 'deleted'],
]

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** What a person is offered: what was said before where the name is the same, else a guess; the rest is left out. */
export const guessColumns = (header: readonly string[], said: Mapping | null): Record<string, Holds> => {
  const taken = new Set<Holds>(header.flatMap((name) => said?.[name] ?? []))
  const guessed: Record<string, Holds> = {}
  for (const name of header) {
    const before = said?.[name]
    const guess = plain.find(([pattern]) => pattern.test(bare(name)))?.[1] ?? 'ignore'
    const free = guess === 'address' || !taken.has(guess)
    guessed[name] = before ?? (free ? guess : 'ignore')
    taken.add(guessed[name])
  }
  return guessed
}

export type MappingProblem = 'no id' | 'no name' | 'twice'

/** Why rows could not be read by this, if so. An address may stand in several columns, everything else in one. */
export const mappingProblem = (mapping: Mapping): { problem: MappingProblem; holds?: Holds } | undefined => {
  const all = Object.values(mapping)
  const twice = holds.find(
    (one) => one !== 'ignore' && one !== 'address' && all.filter((held) => held === one).length > 1,
  )
  if (twice) return { problem: 'twice', holds: twice }
  if (!all.includes('id')) return { problem: 'no id' }
  if (!all.some((one) => one === 'full name' || one === 'given name' || one === 'family name'))
    return { problem: 'no name' }
  return undefined
}

/** The columns that were there yesterday and that rows cannot do without, and those that nobody has heard of. */
export const differences = (header: readonly string[], mapping: Mapping): { missing: string[]; unknown: string[] } => ({
  missing: Object.keys(mapping).filter((name) => mapping[name] !== 'ignore' && !header.includes(name)),
  unknown: header.filter((name) => name !== '' && mapping[name] === undefined),
})

/** Why a header is none: two columns of one name, or a first row that holds somebody instead of names of columns. */
export const headerProblem = (header: readonly string[]): 'same name' | 'no names' | undefined => {
  const names = header.filter((name) => name !== '')
  if (names.length === 0 || names.some((name) => name.length > 100 || readDate(name) > 0 || /^[\d\s/.-]+$/.test(name)))
    return 'no names'
  return new Set(names).size < names.length ? 'same name' : undefined
}
