export const kinds = ['setting', 'sign', 'type', 'offer', 'for-you', 'page', 'definition'] as const
export type Kind = (typeof kinds)[number]
export const isKind = (text: string): text is Kind => kinds.some((kind) => kind === text)

export const ages = ['child', 'adult'] as const
export type Age = (typeof ages)[number]
export const harms = ['harm', 'vulnerability', 'context'] as const
export const places = ['workplace', 'home', 'general', 'self'] as const

/** What every version of every piece says about itself. */
export type Publication = {
  kind: Kind
  code: string
  version: number
  origin: 'shipped' | 'local'
  shipped_version: number | null
  position: number
  /** The day by which somebody reads it again, as YYYY-MM-DD. */
  review_by: string
  published_at: Date
  edited_by: string | null
  published_by: string | null
  why: string
  restored_from: number | null
}

export type DefinitionWords = {
  plain: string
  easy_read: string[]
  scope_in: string[]
  scope_out: string[]
  approver: string
  /** Null: not approved yet. */
  approved_on: string | null
  approver_note: string
  source: string
}
export type TypeWords = {
  name: string
  plain: string
  nature: 'type' | 'flag' | 'act'
  ages: Age | 'any'
  min_age: number | null
  max_age: number | null
  maps_to: { list: string; code: string }[]
  applies_with: string[]
  say_instead: string
  since: string
  until: string | null
}
export type Contact = { label: string; value: string; kind: string; note: string; checked: boolean }
export type SettingWords = {
  slug: string
  name: string
  who: string
  place: (typeof places)[number]
  intro: string
  do_lines: string[]
  say_this: string[]
  never: string[]
  /** The setting that a report from here starts with. */
  report_setting: string
  emergency: string
  extra_contacts: Contact[]
}
export type SignWords = {
  setting: string
  text: string
  ages: Age[]
  types: string[]
  harm: (typeof harms)[number]
  source: string
}
export type OfferWords = {
  slug: string
  situation: string
  do_now: string[]
  promise: string
  /** Codes of contact points. */
  who: string[]
  how_fast: string
  clock: string | null
  route: string
}
export type Section = { heading: string; paragraphs: string[]; items: string[] }
export type PageWords = {
  title: string
  lead: string
  sections: Section[]
  actions: { label: string; text: string; goTo: string }[]
  status: 'default' | 'draft' | 'approved'
  note: string
}
export type WayToTalk = {
  label: string
  how: string
  number: string
  kind: string
  free: boolean
  when: string
  checked: boolean
  contactKey: string
}
export type PersonWords = {
  audience: Age
  setting: string
  title: string
  opening: string[]
  signs_intro: string
  not_your_fault: string[]
  what_can_happen: string[]
  ways_to_talk: WayToTalk[]
  if_in_danger_now: string[]
  hide_tracks: string[]
  easy_read: string[]
}

export type WordsOf = {
  definition: DefinitionWords
  type: TypeWords
  setting: SettingWords
  sign: SignWords
  offer: OfferWords
  page: PageWords
  'for-you': PersonWords
}
export type AnyWords = WordsOf[Kind]
export type Piece<K extends Kind> = Publication & WordsOf[K]

export type Definition = Piece<'definition'>
export type ExploitationType = Piece<'type'>
export type Setting = Piece<'setting'>
export type Sign = Piece<'sign'>
export type Offer = Piece<'offer'>
export type GuidancePage = Piece<'page'>
export type PersonPage = Piece<'for-you'>

/** Everything that is published in one partnership now. */
export type Guidance = {
  definition: Definition | undefined
  types: readonly ExploitationType[]
  settings: readonly Setting[]
  signs: readonly Sign[]
  offers: readonly Offer[]
  pages: readonly GuidancePage[]
  forYou: readonly PersonPage[]
}

export const signsOf = (guidance: Guidance, setting: string): readonly Sign[] =>
  guidance.signs.filter((sign) => sign.setting === setting)

/** What somebody chose to see; an empty part chooses everything. */
export type Choice = { age?: Age; type?: string }
export const fits = (sign: SignWords, { age, type }: Choice): boolean =>
  (!age || sign.ages.includes(age)) && (!type || sign.types.includes(type))

/** Reads a choice from an address. What is not there to choose counts as not chosen: an old link still opens. */
export const readChoice = (query: Readonly<Record<string, string>>, types: readonly ExploitationType[]): Choice => ({
  age: ages.find((age) => age === query['age']),
  type: types.find(({ code }) => code === query['type'])?.code,
})
