import {
  Checkboxes,
  errorFor,
  fill,
  Input,
  Radios,
  Select,
  Textarea,
  ticked,
  typed as typedIn,
} from '../../web/index.ts'
import type { FieldError, Words } from '../../web/index.ts'
import type { Field } from '../fields.ts'
import { labelOf, rowsTyped, type Options, type Typed } from '../typed.ts'

type Props = {
  fields: readonly Field[]
  typed: Typed
  errors: readonly FieldError[]
  options: Options
  w: Words['guidance']['edit']
  prefix?: string
}

/** The form of a piece, field by field. Lists are one sentence a line; groups always end with an empty one to fill. */
export const EditFields = ({ fields, prefix = '', ...rest }: Props) => (
  <>
    {fields.map((field) =>
      field.as === 'group' ? (
        <Rows {...rest} field={field} prefix={prefix} />
      ) : (
        <One {...rest} field={field} prefix={prefix} />
      ),
    )}
  </>
)

type Rest = Omit<Props, 'fields' | 'prefix'> & { prefix: string }

const Rows = ({ field, prefix, ...rest }: Rest & { field: Extract<Field, { as: 'group' }> }) => {
  const name = prefix + field.name
  const label = labelOf(rest.w, field)
  return (
    <fieldset class="govuk-fieldset trellis-edit-rows">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{label}</legend>
      <p class="govuk-hint">{rest.w.groupHint}</p>
      {Array.from({ length: rowsTyped(rest.typed, name) + 1 }, (_, at) => (
        <fieldset class="govuk-fieldset trellis-edit-row">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
            {fill(rest.w.row, { name: label, number: at + 1 })}
          </legend>
          <EditFields {...rest} fields={field.fields} prefix={`${name}-${at}-`} />
        </fieldset>
      ))}
    </fieldset>
  )
}

const One = ({ field, prefix, typed, errors, options, w }: Rest & { field: Exclude<Field, { as: 'group' }> }) => {
  const name = prefix + field.name
  const label = 'optional' in field ? fill(w.optional, { name: labelOf(w, field) }) : labelOf(w, field)
  const shared = { name, errorMessage: errorFor(errors, name) }
  const bold = { text: label, classes: prefix ? '' : 'govuk-label--s' }
  const legend = { legend: { text: label, classes: 'govuk-fieldset__legend--s' } }
  switch (field.as) {
    case 'line':
      return <Input {...shared} label={bold} value={typedIn(typed, name)} />
    case 'text':
      return <Textarea {...shared} label={bold} rows={3} value={`\n${typedIn(typed, name)}`} />
    case 'lines': {
      const value = typedIn(typed, name)
      return (
        <Textarea
          {...shared}
          label={bold}
          hint={w.linesHint}
          rows={Math.min(12, value.split('\n').length + 1)}
          value={`\n${value}`}
        />
      )
    }
    case 'day':
      return (
        <Input
          {...shared}
          label={bold}
          value={typedIn(typed, name)}
          classes="govuk-input--width-10"
          attributes={{ type: 'date' }}
        />
      )
    case 'tick':
      return (
        <Checkboxes
          {...shared}
          classes="govuk-checkboxes--small"
          values={ticked(typed, name)}
          items={[{ value: 'yes', text: label }]}
        />
      )
    case 'some':
      return (
        <Checkboxes
          {...shared}
          classes="govuk-checkboxes--small trellis-columns"
          fieldset={legend}
          values={ticked(typed, name)}
          items={[...options(field)]}
        />
      )
    case 'one':
      if (prefix || field.of === 'settings')
        return (
          <Select
            {...shared}
            label={bold}
            value={typedIn(typed, name)}
            items={[{ value: '', text: '' }, ...options(field)]}
          />
        )
      return (
        <Radios
          {...shared}
          classes="govuk-radios--small"
          fieldset={legend}
          value={typedIn(typed, name)}
          items={[...options(field)]}
        />
      )
  }
}
