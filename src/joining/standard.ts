import { fold, readAddress, readDate, readNhsNumber, readPhone, readUprn, wholeName } from '../linkage/index.ts'
import { isNamed, standardBusiness, type Business } from './business.ts'
import { isPartOfPlate, plateIn, readPlate } from './plates.ts'

/** Of all that follows: a new reading of what was supplied gets a new number, and its own keys. */
export const normaliser = 1

export type Kind = 'person' | 'vehicle' | 'phone' | 'account' | 'place' | 'business'

export type Name = { given: string; middle: string; family: string }
/** What was supplied, read into what is compared. Beside the words, never instead of them. */
export type Person = {
  kind: 'person'
  /** The name first, then what they are called besides. */
  names: Name[]
  /** A day, or an age with the year that it was said in. */
  born: string
  sex: string
  postcode: string
  address: string
  phone: string
  nhs: string
  school: string
  /** What was named in the same breath: plates, phones, accounts, places. */
  with: string[]
}
export type Vehicle = { kind: 'vehicle'; plate: string }
export type Phone = { kind: 'phone'; phone: string }
export type Account = { kind: 'account'; platform: string; handle: string }
export type Place = { kind: 'place'; postcode: string; address: string; uprn: string }
export type Thing = Vehicle | Phone | Account | Place | Business
export type Standard = Person | Thing

/** A person as supplied: whatever of it is known. */
export type PersonSupplied = {
  name?: string
  nickname?: string
  born_on?: string | null
  age_said?: string
  sex?: string | null
  address?: string
  postcode?: string | null
  phone?: string
  nhs_number?: string | null
  school_or_work?: string
}

/** @param year the year in which an age was said */
export const standardPerson = (said: PersonSupplied, year: number, beside: readonly Thing[]): Person => {
  const phone = readPhone(said.phone ?? '')
  return {
    kind: 'person',
    names: namesOf(said.name ?? '', said.nickname ?? ''),
    born: bornOf(said, year),
    sex: said.sex === 'F' || said.sex === 'M' ? said.sex : '',
    postcode: said.postcode || (postcodeIn(said.address ?? '') ?? ''),
    address: firstLine(said.address ?? ''),
    phone,
    nhs: readNhsNumber(said.nhs_number ?? ''),
    school: said.school_or_work ?? '',
    with: [...new Set(beside.map(nameOfThing))].slice(0, most_with),
  }
}

const most_with = 12
const most_names = 4

const namesOf = (name: string, nickname: string): Name[] => {
  const own = oneName(name)
  // Somebody may go by several: "Kit or Kitty".
  const others = nickname
    .split(/\s*(?:[,;/]|\bor\b|\baka\b)\s*/i)
    .map(oneName)
    .filter(({ given }) => given !== '')
  const all = [own, ...others.map((other) => ({ ...other, family: other.family || own.family }))]
  const seen = new Set<string>()
  return all
    .filter(({ given, family }) => {
      const key = `${given}|${family}`
      return key !== '|' && !seen.has(key) && seen.add(key)
    })
    .slice(0, most_names)
}

/** A single word is what somebody is called: whether it is a family name nobody said. */
const oneName = (said: string): Name => {
  const read = wholeName(said)
  return read.given === '' ? { given: read.family, middle: '', family: '' } : read
}

/** "About 15" is read with the year that it was said in, and leaves some years of birth open. */
const bornOf = ({ born_on, age_said }: PersonSupplied, year: number): string => {
  const born = born_on || (age_said ? `${age_said} in ${year}` : '')
  return readDate(born) === 0 ? '' : born
}

const postcodeShape = /\b[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][ABD-HJLNP-UW-Z]{2}\b/i
const postcodeIn = (address: string): string | undefined => postcodeShape.exec(address)?.[0]

/** House and street: towns are agreed on by everybody. */
const firstLine = (address: string): string =>
  address
    .replace(postcodeShape, '')
    .split(/\n|,/)
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 2)
    .join(' ')

export const standardPlace = (said: { address?: string; postcode?: string | null; uprn?: string }): Place => ({
  kind: 'place',
  postcode: (said.postcode || (postcodeIn(said.address ?? '') ?? '')).toUpperCase().replace(/[^A-Z0-9]/g, ''),
  address: readAddress(firstLine(said.address ?? '')),
  uprn: readUprn(said.uprn ?? ''),
})

/**
 * A vehicle, phone, account, business or postcode as somebody said it; undefined where nothing in it can be read.
 * @param where what was said of the place in the same concern
 */
export const standardThing = (
  kind: string,
  said: string,
  where: { address?: string; postcode?: string | null | undefined } = {},
): Thing | undefined => {
  const plain = said.normalize('NFKC')
  if (kind === 'vehicle') {
    const plate = plateIn(plain)
    return plate === undefined ? undefined : { kind, plate: readPlate(plate) }
  }
  if (kind === 'phone') {
    const phone = readPhone(plain)
    return phone === '' ? undefined : { kind, phone }
  }
  if (kind === 'account') {
    const account = readAccount(plain)
    return account.handle === '' ? undefined : { kind, ...account }
  }
  if (kind === 'business') {
    const { address = '', postcode } = where
    return standardBusiness({
      name: said,
      address: address.replace(postcodeShape, ''),
      postcode: postcode || postcodeIn(address),
    })
  }
  if (kind !== 'postcode') return undefined
  const place = standardPlace({ postcode: plain })
  return place.postcode === '' ? undefined : place
}

const platforms: Record<string, RegExp> = {
  snapchat: /\b(?:snap ?chat|snap|sc)\b/i,
  instagram: /\b(?:instagram|insta|ig)\b/i,
  tiktok: /\btik ?tok\b/i,
  facebook: /\b(?:facebook|fb)\b/i,
  whatsapp: /\bwhats ?app\b/i,
  telegram: /\b(?:telegram|t\.me)\b/i,
  discord: /\bdiscord\b/i,
  x: /\b(?:twitter|x\.com)\b/i,
}

/** "@kit.x on insta", "Insta: kit.x" and instagram.com/kit.x are one account. */
export const readAccount = (said: string): { platform: string; handle: string } => {
  const platform = Object.keys(platforms).find((name) => platforms[name]!.test(said)) ?? ''
  const fromAddress = /\w\.(?:com|me|net)\/(?:add\/|@)?([^\s/?#]+)/i.exec(said)?.[1]
  const marked = /(?:^|[\s:(])@([^\s@,;()]+)/.exec(said)?.[1]
  const words = platform === '' ? said : said.replace(platforms[platform]!, ' ')
  const rest = words
    .replace(/\b(?:on|handle|user|username|account|is|called|name)\b|[:()]/gi, ' ')
    .trim()
    .split(/\s+/)
  const handle = fromAddress ?? marked ?? (rest.length === 1 ? rest[0]! : rest.join(' '))
  return { platform, handle: fold(handle.replace(/[._-]+/g, '')).replaceAll(' ', '') }
}

/** What makes a thing itself, in one text: two records of it in one concern are one. */
export const nameOfThing = (thing: Thing): string => {
  if (thing.kind === 'vehicle') return `vehicle ${thing.plate}`
  if (thing.kind === 'phone') return `phone ${thing.phone}`
  if (thing.kind === 'account') return `account ${thing.platform} ${thing.handle}`
  if (thing.kind === 'business') return `business ${thing.name}`
  return `place ${thing.uprn || `${thing.postcode} ${thing.address}`}`.trim()
}

/** Whether there is anything to find it by. */
export const saysSomething = (standard: Standard): boolean => {
  if (standard.kind === 'business') return isNamed(standard)
  if (standard.kind !== 'person')
    return standard.kind !== 'vehicle' || !isPartOfPlate(standard.plate) || standard.plate.length >= 3
  const { names, phone, nhs, born, address } = standard
  return names.length > 0 || phone !== '' || nhs !== '' || born !== '' || address !== ''
}
