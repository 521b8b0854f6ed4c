/** Where something stands in a file: pages and lines are counted from 1. */
export type Place = { page: number; line: number }

/** One line of a file, whatever kind of file it was. */
export type Line = Place & {
  words: string
  /** Begins something new: a blank line stood before it, or the file says that a paragraph begins. */
  apart: boolean
  /** How far it stands in: a list below a list stands further in than what is above it. */
  indent: number
  /** In which column of a table, from 0. */
  column?: number
  /** A heading, as high as it stands: 1 is the highest. */
  heading?: number
}

/** What kinds of file are read. */
export type FileKind = 'text' | 'word' | 'pdf' | 'html'
export type Lines = { kind: FileKind; pages: number; lines: Line[] }

/** Why a file cannot be read, as a name of the sentence that says so. */
export type Refusal =
  | 'empty'
  | 'too big'
  | 'too long'
  | 'not a report'
  | 'old word'
  | 'encrypted'
  | 'cut off'
  | 'bomb'
  | 'pictures'
  | 'too slow'

export class Unreadable extends Error {
  readonly why: Refusal
  constructor(why: Refusal) {
    super(why)
    this.why = why
  }
}

/** A learning report has about ten pages. What is longer than this is something else, and is not read at all. */
export const most_pages = 150
/** As many characters as that many full pages hold. */
export const most_characters = most_pages * 4000

/** One space for any white space, and nothing for what cannot be seen. */
export const tidy = (words: string): string =>
  words
    .replace(/[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
