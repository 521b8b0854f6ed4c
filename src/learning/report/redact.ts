import type { ReportContent } from './content.ts'
import { places, toldIn, type Place } from './told.ts'

export const hitKinds = ['name', 'email', 'phone', 'postcode', 'nhs', 'birth', 'few'] as const
export type HitKind = (typeof hitKinds)[number]
/** Something that looks like it could tell who somebody is, in the sentence where it stands. */
export type Hit = { kind: HitKind; field: Place; found: string; sentence: string }

const titles =
  'Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Cllr|Councillor|Rev|Revd|Reverend|Father|Imam|PC|DC|DS|DI|DCI|PS|Sgt|Sergeant|Inspector|Superintendent|Constable|Nurse|Auntie|Uncle'
const named = "[A-Z][\\p{L}'’-]+"
const bodies =
  'Police|Constabulary|Council|Board|Partnership|Partners|Services?|Teams?|Trust|Safeguarding|Programme|Support|University|College|Schools?|Hospital|Society|Groups?|Hub|Care|Health|Justice|Officers?|Leaders|Managers|Practitioners|Colleagues|Staff|Professionals|Workers|Chair|Director|County|District|Borough|City|Town|Region|People|Project|Network|Authority|Authorities|Agencies|Government|Office|House|Home|Centre'
const tells =
  'said|says|told|tells|explained|asked|felt|feels|thought|thinks|lives|lived|attends|attended|described|agreed|wanted|wants|shared|added|reported|disclosed|noted'
const months =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?'
const date = `(?:\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?:${months})\\s+\\d{4})`
const people =
  'child(?:ren)?|bab(?:y|ies)|girls?|boys?|teenagers?|young (?:people|person|wom[ae]n|m[ae]n)|people|persons?|adults?|wom[ae]n|m[ae]n|pupils?|students?|patients?|victims?|survivors?|famil(?:y|ies)|siblings?|parents?|mothers?|fathers?|carers?|cases?|referrals?|individuals?|residents?|suspects?|perpetrators?'

/**
 * What each kind looks like. Names are told by a title before them, by "called" or "named", or by what follows two words
 * with capitals that are no body's: "said", "lives". Who the house knows is not read, so a check can give nobody away. A
 * number under five says who people are where a place has few of them, but for "one for the people who do the work".
 */
const looks: Record<HitKind, RegExp> = {
  name: new RegExp(
    `(?<![\\p{L}\\d])(?:(?:${titles})\\.?\\s+${named}(?:\\s+${named}){0,2}|(?<=\\b(?:called|named|name is|name was)\\s+)${named}(?:\\s+${named}){0,2}|${named}\\s+(?!(?:${bodies})\\b)${named}(?=,?\\s+(?:who\\s+)?(?:${tells})\\b))`,
    'gu',
  ),
  email: /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu,
  phone: /(?<![\d.])(?:\+44\s?(?:\(0\)\s?)?|\(?0)(?:[\s()-]*\d){9,10}(?!\d)/g,
  postcode: /\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b/g,
  nhs: /(?<![\d.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g,
  birth: new RegExp(
    `(?:born(?:\\s+on)?|d\\.?o\\.?b\\.?|date of birth|birthday)\\W{0,4}(?:is|was|on)?\\s*${date}`,
    'giu',
  ),
  few: new RegExp(
    `(?<![\\d.,£-])\\b(?:[1-4]|one|two|three|four)\\s+(?:(?!for\\b)[\\p{L}-]+\\s+){0,2}?(?:${people})\\b(?!['’-])`,
    'giu',
  ),
}

/** Every hit in a report, in the order of the form; the same words in the same sentence once. */
export const hitsIn = (content: ReportContent): Hit[] => {
  const hits = places.flatMap((field) =>
    sentencesIn(toldIn(content, field)).flatMap((sentence) =>
      hitKinds.flatMap((kind) =>
        [...sentence.matchAll(looks[kind])]
          .map(([found]) => found.trim())
          .filter((found) => kind !== 'nhs' || isNhsNumber(found))
          .map((found): Hit => ({ kind, field, found, sentence })),
      ),
    ),
  )
  return [...new Map(hits.map((hit) => [keyOf(hit), hit])).values()]
}

/** What a confirmation is kept under: a sentence that was changed is looked at anew. */
export const keyOf = ({ kind, found, sentence }: Pick<Hit, 'kind' | 'found' | 'sentence'>): string =>
  [kind, found, sentence].join(' § ')

/** A line that wraps is no end; a full stop after a title or an initial is none either. */
const sentencesIn = (told: string): string[] =>
  told
    .split(/\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,3}[.)])\s)/)
    .flatMap((part) => part.replace(/\s+/g, ' ').split(endOfSentence))
    .map((sentence) => sentence.trim())
    .filter(Boolean)
const endOfSentence = new RegExp(`(?<=[.!?]["”’)]?)(?<!\\b(?:${titles}|[A-Z])\\.)\\s+(?=["“‘(]?[A-Z\\d])`, 'u')

/** The tenth digit of an NHS number follows from the others (modulus 11). https://www.datadictionary.nhs.uk/attributes/nhs_number.html */
const isNhsNumber = (found: string): boolean => {
  const digits = [...found.replace(/\D/g, '')].map(Number)
  const sum = digits.slice(0, 9).reduce((total, digit, i) => total + digit * (10 - i), 0)
  return (11 - (sum % 11)) % 11 === digits[9]
}
