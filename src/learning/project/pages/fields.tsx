import { z } from 'zod'
import { agencies } from '../../../partnership/index.ts'
import { errorFor, fill, Input, Select, Textarea, typed, type Ask, type FieldError } from '../../../web/index.ts'
import type { At } from '../at-project.ts'

const most_line = 300
const most_words = 10_000

const tooLong = (ask: Ask, most: number) => fill(ask.w.projects.form.long, { most: most.toLocaleString('en-GB') })
/** One line; with a sentence for when it is missing it has to be there. */
export const line = (ask: Ask, missing?: string) => {
  const box = z.string().trim().max(most_line, tooLong(ask, most_line))
  return missing ? z.string(missing).trim().min(1, missing).max(most_line, tooLong(ask, most_line)) : box.default('')
}
/** A box of prose: what is set in at the start of a line stays. */
export const prose = (ask: Ask, missing?: string) => {
  const long = tooLong(ask, most_words)
  return missing
    ? z.string(missing).regex(/\S/, missing).max(most_words, long)
    : z.string().max(most_words, long).default('')
}
/** One of some, by its id or code. */
export const oneOf = (all: readonly string[], missing: string) =>
  z.string(missing).refine((id) => all.includes(id), missing)

type Field = {
  ask: Ask
  name: string
  label: string
  hint?: string
  errors: readonly FieldError[]
}

export const LineField = ({ ask, name, label, hint, errors }: Field) => (
  <Input
    name={name}
    label={{ text: label, classes: 'govuk-label--s' }}
    hint={hint}
    value={typed(ask.form, name)}
    errorMessage={errorFor(errors, name)}
  />
)

export const ProseField = ({ ask, name, label, hint, errors, rows = 6 }: Field & { rows?: number }) => (
  <Textarea
    name={name}
    label={{ text: label, classes: 'govuk-label--s' }}
    hint={hint}
    rows={rows}
    value={typed(ask.form, name)}
    errorMessage={errorFor(errors, name)}
  />
)

export type Choice = { value: string; text: string }
export const ChoiceField = ({ ask, name, label, hint, errors, items }: Field & { items: readonly Choice[] }) => (
  <Select
    name={name}
    label={{ text: label, classes: 'govuk-label--s' }}
    hint={hint}
    value={typed(ask.form, name)}
    errorMessage={errorFor(errors, name)}
    items={[{ value: '', text: '' }, ...items]}
  />
)

/** The agencies there are today, to choose one from. */
export const agencyChoices = async (ask: Ask, { viewer, today }: Pick<At, 'viewer' | 'today'>): Promise<Choice[]> =>
  (await agencies(ask.tx, viewer.partnership, { on: today })).map(({ id, name }) => ({ value: id, text: name }))
