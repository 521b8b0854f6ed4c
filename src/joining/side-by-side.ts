import type { Step } from '../linkage/index.ts'
import type { Person, Standard } from './standard.ts'
import { inCapitals, personValues, wholeName } from './words.ts'

export type Field =
  | 'name'
  | 'born'
  | 'sex'
  | 'nhs number'
  | 'phone'
  | 'address'
  | 'postcode'
  | 'school'
  | 'said with'
  | 'plate'
  | 'handle'
  | 'platform'
  | 'uprn'
export type FieldLine = {
  field: Field
  here: readonly string[]
  there: readonly string[]
  compared: 'same' | 'partly' | 'alike' | 'differs' | 'only here' | 'only elsewhere'
}

/**
 * Two records beside each other, field by field: what both leave out is no line. What is written differently and yet counts
 * for their being the same (an age that fits, a usual form of the name) is alike.
 */
export const sideBySide = (here: Standard, there: Standard, steps: readonly Step[]): FieldLine[] => {
  const speaksFor = new Map<string, string>(
    steps.flatMap(({ comparison, level, weight }) =>
      weight > 0 ? [[comparison.replace('business ', ''), level] as const] : [],
    ),
  )
  const others = new Map(fieldsIn(there))
  return fieldsIn(here)
    .map(([field, mine]): FieldLine => {
      const theirs = others.get(field) ?? []
      const compared = compare(mine, theirs)
      const level = compared === 'differs' ? speaksFor.get(field) : undefined
      if (level === undefined) return { field, here: mine, there: theirs, compared }
      return { field, here: mine, there: theirs, compared: level.includes('different') ? 'partly' : 'alike' }
    })
    .filter((line) => line.here.length + line.there.length > 0)
}

const compare = (mine: readonly string[], theirs: readonly string[]): FieldLine['compared'] => {
  if (theirs.length === 0) return 'only here'
  if (mine.length === 0) return 'only elsewhere'
  const shared = mine.filter((value) => theirs.includes(value)).length
  if (shared === 0) return 'differs'
  return shared === mine.length && shared === theirs.length ? 'same' : 'partly'
}

/** What a record says, field by field; nothing where it leaves one out. */
export const fieldsIn = (standard: Standard): [Field, string[]][] => {
  const said = (...values: string[]): string[] => values.filter(Boolean)
  if (standard.kind === 'person') {
    const of = (field: Field): [Field, string[]] => [field, said(personValues[field]!(standard as Person))]
    return [
      ['name', said(...standard.names.map(wholeName))],
      ...(['born', 'sex', 'nhs number', 'phone', 'address', 'postcode', 'school'] as const).map(of),
      ['said with', standard.with],
    ]
  }
  if (standard.kind === 'vehicle') return [['plate', said(standard.plate)]]
  if (standard.kind === 'phone') return [['phone', said(standard.phone)]]
  if (standard.kind === 'account')
    return [
      ['handle', said(standard.handle)],
      ['platform', said(standard.platform)],
    ]
  if (standard.kind === 'business')
    return [
      ['name', said(inCapitals(standard.name))],
      ['address', said(standard.address)],
      ['postcode', said(standard.postcode)],
    ]
  return [
    ['address', said(standard.address)],
    ['postcode', said(standard.postcode.toUpperCase())],
    ['uprn', said(standard.uprn)],
  ]
}
