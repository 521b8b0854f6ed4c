import type { PersonViewer, StaffViewer } from '../../platform/index.ts'

/** What the person says once, so that nobody asks it again: a card for each. */
export const cards = [
  'about me',
  'want you to know',
  'do not ask',
  'who I trust',
  'reach me',
  'helps',
  'hurts',
] as const
export type CardName = (typeof cards)[number]

/** In an address a card is called by its words with dashes. */
export const slugOf = (card: CardName): string => card.toLowerCase().replaceAll(' ', '-')
export const cardCalled = (slug: string | undefined): CardName | undefined =>
  cards.find((card) => slugOf(card) === slug)

/** How the words came to be here: written by themself, said to a worker, or drawn and put into words by them. */
export const hows = ['wrote', 'said', 'drew'] as const
export type How = (typeof hows)[number]

/** Who reads it, as the person chose: it narrows what the agreement opens, and never widens it. */
export const readerKinds = ['circle', 'agencies', 'trusted adult'] as const
export type ReaderKind = (typeof readerKinds)[number]
export type Readers = { readers: ReaderKind; agencies: readonly string[] }

/** A worker who writes down what they were told, or the person themself. */
export type Writer = StaffViewer | PersonViewer
/** Whose worker wrote it down, or handed the person their own way in; and who, unless it was the person. */
export const writtenBy = (writer: Writer): { agency: string; staff: string | null } =>
  writer.kind === 'staff' ? { agency: writer.agency, staff: writer.staff } : { agency: writer.through, staff: null }

export type Card = {
  id: string
  card: CardName
  how: How
  words: string
  said_on: string
  /** Null where the person wrote it themself, by their own way in. */
  entered_by: string | null
  entered_at: Date
  replaced_at: Date | null
}
export type Note = {
  id: string
  card: CardName
  words: string
  agency_id: string
  entered_by: string
  entered_at: Date
}
