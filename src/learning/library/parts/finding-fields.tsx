import { z } from 'zod'
import { Checkboxes, errorFor, Radios, ticked, typed, type Ask, type FieldError } from '../../../web/index.ts'
import { strengths, themes } from '../../codes.ts'

const listed = (value: unknown): unknown => (value === undefined ? [] : Array.isArray(value) ? value : [value])

/** What is ticked of a finding, with the sentences for what is missing. */
export const themesTyped = (missing: string) =>
  z.preprocess(
    listed,
    z
      .array(
        z.enum(
          themes.map(({ code }) => code),
          missing,
        ),
      )
      .min(1, missing),
  )
export const strengthTyped = (missing: string) =>
  z.enum(
    strengths.map(({ code }) => code),
    missing,
  )

type FieldsProps = { ask: Ask; errors: readonly FieldError[]; label: string }

export const ThemeBoxes = ({ ask, errors, label }: FieldsProps) => (
  <Checkboxes
    name="themes"
    classes="govuk-checkboxes--small"
    fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
    values={ticked(ask.form, 'themes')}
    errorMessage={errorFor(errors, 'themes')}
    items={themes.map(({ code, label: text }) => ({ value: code, text }))}
  />
)

export const StrengthRadios = ({ ask, errors, label }: FieldsProps) => (
  <Radios
    name="strength"
    classes="govuk-radios--small"
    fieldset={{ legend: { text: label, classes: 'govuk-fieldset__legend--s' } }}
    value={typed(ask.form, 'strength')}
    errorMessage={errorFor(errors, 'strength')}
    items={strengths.map(({ code, label: text, means }) => ({ value: code, text, hint: { text: means } }))}
  />
)
