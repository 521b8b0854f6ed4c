import { DateInput, errorFor, fill, typed, type Ask, type FieldError } from '../../web/index.ts'
import { z } from 'zod'

/** The three fields of a date, for a page's schema. */
export const dayFields = <N extends string>(name: N) =>
  Object.fromEntries(
    ['day', 'month', 'year'].map((part) => [`${name}-${part}`, z.string().max(100).optional()]),
  ) as Record<`${N}-${'day' | 'month' | 'year'}`, z.ZodOptional<z.ZodString>>

/** The date that was typed as YYYY-MM-DD, null for none, undefined when it is not one. */
export const readDay = (form: Ask['form'], name: string): string | null | undefined => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => typed(form, `${name}-${part}`).trim())
  if (!day && !month && !year) return null
  if (!/^\d{1,2}$/.test(day!) || !/^\d{1,2}$/.test(month!) || !/^\d{4}$/.test(year!)) return undefined
  const text = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined
}

/** A date as the three fields that hold it: what a form starts with. */
export const dayParts = (name: string, day: string | null): Record<string, string> =>
  day
    ? {
        [`${name}-year`]: day.slice(0, 4),
        [`${name}-month`]: String(Number(day.slice(5, 7))),
        [`${name}-day`]: String(Number(day.slice(8))),
      }
    : {}

export const wrongDay = (ask: Ask, name: string): FieldError => ({
  field: `${name}-day`,
  text: ask.w.partnership.dayWrong,
})

export const DayField = ({ ask, name, legend, hint, form, errors }: DayFieldProps) => {
  const parts = ask.w.partnership.dayParts
  return (
    <DateInput
      id={name}
      namePrefix={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      hint={hint ?? fill(ask.w.partnership.dayHint, { year: todayYear(ask) })}
      errorMessage={errorFor(errors, `${name}-day`)}
      items={(['day', 'month', 'year'] as const).map((part) => ({
        name: part,
        label: parts[part],
        classes: part === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
        value: typed(form, `${name}-${part}`),
      }))}
    />
  )
}

type DayFieldProps = {
  ask: Ask
  name: string
  legend: string
  hint?: string
  form: Ask['form']
  errors: readonly FieldError[]
}

const todayYear = ({ house }: Ask): string => String(house.now().getUTCFullYear())
