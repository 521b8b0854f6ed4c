import { z } from 'zod'
import { localDate } from '../../platform/index.ts'
import {
  dateBoxes,
  DateBoxes,
  errorFor,
  Input,
  readDate,
  Select,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../web/index.ts'
import { elsewhere } from '../area-seen.ts'
import { readNhsNumber } from '../nhs-number.ts'
import type { IdentitySaid } from '../subject.ts'

/** Who somebody is, as a form asks for it: when a record is opened, and when what is known changes. */

/** What may be typed into the boxes. */
export const identityFields = (ask: Ask) => {
  const words = ask.w.subjects.new
  const line = z.string().max(300, words.long).default('')
  return {
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(300, words.long),
    known_as: line,
    pronouns: line,
    postcode: line,
    phone: line,
    other_reference: line,
    area: z.string().max(100).default(''),
    address: z.string().max(1000, words.long).default(''),
    nhs_number: line.refine((said) => said.trim() === '' || readNhsNumber(said) !== undefined, words.nhsWrong),
    ...dateBoxes(ask, 'born_on'),
  }
}
type Typed = Omit<IdentitySaid, 'born_on' | 'area'> & { area: string } & Record<string, unknown>

/** What was typed, as it is kept; a birth that is to come is refused. */
export const asIdentity = (ask: Ask, value: Typed, ctx: z.RefinementCtx): IdentitySaid => ({
  name: value.name,
  known_as: value.known_as,
  pronouns: value.pronouns,
  postcode: value.postcode,
  phone: value.phone,
  other_reference: value.other_reference,
  address: value.address,
  ...(value.area && { area: value.area }),
  nhs_number: readNhsNumber(value.nhs_number) ?? '',
  born_on: readDate(ask, value, 'born_on', localDate(ask.house.now(), ask.place.zone), ctx) ?? null,
})

export const IdentityBoxes = ({
  ask,
  areas,
  form,
  errors,
}: {
  ask: Ask
  areas: readonly { id: string; name: string }[]
  form: Ask['form']
  errors: readonly FieldError[]
}) => {
  const words = ask.w.subjects.new
  const box = (
    name: 'name' | 'known_as' | 'pronouns' | 'postcode' | 'phone' | 'nhs_number' | 'other_reference',
    { hint, width }: { hint?: string; width?: number } = {},
  ) => (
    <Input
      name={name}
      label={words[name]}
      hint={hint}
      classes={width ? `govuk-input--width-${width}` : undefined}
      value={typed(form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
      spellcheck={false}
    />
  )
  return (
    <>
      {box('name', { hint: words.nameHint })}
      {box('known_as')}
      {box('pronouns', { width: 10 })}
      <DateBoxes ask={ask} name="born_on" legend={words.born} form={form} errors={errors} />
      <Textarea
        name="address"
        label={words.address}
        rows={3}
        value={typed(form, 'address')}
        errorMessage={errorFor(errors, 'address')}
      />
      {box('postcode', { width: 10 })}
      {areas.length > 0 && (
        <Select
          name="area"
          label={words.area}
          hint={words.areaHint}
          value={typed(form, 'area')}
          items={[
            { value: '', text: words.areaOpen },
            ...areas.map(({ id, name }) => ({ value: id, text: name })),
            { value: elsewhere, text: words.areaElsewhere },
          ]}
        />
      )}
      {box('phone', { width: 20 })}
      {box('nhs_number', { width: 10 })}
      {box('other_reference', { width: 20 })}
    </>
  )
}
