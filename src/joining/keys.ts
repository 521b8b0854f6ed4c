import { bornFrom, bornTo, fold, readDate, readPostcode, skeleton, usualForm } from '../linkage/index.ts'
import { blindIndex, type Keys } from '../platform/index.ts'
import { businessKeys } from './business.ts'
import { plateKey } from './plates.ts'
import { normaliser, type Person, type Standard } from './standard.ts'

/**
 * What a record is looked up by, as it lies in the database: 32 bits of keyed hashes of a rule and a value. Two records
 * that share one are weighed against each other. Rules are many and each is small: a birthday alone would be three
 * quarters of all candidates, and finds hardly anybody whom the others do not.
 */
export const keysOf = (keys: Keys, partnership: string, standard: Standard): number[] => {
  const values = standard.kind === 'person' ? personKeys(standard) : thingKeys(standard)
  return [
    ...new Set(values.map((value) => blindIndex(keys, partnership, `joining ${normaliser}`, value).readInt32BE(0))),
  ]
}

const thingKeys = (thing: Exclude<Standard, Person>): string[] => {
  if (thing.kind === 'vehicle') return [`plate ${plateKey(thing.plate)}`]
  if (thing.kind === 'phone') return [`phone ${thing.phone}`]
  if (thing.kind === 'account') return [`handle ${thing.handle}`]
  if (thing.kind === 'business') return businessKeys(thing)
  const { uprn, postcode, address } = thing
  return [
    ...(uprn ? [`uprn ${uprn}`] : []),
    ...(postcode ? [`postcode ${postcode}`] : address ? [`address ${address}`] : []),
  ]
}

const personKeys = (person: Person): string[] => {
  const { names, phone, nhs } = person
  const postcode = readPostcode(person.postcode)
  const district = postcode >>> 13
  const born = readDate(person.born)
  const day = /^\d{4}-\d\d-\d\d$/.test(person.born) ? person.born : ''
  const years = born === 0 ? [] : yearsFrom(bornFrom(born), bornTo(born))
  const school = fold(person.school)
  const found: string[] = []
  const add = (rule: string, ...values: (string | number)[]): void => {
    if (values.every(Boolean)) found.push(`${rule} ${values.join('|')}`)
  }
  add('own phone', phone)
  add('nhs', nhs)
  for (const { given, family } of names) {
    const variant = given && usualForm(given)
    add('names', given && family && [given, family].sort().join('|'))
    add('family born', family, day)
    add('given born', variant, day)
    for (const year of years) {
      add('skeleton year', given.slice(0, 1), skeleton(family), year)
      // What the public says: a first name, an age, and where.
      add('given year district', variant, year, district)
    }
    if (postcode & 511) {
      add('given postcode', variant, postcode)
      add('family postcode', family, postcode)
    }
    add('skeleton district', given.slice(0, 1), skeleton(family), district)
    add('given school', variant, school)
    for (const beside of person.with)
      add('given with', variant, beside.startsWith('vehicle ') ? plateKey(beside) : beside)
  }
  add('born district', day, district)
  for (const beside of person.with) if (beside.startsWith('phone ')) add('own phone', beside.slice('phone '.length))
  return found
}

/** A guess that leaves more years open than this says too little to look anybody up by. */
const most_years = 8
const yearsFrom = (from: number, to: number): number[] =>
  to - from >= most_years ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i)
