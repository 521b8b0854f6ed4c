import { z } from 'zod'
import { fill, type Ask } from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import {
  contacts,
  continuities,
  effects,
  genders,
  kinds,
  sayers,
  strengths,
  type Said,
} from '../../relationships/relationship.ts'

const most_name = 200
const most_words = 4000

/** What the form about a tie asks, whoever it is with. `through` are those of the family on the list, without itself. */
export const saidSchema = (ask: Ask, at: Through, through: readonly string[]) => {
  const words = ask.w.matters.form
  const year = z
    .string()
    .trim()
    .default('')
    .refine((said) => said === '' || (/^\d{4}$/.test(said) && said >= '1850' && said <= at.today.slice(0, 4)), {
      message: words.yearWrong,
    })
    .transform((said) => (said === '' ? null : Number(said)))
  const text = z
    .string()
    .max(most_words, fill(words.long, { most: most_words.toLocaleString('en-GB') }))
    .default('')
  return {
    kind: z.string(words.kindMissing).refine((kind) => kinds.includes(kind), words.kindMissing),
    effect: z.enum(effects, words.effectMissing),
    words: text,
    strength: z.enum(strengths, words.strengthMissing),
    contact: z.enum(contacts, words.contactMissing),
    lives_with: z.enum(['yes', 'no'], words.livesMissing),
    since_year: year,
    continuity: z.enum(continuities, words.continuityMissing),
    continuity_why: text,
    said_by: z.enum(sayers, words.saidMissing),
    gender: z.enum(genders, words.genderMissing),
    born_year: year,
    has_died: z.enum(['yes', 'no'], words.diedMissing),
    died_year: year,
    through: z
      .string()
      .default('')
      .refine((id) => id === '' || through.includes(id), words.throughWrong),
    handling: z.enum(['0', '1'], ask.w.subjects.add.handlingMissing),
  }
}
type Typed = z.output<z.ZodObject<ReturnType<typeof saidSchema>>>

/** What only makes sense together. */
export const together = (ask: Ask, said: Typed, ctx: z.RefinementCtx): void => {
  const words = ask.w.matters.form
  const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', message, path: [path] })
  if (said.said_by === 'the person' && !/\S/.test(said.words)) wrong('words', words.wordsMissing)
  if (said.continuity === 'may be lost' && !/\S/.test(said.continuity_why))
    wrong('continuity_why', words.continuityWhyMissing)
  if (said.has_died === 'yes' && said.born_year && said.died_year && said.died_year < said.born_year)
    wrong('died_year', words.diedBefore)
}

/** A box that shows only with its answer says nothing where another answer was given. */
export const saidIn = (typed: Typed): Said => ({
  kind: typed.kind,
  effect: typed.effect,
  words: typed.words,
  strength: typed.strength,
  contact: typed.contact,
  since_year: typed.since_year,
  continuity: typed.continuity,
  said_by: typed.said_by,
  gender: typed.gender,
  born_year: typed.born_year,
  lives_with: typed.lives_with === 'yes',
  continuity_why: typed.continuity === 'may be lost' ? typed.continuity_why : '',
  has_died: typed.has_died === 'yes',
  died_year: typed.has_died === 'yes' ? typed.died_year : null,
  through: typed.through || null,
  handling: typed.handling === '1' ? 1 : 0,
})

export const nameBox = (ask: Ask) =>
  z
    .string()
    .trim()
    .max(most_name, fill(ask.w.matters.form.long, { most: most_name }))
    .default('')
