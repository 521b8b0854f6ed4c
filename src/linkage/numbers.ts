/** Numbers and addresses that belong to one person or household: NHS number, phone, e-mail, an agency's own number. */
import { fold, saysNothing } from './text.ts'

/**
 * An NHS number of ten digits whose last is right (modulus 11, NHS Data Dictionary), else ''. Ten times the same digit
 * passes the check and is nobody's; numbers beginning 999 are for tests and never issued. Either would join strangers.
 */
export const readNhsNumber = (raw: string): string => {
  const digits = raw.replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits) || digits.startsWith('999')) return ''
  const sum = [...digits.slice(0, 9)].reduce((total, digit, i) => total + +digit * (10 - i), 0)
  const check = (11 - (sum % 11)) % 11
  return check === +digits[9]! ? digits : ''
}

/** A phone number as E.164 with Britain understood; '' for what is too short or is one digit repeated (07000 000000). */
export const readPhone = (raw: string): string => {
  const plain = raw.replace(/\(0\)/g, '').replace(/[^\d+]/g, '')
  const digits = plain.replace(/^\+/, '').replace(/^00/, '')
  const abroad = plain.startsWith('+') || plain.startsWith('00')
  const number = abroad ? digits : digits.startsWith('0') ? `44${digits.slice(1)}` : restored(digits)
  if (number.length < 9 || number.length > 15 || /(\d)\1{6}$/.test(number) || number.endsWith('123456789')) return ''
  return `+${number}`
}

/**
 * Writes what `readPhone` reads into `into` where the bytes of a file are the eleven digits of a British number, and says
 * whether they are. Whatever needs more care is not.
 */
export const phoneIn = (bytes: Uint8Array, begin: number, end: number, into: Uint8Array): boolean => {
  if (end - begin !== 11 || bytes[begin] !== 48 || bytes[begin + 1] === 48) return false
  let [alike, counting] = [1, 1]
  for (let at = begin + 1; at < end; at++) {
    const digit = bytes[at]!
    if (digit < 48 || digit > 57) return false
    alike = digit === bytes[at - 1] ? alike + 1 : 1
    counting = digit === bytes[at - 1]! + 1 ? counting + 1 : 1
    into[at - begin + 2] = digit
  }
  // Seven digits alike at the end, or counted up to nine.
  return alike < 7 && !(counting >= 9 && bytes[end - 1] === 57)
}

/** A spreadsheet takes the nought off 07700 900123; 44 followed by ten digits already has its country. */
const restored = (digits: string): string => (/^44\d{9,10}$/.test(digits) ? digits : `44${digits}`)

/** An e-mail address in lower case; '' when it has not the form of one or is a role that many share. */
export const readEmail = (raw: string): string => {
  const text = raw.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) || text.length > 254) return ''
  return /^(no-?reply|none|unknown|test|noemail|na)@/.test(text) ? '' : text
}

/** The part of an e-mail address before the @: it often stays when the provider changes. */
export const emailUser = (email: string): string => email.slice(0, email.indexOf('@'))

/** Another number or code: letters and digits only, leading zeros kept out; '' for one character repeated. */
export const readIdentifier = (raw: string): string => {
  const text = fold(raw)
    .replace(/ /g, '')
    .replace(/^0+(?=.)/, '')
  return saysNothing(text) || /^(.)\1{3,}$/.test(text) ? '' : text
}

/** 1 for male, 2 for female, 0 for what says neither: not known, not specified, and words that are no sex at birth. */
export const readSex = (raw: string): 0 | 1 | 2 => {
  const text = raw.trim().toLowerCase()
  if (/^(m|male|man|boy|1)$/.test(text)) return 1
  return /^(f|female|woman|girl|2)$/.test(text) ? 2 : 0
}
