import { z } from 'zod'
import type { Ask } from './ask.ts'
import { DateInput } from './components/index.ts'
import { errorFor, typed } from './form.tsx'
import type { FieldError } from './read-form.ts'
import { fill } from './words.ts'

type In = Pick<Ask, 'w' | 'lang'>

/** The three boxes of a date: `name-day`, `name-month`, `name-year`. */
export const dateBoxes = <N extends string>(asker: In, name: N) => {
  const box = z
    .string({ error: asker.w.report.wrong.broken })
    .max(20, fill(asker.w.report.wrong.long, { most: '20' }))
    .default('')
  return { [`${name}-day`]: box, [`${name}-month`]: box, [`${name}-year`]: box } as Record<
    `${N}-day` | `${N}-month` | `${N}-year`,
    typeof box
  >
}

/**
 * The date in those boxes as YYYY-MM-DD, null when all are empty.
 * @param today no later than that day, also YYYY-MM-DD
 */
export const readDate = (
  { w }: In,
  value: Record<string, unknown>,
  name: string,
  today: string,
  ctx: z.RefinementCtx,
): string | null => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => String(value[`${name}-${part}`] ?? '').trim())
  if (!day && !month && !year) return null
  const whole = /^\d{1,2}$/.test(day!) && /^\d{1,2}$/.test(month!) && /^\d{4}$/.test(year!)
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const said =
    !whole || !z.iso.date().safeParse(date).success
      ? w.report.wrong.date
      : date > today
        ? w.report.wrong.future
        : undefined
  if (said) ctx.addIssue({ code: 'custom', message: said, path: [`${name}-day`] })
  return said ? null : date
}

/** A date that has to be there, as YYYY-MM-DD; '' once it is said that it is missing, or what is wrong with it. */
export const needDate = (
  asker: In,
  value: Record<string, unknown>,
  name: string,
  { today, missing, ctx }: { today: string; missing: string; ctx: z.RefinementCtx },
): string => {
  const empty = ['day', 'month', 'year'].every((part) => String(value[`${name}-${part}`] ?? '').trim() === '')
  if (empty) ctx.addIssue({ code: 'custom', message: missing, path: [`${name}-day`] })
  return readDate(asker, value, name, today, ctx) ?? ''
}

/** The boxes filled from a date, to show it again. */
export const dateShown = (name: string, date: string | null | undefined): Record<string, string> => {
  const [year, month, day] = (date ?? '').split('-')
  return date
    ? { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year! }
    : {}
}

export const DateBoxes = (props: {
  ask: Ask
  name: string
  legend: string
  hint?: string
  form: Ask['form']
  errors: readonly FieldError[]
}) => {
  const { name, form } = props
  const { date } = props.ask.w.report
  const parts = ['day', 'month', 'year'] as const
  return (
    <DateInput
      id={name}
      namePrefix={name}
      fieldset={{ legend: { text: props.legend, classes: 'govuk-fieldset__legend--s' } }}
      hint={props.hint}
      errorMessage={errorFor(props.errors, `${name}-day`)}
      values={Object.fromEntries(parts.map((part) => [part, typed(form, `${name}-${part}`)]))}
      day={{ label: date.day }}
      month={{ label: date.month }}
      year={{ label: date.year }}
    />
  )
}
