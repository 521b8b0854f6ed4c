import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../platform/index.ts'
import { ages, harms, places, type AnyWords, type Kind, type WordsOf } from './guidance.ts'

/** A piece as it came with the product. */
export type Shipped = {
  kind: Kind
  code: string
  version: number
  review_by: string
  position: number
  words: AnyWords
}

/** Everything under content/guidance, in its own order. @throws {Error} when a file does not have the shape it should */
export const shippedPieces = (): Shipped[] => [
  definition(),
  ...read('types', z.array(typeItem)).map((item, at) => shipped('type', item.code, item, at, typeWords(item))),
  ...read('settings', z.array(settingItem)).map((item, at) =>
    shipped('setting', item.code, item, at, settingWords(item)),
  ),
  ...read('signs', z.array(signItem)).map(({ id, version, reviewBy, ...words }, at) =>
    shipped('sign', id, { version, reviewBy }, at, words),
  ),
  ...read('offer', z.array(offerItem)).map((item, at) => shipped('offer', item.code, item, at, offerWords(item))),
  ...read('pages', z.array(pageItem)).map((item, at) => shipped('page', item.slug, item, at, pageWords(item))),
  ...read('for-you', z.array(personItem)).map((item, at) => shipped('for-you', item.slug, item, at, personWords(item))),
]

const shipped = <K extends Kind>(
  kind: K,
  code: string,
  { version = 1, reviewBy }: { version?: number; reviewBy?: string | null },
  position: number,
  words: WordsOf[K],
): Shipped => ({ kind, code, version, review_by: reviewBy ?? first_review, position, words })

/** Types carry no date of their own: they are read again with the shared definition. */
const first_review = '2027-11-01'

const read = <S extends z.ZodType>(name: string, schema: S): z.output<S> =>
  schema.parse(JSON.parse(fs.readFileSync(path.join(projectRoot, 'content/guidance', `${name}.json`), 'utf8')))

const text = z.string()
const lines = z.array(z.string())
const versioned = { version: z.number().optional(), reviewBy: z.string().nullish() }
const orEmpty = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const definition = (): Shipped => {
  const d = read('definition', definitionItem)
  return shipped('definition', d.id, d, 0, {
    plain: d.plain,
    easy_read: d.easyRead,
    scope_in: d.scopeIn,
    scope_out: d.scopeOut,
    approver: d.approver.body,
    approved_on: d.approver.date ?? null,
    approver_note: d.approver.note,
    source: d.source,
  })
}
const definitionItem = z.object({
  id: text,
  ...versioned,
  plain: text,
  easyRead: lines,
  scopeIn: lines,
  scopeOut: lines,
  approver: z.object({ body: text, date: z.string().nullish(), note: orEmpty }),
  source: text,
})

const typeItem = z.object({
  code: text,
  ...versioned,
  name: text,
  plain: text,
  kind: z.enum(['type', 'flag', 'act']),
  ages: z.enum([...ages, 'any']),
  minAge: z.number().nullable(),
  maxAge: z.number().nullable(),
  mapsTo: z.array(z.object({ list: text, code: text })),
  appliesWith: lines.default([]),
  sayInstead: orEmpty,
  since: text,
  until: z.string().nullable(),
})
const typeWords = (item: z.output<typeof typeItem>): WordsOf['type'] => ({
  name: item.name,
  plain: item.plain,
  nature: item.kind,
  ages: item.ages,
  min_age: item.minAge,
  max_age: item.maxAge,
  maps_to: item.mapsTo,
  applies_with: item.appliesWith,
  say_instead: item.sayInstead,
  since: item.since,
  until: item.until,
})

const settingItem = z.object({
  code: text,
  ...versioned,
  slug: text,
  name: text,
  who: text,
  kind: z.enum(places),
  intro: text,
  do: lines,
  sayThis: lines,
  never: lines,
  reportSetting: text,
  emergency: text,
  extraContacts: z.array(
    z.object({ label: text, value: text, kind: text, note: orEmpty, checked: z.boolean().default(false) }),
  ),
})
const settingWords = (item: z.output<typeof settingItem>): WordsOf['setting'] => ({
  slug: item.slug,
  name: item.name,
  who: item.who,
  place: item.kind,
  intro: item.intro,
  do_lines: item.do,
  say_this: item.sayThis,
  never: item.never,
  report_setting: item.reportSetting,
  emergency: item.emergency,
  extra_contacts: item.extraContacts,
})

const signItem = z.object({
  id: text,
  ...versioned,
  setting: text,
  text,
  ages: z.array(z.enum(ages)),
  types: lines,
  harm: z.enum(harms),
  source: text,
})

const offerItem = z.object({
  code: text,
  ...versioned,
  slug: text,
  situation: text,
  doNow: lines,
  promise: text,
  who: lines,
  howFast: text,
  clock: z.string().nullable(),
  route: text,
})
const offerWords = (item: z.output<typeof offerItem>): WordsOf['offer'] => ({
  slug: item.slug,
  situation: item.situation,
  do_now: item.doNow,
  promise: item.promise,
  who: item.who,
  how_fast: item.howFast,
  clock: item.clock,
  route: item.route,
})

const pageItem = z.object({
  slug: text,
  ...versioned,
  title: text,
  lead: text,
  sections: z.array(z.object({ heading: text, paragraphs: lines, items: lines })),
  actions: z.array(z.object({ label: text, text, goTo: text })),
  status: z.enum(['default', 'draft', 'approved']),
  note: orEmpty,
})
const pageWords = ({ title, lead, sections, actions, status, note }: z.output<typeof pageItem>): WordsOf['page'] => ({
  title,
  lead,
  sections,
  actions,
  status,
  note,
})

const personItem = z.object({
  slug: text,
  ...versioned,
  audience: z.enum(ages),
  setting: text,
  title: text,
  opening: lines,
  signsIntro: text,
  notYourFault: lines,
  whatCanHappen: lines,
  waysToTalk: z.array(
    z.object({
      label: text,
      how: text,
      number: orEmpty,
      kind: orEmpty,
      free: z.boolean().nullish().transform(Boolean),
      when: orEmpty,
      checked: z.boolean(),
      contactKey: orEmpty,
    }),
  ),
  ifInDangerNow: lines,
  hideTracks: lines,
  easyRead: lines,
})
const personWords = (item: z.output<typeof personItem>): WordsOf['for-you'] => ({
  audience: item.audience,
  setting: item.setting,
  title: item.title,
  opening: item.opening,
  signs_intro: item.signsIntro,
  not_your_fault: item.notYourFault,
  what_can_happen: item.whatCanHappen,
  ways_to_talk: item.waysToTalk,
  if_in_danger_now: item.ifInDangerNow,
  hide_tracks: item.hideTracks,
  easy_read: item.easyRead,
})
