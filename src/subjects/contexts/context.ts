import type { SubjectFacts } from '../queries.ts'

/** What a record may be about besides a person. The column holds the same list. */
export const contextKinds = ['place', 'group', 'school', 'online', 'route', 'business'] as const
export type ContextKind = (typeof contextKinds)[number]

export const isContext = ({ kind }: Pick<SubjectFacts, 'kind'>): boolean => kind !== 'person'

/** The page of a person, or of a place. */
export const homeOf = (subject: Pick<SubjectFacts, 'kind' | 'id'>): string =>
  isContext(subject) ? `/contexts/${subject.id}` : `/people/${subject.id}`

/** Pages that are the same for both; every other below /people is a person's alone. */
const shared = [
  '',
  'involved',
  'add',
  'entries',
  'looked',
  'meetings',
  'panels',
  'purpose',
  'share',
  'shared',
  'too-close',
  'warnings',
]

/** Whether a page is for this sort of record: a place has no story of its own, and nobody is a place. */
export const fitsPage = (subject: Pick<SubjectFacts, 'kind'>, path: string): boolean => {
  const [, room, , part = '', below] = path.split('/')
  if (!isContext(subject)) return room !== 'contexts'
  return room === 'contexts' || (shared.includes(part) && below !== 'trusted-adult')
}

export type ContextSaid = {
  kind: ContextKind
  name: string
  /** Keyed hashes of the words of its name, as the room of concerns makes them of a place. */
  name_words: readonly string[]
  where: string
  area: string | null
}
