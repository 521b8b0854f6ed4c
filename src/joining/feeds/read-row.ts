/** One row of an agency's file: what it says of whom, what there is to mend, or why it is left out. */
import { readDate, readPhone, readPostcode, readSex } from '../../linkage/index.ts'
import { readNhsNumber } from '../../subjects/index.ts'
import type { PersonSupplied } from '../standard.ts'
import type { Holds, Mapping } from './columns.ts'

/** What an agency says of somebody. Only what has a column; as written, but for spaces around it. */
export type Said = {
  own: string
  person: PersonSupplied
  from_on: string | null
  to_on: string | null
}

export const issues = [
  'no birth',
  'birth invalid',
  'birth to come',
  'no postcode',
  'postcode invalid',
  'no nhs number',
  'nhs number invalid',
  'phone invalid',
  'from invalid',
  'to invalid',
] as const
export type Issue = (typeof issues)[number]

export const reasons = [
  'columns',
  'quotation',
  'no id',
  'no name',
  'too long',
  'unreadable',
  'unknown change',
  'duplicate',
  'said again',
] as const
export type Reason = (typeof reasons)[number]

/** A value may be this long. Names of real people are; what is longer is something else. */
export const longest_value = 1000

export type Broken = { reason: Reason; own?: string; column?: string; number?: number }
export type ReadRow = { said: Said; issues: Issue[]; deleted: boolean }

/** @param today as 2026-11-23 */
export const readRow = (
  header: readonly string[],
  values: readonly string[],
  mapping: Mapping,
  today: string,
): ReadRow | Broken => {
  const held = new Map<Holds, string[]>()
  let wrong: Broken | undefined
  header.forEach((column, i) => {
    const what = mapping[column] ?? 'ignore'
    if (what === 'ignore') return
    const value = values[i]!.normalize('NFC').trim()
    if (value.length > longest_value) wrong ??= { reason: 'too long', column, number: value.length }
    else if (unreadable.test(value)) wrong ??= { reason: 'unreadable', column }
    else if (value !== '') held.set(what, [...(held.get(what) ?? []), value])
  })
  const get = (what: Holds): string => held.get(what)?.join('\n') ?? ''
  const columnOf = (what: Holds): string | undefined => header.find((name) => mapping[name] === what)
  const own = get('id')
  if (own === '') return { ...wrong, reason: wrong?.reason ?? 'no id', column: wrong?.column ?? columnOf('id') }
  const change = get('deleted').toLowerCase()
  if (!wrong && isDeleted.test(change)) return { said: onlyId(own), issues: [], deleted: true }
  if (!wrong && change !== '' && !isKept.test(change)) wrong = { reason: 'unknown change', column: columnOf('deleted') }
  const name = [get('given name'), get('family name')].filter(Boolean).join(' ') || get('full name')
  if (!wrong && name === '') wrong = { reason: 'no name' }
  if (wrong) return { ...wrong, own }
  const [from_on, to_on] = [dayOf(get('from')), dayOf(get('to'))]
  const born = bornOf(get('born'))
  const said: Said = {
    own,
    person: {
      name,
      nickname: get('known as'),
      born_on: born || null,
      sex: ['', 'M', 'F'][readSex(get('sex'))] || null,
      address: get('address'),
      postcode: get('postcode') || null,
      phone: get('phone'),
      nhs_number: get('nhs number') || null,
      school_or_work: get('school'),
    },
    from_on,
    to_on,
  }
  const has = (what: Holds): boolean => columnOf(what) !== undefined
  const found: (Issue | false)[] = [
    has('born') && get('born') === '' && 'no birth',
    get('born') !== '' && born === '' && 'birth invalid',
    born > today && 'birth to come',
    has('postcode') && get('postcode') === '' && 'no postcode',
    get('postcode') !== '' && (readPostcode(get('postcode')) & 511) === 0 && 'postcode invalid',
    has('nhs number') && get('nhs number') === '' && 'no nhs number',
    get('nhs number') !== '' && readNhsNumber(get('nhs number')) === undefined && 'nhs number invalid',
    get('phone') !== '' && readPhone(get('phone')) === '' && 'phone invalid',
    get('from') !== '' && from_on === null && 'from invalid',
    get('to') !== '' && to_on === null && 'to invalid',
  ]
  return {
    said,
    issues: found.filter((one) => one !== false),
    deleted: to_on !== null && to_on <= today,
  }
}

/** Letters that an encoding left unread, and controls that no name holds. */
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/
const isDeleted = /^(y|yes|true|1|d|del|deleted?|removed?|left|gone|closed|ended?|inactive)$/
const isKept = /^(n|no|false|0|a|add(ed)?|c|u|new|changed?|updated?|amended?|active|current|open)$/

const onlyId = (own: string): Said => ({ own, person: {}, from_on: null, to_on: null })

const isoOf = (raw: string): string => {
  const packed = readDate(raw)
  const digits = packed > 0 ? packed.toString(16) : ''
  return digits.length === 8 ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : ''
}
const isDay = (iso: string): boolean => {
  const at = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso)
}
const dayOf = (raw: string): string | null => {
  const iso = isoOf(raw)
  return iso !== '' && isDay(iso) ? iso : null
}
/** A day, or the year alone where no more is known; '' for what is neither. */
const bornOf = (raw: string): string => {
  const iso = isoOf(raw)
  if (iso.endsWith('-00-00')) return iso.slice(0, 4)
  return iso !== '' && isDay(iso) ? iso : ''
}
