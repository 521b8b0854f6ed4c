import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../platform/index.ts'
import type { Guidance, Kind } from './guidance.ts'
import { bareWords, slips, slipsAllowed, sound, stem, tellingWords } from './search-words.ts'

export type Found = { kind: Kind; title: string; text: string; href: string; within?: string }
export type Results = {
  found: Found[]
  /** Words looked for besides the ones typed, because those are spelt otherwise or mean the same. */
  also: string[]
  /** Stems of every word that was looked for, to mark in what was found. */
  stems: ReadonlySet<string>
}

type Entry = Found & { weights: ReadonlyMap<string, number> }
type Index = { entries: Entry[]; spelt: ReadonlyMap<string, string>; rarity: (stem: string) => number }

const most_results = 30

/** What fits the words best, first. Forgives spelling, and knows other words for the same thing. */
export const search = (guidance: Guidance, query: string): Results => {
  const index = indexOf(guidance)
  const asked = tellingWords(query.slice(0, 200)).slice(0, 12)
  const also = new Map<string, string>()
  const looked = asked.map((word) => readings(index, word, also))
  const meant = meanings(bareWords(query), also)
  const scored = index.entries
    .map((entry) => ({ entry, score: score(index, entry, looked, meant) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const best = scored[0]?.score ?? 0
  const stems = new Set([...looked.flatMap((ways) => [...ways.keys()]), ...meant])
  const found = scored.filter(({ score }) => score > best * 0.12).slice(0, most_results)
  return {
    found: found.map(({ entry: { weights: _, ...one } }) => one),
    also: [...also.values()].filter((word) => !asked.includes(word)).slice(0, 6),
    stems,
  }
}

/** How one typed word may be read, by stem, and how sure each reading is. */
const readings = ({ spelt }: Index, word: string, also: Map<string, string>): Map<string, number> => {
  const own = stem(word)
  const ways = new Map<string, number>()
  if (spelt.has(own)) ways.set(own, 1)
  for (const known of spelt.keys()) if (known !== own && own.length >= 3 && known.startsWith(own)) ways.set(known, 0.6)
  if (ways.has(own) || otherWords().has(own)) return ways
  for (const [known, shown, sure] of nearest(spelt, word)) {
    ways.set(known, sure)
    also.set(known, shown)
    for (const meaning of otherWords().get(known) ?? []) ways.set(meaning, 0.6)
  }
  return ways
}

/** The words we know that are spelt most like this one; failing those, the ones that sound like it. */
const nearest = (spelt: Index['spelt'], word: string): [known: string, shown: string, sure: number][] => {
  const own = stem(word)
  const candidates = [...spelt, ...[...otherWords().keys()].map((say) => [say, say] as const)]
  let least = slipsAllowed(word)
  let near: [string, string, number][] = []
  for (const [known, shown] of candidates) {
    // A short word that begins otherwise is another word: 'feet' is not 'meet'.
    if (word.length < 6 && known[0] !== word[0]) continue
    const count = Math.min(slips(own, known, least), slips(word, shown, least))
    if (count > least) continue
    if (count < least) near = []
    least = count
    near.push([known, shown, 0.8 - 0.2 * count])
  }
  if (near.length > 0 || word.length < 4) return near
  return candidates
    .filter(([known]) => known.length > 3 && sound(known) === sound(own))
    .map(([known, shown]) => [known, shown, 0.4])
}

/** Everyday words and slang for what the lists call something else: stems of what they mean. */
const meanings = (words: readonly string[], also: Map<string, string>): Set<string> => {
  const stems = words.map(stem)
  const said = [1, 2, 3].flatMap((length) =>
    stems.slice(0, stems.length - length + 1).map((_, at) => stems.slice(at, at + length).join(' ')),
  )
  const meant = new Set<string>()
  for (const phrase of said)
    for (const meaning of otherWords().get(phrase) ?? []) {
      meant.add(meaning)
      if (!stems.includes(meaning)) also.set(meaning, shownMeaning.get(meaning) ?? meaning)
    }
  return meant
}

const score = (
  index: Index,
  entry: Entry,
  looked: readonly Map<string, number>[],
  meant: ReadonlySet<string>,
): number => {
  const weigh = (known: string) => (entry.weights.get(known) ?? 0) * index.rarity(known)
  const typed = looked.map((ways) => Math.max(0, ...[...ways].map(([known, sure]) => sure * weigh(known))))
  const other = [...meant].map((known) => 0.8 * weigh(known))
  const sum = [...typed, ...other].reduce((total, part) => total + part, 0)
  // Something that answers two of the words beats something that says one of them twice.
  const answered = typed.filter((part) => part > 0).length + other.filter((part) => part > 0).length
  return sum * Math.max(1, answered)
}

const kept = new WeakMap<Guidance, Index>()
const indexOf = (guidance: Guidance): Index => {
  const index = kept.get(guidance) ?? makeIndex(guidance)
  kept.set(guidance, index)
  return index
}

const makeIndex = (guidance: Guidance): Index => {
  const entries = entriesOf(guidance)
  const spelt = new Map<string, string>()
  const times = new Map<string, number>()
  for (const entry of entries) {
    for (const known of entry.weights.keys()) times.set(known, (times.get(known) ?? 0) + 1)
    for (const word of bareWords(`${entry.title} ${entry.text}`))
      if (!spelt.has(stem(word))) spelt.set(stem(word), word)
  }
  return { entries, spelt, rarity: (known) => Math.log(1 + entries.length / (times.get(known) ?? 1)) }
}

const entriesOf = (guidance: Guidance): Entry[] => {
  const settings = new Map(guidance.settings.map((setting) => [setting.code, setting]))
  return [
    ...guidance.settings.map((s) =>
      entry({ kind: 'setting', title: s.name, text: s.who, href: `/signs/${s.slug}` }, 6, s.intro),
    ),
    ...guidance.types.map((t) =>
      entry({ kind: 'type', title: t.name, text: t.plain, href: `/types/${t.code}` }, 5, t.code),
    ),
    ...guidance.offers.map((o) =>
      entry({ kind: 'offer', title: o.situation, text: o.promise, href: `/offer/${o.slug}` }, 3, o.do_now.join(' ')),
    ),
    ...guidance.forYou.map((p) =>
      entry(
        { kind: 'for-you', title: p.title, text: p.opening[1] ?? '', href: `/for-you/${p.code}` },
        2,
        p.opening.join(' '),
      ),
    ),
    ...guidance.signs.flatMap((s) => {
      const setting = settings.get(s.setting)
      const found = {
        kind: 'sign' as const,
        title: s.text,
        text: '',
        href: `/signs/${setting?.slug}#${s.code}`,
        within: setting?.name,
      }
      return setting ? [entry(found, 2, setting.name)] : []
    }),
  ]
}

const entry = (found: Found, titleWeight: number, rest: string): Entry => {
  const weights = new Map<string, number>()
  const weigh = (text: string, weight: number) => {
    for (const word of tellingWords(text)) weights.set(stem(word), Math.max(weight, weights.get(stem(word)) ?? 0))
  }
  weigh(rest, 0.7)
  weigh(found.text, 1)
  weigh(found.title, titleWeight)
  return { ...found, weights }
}

const shownMeaning = new Map<string, string>()
let others: Map<string, string[]> | undefined
/** From a phrase's stems to the stems of what it means. */
const otherWords = (): Map<string, string[]> => {
  if (others) return others
  const file = path.join(projectRoot, 'content/guidance/other-words.json')
  const list = z
    .array(z.object({ say: z.array(z.string()), mean: z.string() }))
    .parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  others = new Map()
  for (const { say, mean } of list) {
    for (const word of bareWords(mean)) shownMeaning.set(stem(word), word)
    for (const phrase of say) others.set(bareWords(phrase).map(stem).join(' '), bareWords(mean).map(stem))
  }
  return others
}
