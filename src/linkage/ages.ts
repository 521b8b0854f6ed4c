/**
 * Births that are known only within some years: an age somebody guessed, a decade. An age says nothing without the day it was
 * true on, so it is read only with its year ("about 15 in 2026"), which whoever keeps the record adds.
 */

/** Years of birth from and to in one negative integer, beside packed dates, which are positive. 0 says nothing. */
export type BirthRange = number

const span = (from: number, to: number): BirthRange =>
  from >= 1850 && to <= 2100 && from <= to && to - from <= 30 ? (1 << 31) | (from << 12) | to : 0

export const isRange = (date: number): boolean => date < 0
export const firstYear = (range: BirthRange): number => (range >>> 12) & 0xfff
export const lastYear = (range: BirthRange): number => range & 0xfff

const decades = ['teens', 'twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties']
const about = /^(?:about|around|approx(?:imately|\.)?|circa|c\.?|roughly|maybe|perhaps|ca\.?|est(?:imated|\.)?)\s*/

/** What was said, and the year of the day that it was said on. */
const withYear =
  /^(.+?)[\s,(]+(?:(?:in|on|as of|at)\s+)?(?:\d{1,2}[-/.]\d{1,2}[-/.]|\d{1,2} [a-z]{3,9} )?((?:19|20)\d\d)(?:-\d\d-\d\d)?\)?$/

/** Reads "about 15 in 2026", "14 or 15 on 3 March 2026", "in her thirties in 2026", "teenager, 2026", "about 1990", "1990s", "1990 to 1995". */
export const readBirthRange = (raw: string): BirthRange => {
  const text = raw
    .trim()
    .toLowerCase()
    .slice(0, 80)
    .replace(/^(?:aged?|born)\s+/, '')
  const vague = about.test(text)
  const plain = text.replace(about, '')
  const [, decade] = /^((?:18|19|20)\d0)'?s$/.exec(plain) ?? []
  if (decade !== undefined) return span(+decade, +decade + 9)
  const [, one, other] = /^((?:18|19|20)\d\d)(?:\s*(?:-|–|to|or|\/)\s*((?:18|19|20)\d\d))?$/.exec(plain) ?? []
  if (one !== undefined && other !== undefined) return span(+one, +other)
  if (one !== undefined) return vague ? span(+one - 2, +one + 2) : 0
  const [, age, noted] = withYear.exec(plain) ?? []
  const ages = age === undefined ? undefined : readAges(age, vague)
  // Whoever is 15 on some day of 2026 was born in 2010 or 2011.
  return ages === undefined ? 0 : span(+noted! - ages[1] - 1, +noted! - ages[0])
}

/** Ages from and to; a guess of a child's age is closer than of an adult's. */
const readAges = (said: string, vague: boolean): [number, number] | undefined => {
  const text = said
    .replace(/\s*(?:years?(?: |-)old|years?|yrs?(?: old)?|y\/?o)$/, '')
    .replace(/^in (?:his|her|their) /, '')
  if (/^teen(?:s|ager|aged?)?$/.test(text)) return [13, 19]
  const [, part, tens] = /^(?:(early|mid|late)[ -])?([a-z]+|\d0'?s)$/.exec(text) ?? []
  if (tens !== undefined) {
    const ten = /^\d/.test(tens) ? parseInt(tens, 10) : 10 * (decades.indexOf(tens) + 1)
    if (ten === 0 || (ten === 10 && part === undefined && tens !== 'teens')) return undefined
    const [from, to] = part === 'early' ? [0, 4] : part === 'mid' ? [3, 7] : part === 'late' ? [6, 9] : [0, 9]
    return [ten + from, ten + to]
  }
  const [, low, high] = /^(\d{1,3})(?:\s*(?:-|–|to|or|\/)\s*(\d{1,3}))?$/.exec(text) ?? []
  if (low === undefined || +(high ?? low) > 110) return undefined
  const slack = vague ? Math.max(2, Math.round(+low / 8)) : 0
  return [Math.max(0, +low - slack), +(high ?? low) + slack]
}
