/** A stretch of a text that may tell of somebody else, with what it looks like. */
export type Found = { from: number; to: number; kind: FoundKind }
export const foundKinds = ['name', 'worker', 'phone', 'address', 'account', 'vehicle', 'words'] as const
export type FoundKind = (typeof foundKinds)[number]

export type Known = {
  /** The person's own names, numbers and addresses: theirs to read. */
  own: readonly string[]
  /** Staff who are on the record. They are shown, unless a reviewer hides one. */
  workers: readonly string[]
  /** Words that look like names and are organisations or places of work. */
  organisations: readonly string[]
  /** Names of others that are elsewhere on the same record: found here in any spelling of upper and lower case. */
  others: readonly string[]
}

const street =
  'Street|St|Road|Rd|Close|Lane|Avenue|Ave|Drive|Way|Court|Crescent|Terrace|Place|Row|Gardens|Grove|Hill|Walk'
const shapes: [FoundKind, RegExp][] = [
  ['account', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])@\w{3,}/g],
  ['phone', /(?<![\d])(?:\+44\s?\(?0?\)?|0)\d(?:[\s-]?\d){8,9}(?!\d)/g],
  ['vehicle', /\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b/g],
  [
    'address',
    new RegExp(
      String.raw`(?:\b[Ff]lat \w{1,4},? )?\b\d{1,4}[a-zA-Z]?,? (?:\p{Lu}[\p{L}'’-]+ ){1,3}(?:${street})\b`,
      'gu',
    ),
  ],
  ['address', /\b(?:number|no\.?|flat) \d{1,4}[a-z]?\b/gi],
  ['address', /\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b/g],
]
const capitalised = /\p{Lu}[\p{L}'’-]+(?:[ \u00A0](?:(?:de|van|von|al|el|bin|der) )?\p{Lu}[\p{L}'’-]*)*/gu

/**
 * What a reviewer should look at in a text before it goes to the person it is about: more rather than less, because
 * what is not proposed is easily missed and what is proposed needlessly costs one press. Pure: no list of names exists
 * in the product, so names are what is written like one and is no common word, no day or month, and not the person's own.
 */
export const thirdParties = (text: string, known: Known): Found[] => {
  const own = known.own.map(bare).filter(Boolean)
  const shaped = shapes.flatMap(([kind, shape]) =>
    [...text.matchAll(shape)].map((match): Found => ({ from: match.index, to: match.index + match[0].length, kind })),
  )
  const theirs = shaped.filter(({ from, to }) => !own.some((mine) => mine.includes(bare(text.slice(from, to)))))
  const names = [...othersIn(text, known), ...namesIn(text, known)]
  // The letters of the person's own postcode are no name.
  return apart([
    ...theirs,
    ...names.filter((name) => !shaped.some(({ from, to }) => from <= name.from && name.to <= to)),
  ])
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const tokens = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}'’-]+/u)
    .flatMap((word) => [word.replace(/['’]s$/, ''), ...word.replace(/['’]s$/, '').split(/['’-]/)])
    .filter(Boolean)

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const othersIn = (text: string, { others }: Known): Found[] =>
  others
    .filter((name) => name.length > 3 && !isCommon(name.toLowerCase(), true))
    .flatMap((name) => placesOf(text, name))
    .map((place) => ({ ...place, kind: 'name' as const }))

/** Wherever these words stand in a text as whole words, in any case. */
export const placesOf = (text: string, words: string): { from: number; to: number }[] =>
  [...text.matchAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped(words)}(?![\p{L}\p{N}])`, 'giu'))].map(
    (match) => ({
      from: match.index,
      to: match.index + match[0].length,
    }),
  )

const namesIn = (text: string, known: Known): Found[] => {
  const own = new Set(known.own.flatMap(tokens))
  const bodies = known.organisations.flatMap((name) => placesOf(text, name))
  const workers = new Set(known.workers.flatMap(tokens))
  return [...text.matchAll(capitalised)].flatMap((match) => {
    // Each word by itself, so that "Then Kayleigh" proposes Kayleigh, and "Taz and Kayleigh" not Taz.
    const words = [...match[0].matchAll(/[^ \u00A0]+/g)].map((word) => ({
      at: match.index + word.index,
      said: word[0].replace(/['’]s?$/, ''),
    }))
    const kinds = words.map(({ said, at }): FoundKind | undefined => {
      const parts = tokens(said)
      const first = startsSentence(text, at)
      if (isCommon(said.toLowerCase(), first)) return undefined
      if (parts.every((part) => own.has(part) || isCommon(part, first))) return undefined
      if (bodies.some(({ from, to }) => from <= at && at + said.length <= to)) return undefined
      if (parts.some((part) => workers.has(part))) return 'worker'
      return 'name'
    })
    const runs: Found[] = []
    words.forEach(({ at, said }, i) => {
      const kind = kinds[i]
      if (!kind) return
      const before = runs.at(-1)
      if (before && i > 0 && kinds[i - 1] === kind) before.to = at + said.length
      else runs.push({ from: at, to: at + said.length, kind })
    })
    return runs
  })
}

const startsSentence = (text: string, at: number): boolean => /(?:^|[.!?:“"‘(\n])\s*$/.test(text.slice(0, at))

/** In order and without overlaps: of two that overlap the longer stays, and of two alike the first. */
const apart = (found: readonly Found[]): Found[] => {
  const kept: Found[] = []
  for (const one of [...found].sort((a, b) => b.to - b.from - (a.to - a.from)))
    if (kept.every(({ from, to }) => one.to <= from || one.from >= to)) kept.push(one)
  return kept.sort((a, b) => a.from - b.from)
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Words that are no name wherever they stand: days, months, titles, and the places and jobs that records are full of. */
const never = set(`i i'm i’m i've i’ve i'd i’d i'll i’ll
  monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december christmas easter mr mrs ms miss dr sir pc dc
  police officer officers social worker workers team health hospital court council school college home mother father mum
  mam dad nan gran nana grandmother grandfather brother sister aunt auntie uncle cousin friend neighbour boyfriend
  girlfriend partner carer foster teacher tutor doctor nurse child children adult adults family
  street road england wales uk british english nhs mash mace nrm dwp gp a&e camhs send ehcp`)

/** Words that begin sentences. In the middle of one a capital letter makes a name of them. */
const openers = set(`the a an and but or so if then when while where after before since until during because although
  he she they we it you his her their our its my your him them us me this that these those there here what who why how
  which is was are were be been has had have do did does not no yes one two three four five six seven eight nine ten some
  many all any each both most more few other another said says saw seen met came went got told asked called rang reported
  found agreed discussed spoke visited attended visit visits phone call calls text texts message meeting interview return
  missing today yesterday tomorrow morning evening night afternoon friends neighbours in on at by for from to of with
  without about into over under up down out off as than very also still just only now never always often again once nobody
  somebody everybody everyone nothing something concern concerns risk risks plan plans review assessment contact
  contacted contacts record records entry note notes source agency service services name named known address born
  reference number voice asks would could should will can may might must bus train station park car cars flat house shop
  town city county district ask see wants offered taken given shown left right early late new old`)

const isCommon = (word: string, first: boolean): boolean => never.has(word) || (first && openers.has(word))
