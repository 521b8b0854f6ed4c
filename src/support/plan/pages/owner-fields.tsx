import { z } from 'zod'
import {
  DateBoxes,
  dateBoxes,
  Details,
  errorFor,
  Input,
  needDate,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { chosenOwner, type Owners } from '../owners.ts'
import type { Owner } from '../plan.ts'

export const ownerBoxes = (ask: Ask) => ({
  owner: z.string().default(''),
  name: z.string().trim().max(300).default(''),
  agency: z.string().default(''),
  ...dateBoxes(ask, 'due'),
})
type OwnerBoxes = Record<'owner' | 'name' | 'agency', string>

/** One person, said in the form; what is missing is said of the box. */
export const readOwner = (ask: Ask, owners: Owners, value: OwnerBoxes, ctx: z.RefinementCtx): Owner | undefined => {
  const words = ask.w.plan.action
  const owner = chosenOwner(owners, value)
  if (owner) return owner
  const [field, message] = value.owner === 'somebody' ? ['name', words.ownerAlone] : ['owner', words.ownerMissing]
  ctx.addIssue({ code: 'custom', message: message!, path: [field!] })
  return undefined
}

/** A day from today on: plans look ahead. */
export const readDue = (ask: Ask, today: string, value: Record<string, unknown>, ctx: z.RefinementCtx): string => {
  const words = ask.w.plan.action
  const due = needDate(ask, value, 'due', { today: '9999-12-31', missing: words.dueMissing, ctx })
  if (due && due < today) ctx.addIssue({ code: 'custom', message: words.duePast, path: ['due-day'] })
  return due
}

/** Who does it, as a list that stands inside another question. */
export const OwnerFields = (props: { ask: Ask; owners: Owners; errors: readonly FieldError[]; label?: string }) => {
  const { ask, owners, errors } = props
  const words = ask.w.plan.action
  return (
    <>
      <Select
        name="owner"
        label={{ text: props.label ?? words.owner, classes: 'govuk-label--s' }}
        hint={props.label ? undefined : words.ownerHint}
        value={typed(ask.form, 'owner')}
        errorMessage={errorFor(errors, 'owner')}
        items={[
          { value: '', text: '' },
          ...owners.people.map(({ id, name, agency }) => ({ value: id, text: `${name}, ${agency}` })),
          { value: 'somebody', text: words.other },
        ]}
      />
      <Details summary={words.other} open={typed(ask.form, 'owner') === 'somebody'}>
        <Input
          name="name"
          label={words.name}
          value={typed(ask.form, 'name')}
          errorMessage={errorFor(errors, 'name')}
          autocomplete="off"
        />
        <Select
          name="agency"
          label={words.agency}
          value={typed(ask.form, 'agency')}
          items={[{ value: '', text: '' }, ...owners.agencies.map(({ id, name }) => ({ value: id, text: name }))]}
        />
      </Details>
    </>
  )
}

export const DueBoxes = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => (
  <DateBoxes ask={ask} name="due" legend={ask.w.plan.action.due} form={ask.form} errors={errors} />
)
