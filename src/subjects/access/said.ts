import { z } from 'zod'
import { fill, ticked, typed, type Ask, type FieldError } from '../../web/index.ts'
import { exemptions, type Decided, type Reviewed, type Span } from './review.ts'
import { foundKinds, placesOf, type Found } from './third-parties.ts'

/** A stretch to be asked about, and what is said of it so far: nothing, until somebody says it. */
export type Asked = Found & { said: '' | 'hide' | 'show' }
export const nameOf = ({ from, to }: Found): string => `span-${from}-${to}`

const most = 2000
const field = /^span-(\d{1,6})-(\d{1,6})$/

/**
 * Every stretch that a reviewer is asked about: what was decided before, what is found now, and what a sent form speaks
 * of, so that a form whose page is older than the record loses nothing.
 */
export const askedOf = ({ text, decision, proposed }: Reviewed, form: Ask['form']): Asked[] => {
  if (text === null) return []
  const all = new Map<string, Asked>()
  // A worker is shown unless somebody chooses otherwise; of everybody else nothing is taken for granted.
  for (const found of proposed) all.set(nameOf(found), { ...found, said: found.kind === 'worker' ? 'show' : '' })
  for (const { hide, ...span } of decision?.spans ?? [])
    all.set(nameOf(span), { ...span, said: hide ? 'hide' : 'show' })
  for (const name of Object.keys(form)) {
    const [, from, to] = field.exec(name) ?? []
    const span = { from: Number(from), to: Number(to), kind: all.get(name)?.kind ?? ('words' as const) }
    if (!(span.from < span.to && span.to <= text.length)) continue
    const said = typed(form, name)
    all.set(name, { ...span, said: said === 'hide' || said === 'show' ? said : '' })
  }
  return [...all.values()].sort((a, b) => a.from - b.from || a.to - b.to)
}

/** Reads a reviewer's decision. Each stretch is answered, each other word is in the text, or nothing is saved. */
export const readDecision = (
  ask: Ask,
  item: Reviewed,
): { ok: true; value: Decided } | { ok: false; errors: FieldError[] } => {
  const words = ask.w.rights.access.item
  const asked = askedOf(item, ask.form)
  const { text } = item
  const long = fill(words.long, { most })
  const spans = asked.map((one) => [nameOf(one), z.string().default('')] as const)
  const schema = z.object({
    ...Object.fromEntries(spans),
    seen: z.coerce.number().int().min(0).max(100_000).default(0),
    outcome: z.enum(['release', 'withhold'], words.outcomeMissing),
    exemption: z.enum([...exemptions, '']).default(''),
    why: z.string().trim().max(most, long).default(''),
    also: z.string().max(most, long).default(''),
  })
  const read = schema.safeParse(ask.form)
  const errors: FieldError[] = []
  const wrong = (field: string, text: string): void => {
    if (!errors.some((one) => one.field === field)) errors.push({ field, text })
  }
  for (const issue of read.error?.issues ?? []) wrong(issue.path.map(String).join('-'), issue.message)
  const { outcome, exemption, why } = read.data ?? { outcome: typed(ask.form, 'outcome'), exemption: '', why: '' }
  if (outcome === 'release' && text === null) wrong('outcome', words.sealedRelease)
  if (outcome === 'release')
    for (const one of asked)
      if (!one.said) wrong(nameOf(one), fill(words.spanMissing, { said: text!.slice(one.from, one.to) }))
  if (read.data && outcome === 'withhold' && !exemption) wrong('exemption', words.exemptionMissing)
  if (read.data && outcome === 'withhold' && !why) wrong('why', words.whyMissing)
  const more = alsoHidden(text ?? '', ticked(ask.form, 'also').join('\n'))
  if (more.unknown) wrong('also', fill(words.alsoUnknown, { said: more.unknown }))
  if (errors.length > 0 || !read.data) return { ok: false, errors }
  return {
    ok: true,
    value: {
      seen: read.data.seen,
      outcome: read.data.outcome,
      exemption: read.data.outcome === 'withhold' && exemption ? exemption : null,
      spans: [...asked.flatMap(answered), ...more.spans],
      why,
    },
  }
}

const answered = ({ said, ...found }: Asked): Span[] => (said ? [{ ...found, hide: said === 'hide' }] : [])

/** Words that the reviewer found: hidden wherever they stand, as a whole word or, failing that, exactly as written. */
const alsoHidden = (text: string, also: string): { spans: Span[]; unknown?: string } => {
  const spans: Span[] = []
  for (const line of also.split(/\r?\n/).map((one) => one.trim())) {
    if (!line) continue
    const at = text.indexOf(line)
    const places = placesOf(text, line)
    if (places.length === 0 && at < 0) return { spans, unknown: line }
    const where = places.length > 0 ? places : [{ from: at, to: at + line.length }]
    spans.push(...where.map((place) => ({ ...place, kind: foundKinds[6], hide: true })))
  }
  return { spans }
}
