import { z } from 'zod'
import { localDate, localTime, momentsOf } from '../../../platform/index.ts'
import { moment } from '../../../subjects/index.ts'
import {
  DateBoxes,
  dateBoxes,
  dateShown,
  errorFor,
  fill,
  Input,
  Radios,
  readDate,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'

/** The boxes of a moment: a day, a time, and which of the two where the clocks went back. */
export const whenBoxes = <N extends string>(ask: Ask, name: N) => {
  const box = z.string().trim().max(20).default('')
  return { ...dateBoxes(ask, name), [`${name}-time`]: box, [`${name}-which`]: box }
}

/**
 * The moment in those boxes, by the clocks of the place; null where they are empty and need not be. A time that clocks
 * never showed is said to be one, and of a time that they showed twice it is asked which.
 */
export const readWhen = (
  ask: Ask,
  value: Record<string, unknown>,
  name: string,
  { now, missing, ctx }: { now: Date; missing?: string; ctx: z.RefinementCtx },
): Date | null => {
  const { zone } = ask.place
  const words = ask.w.missing.when
  const wrong = (field: string, message: string) => {
    ctx.addIssue({ code: 'custom', message, path: [`${name}-${field}`] })
    return null
  }
  const box = (part: string) => String(value[`${name}-${part}`] ?? '')
  const date = readDate(ask, value, name, localDate(now, zone), ctx)
  const isEmpty = ['day', 'month', 'year', 'time'].every((part) => box(part) === '')
  if (isEmpty) return missing ? wrong('day', missing) : null
  if (!date) return ['day', 'month', 'year'].some((part) => box(part)) ? null : wrong('day', words.dayMissing)
  const time = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(box('time'))
  if (!time) return wrong('time', words.timeWrong)
  const moments = momentsOf(date, Number(time[1]) * 60 + Number(time[2]), zone)
  if (moments.length === 0) return wrong('time', fill(words.never, { time: box('time') }))
  if (moments.length > 1 && !['first', 'second'].includes(box('which')))
    return wrong('which', fill(words.twice, { time: box('time') }))
  const at = moments.length > 1 && box('which') === 'second' ? moments[1]! : moments[0]!
  return at > now ? wrong('time', words.future) : at
}

/** The boxes filled from a moment. */
export const whenShown = (ask: Ask, name: string, at: Date): Record<string, string> => ({
  ...dateShown(name, localDate(at, ask.place.zone)),
  [`${name}-time`]: localTime(at, ask.place.zone),
})

export const WhenBoxes = (props: {
  ask: Ask
  name: string
  legend: string
  hint?: string
  errors: readonly FieldError[]
}) => {
  const { ask, name, legend, hint, errors } = props
  const words = ask.w.missing.when
  const which = errorFor(errors, `${name}-which`)
  return (
    <>
      <DateBoxes ask={ask} name={name} legend={legend} {...(hint && { hint })} form={ask.form} errors={errors} />
      <Input
        name={`${name}-time`}
        // Said in full to whoever hears the page; whoever sees it reads the question above.
        label={{
          text: (
            <>
              {words.time}
              <span class="govuk-visually-hidden">: {legend}</span>
            </>
          ),
        }}
        hint={words.timeHint}
        value={typed(ask.form, `${name}-time`)}
        errorMessage={errorFor(errors, `${name}-time`)}
        classes="govuk-input--width-5"
        autocomplete="off"
      />
      {(which || typed(ask.form, `${name}-which`)) && (
        <Radios
          name={`${name}-which`}
          fieldset={{ legend: { text: words.which, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, `${name}-which`)}
          errorMessage={which}
          items={(['first', 'second'] as const).map((value) => ({ value, text: words[value] }))}
        />
      )}
    </>
  )
}

/** A moment as people say it; in the hour that comes twice also which of the two. */
export const whenSaid = (ask: Ask, at: Date): string => {
  const { zone } = ask.place
  const [hours, minutes] = localTime(at, zone).split(':').map(Number) as [number, number]
  if (momentsOf(localDate(at, zone), hours * 60 + minutes, zone).length < 2) return moment(ask, at)
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return `${moment(ask, at)} ${parts.find(({ type }) => type === 'timeZoneName')!.value}`
}

/** '3 days 4 hours' of a number of hours. */
export const hoursSaid = (ask: Ask, hours: number): string => {
  const { day, days, hour, hours: many, none } = ask.w.missing.spans
  const said = (count: number, one: string, more: string) =>
    count === 0 ? '' : fill(count === 1 ? one : more, { count })
  return [said(Math.floor(hours / 24), day, days), said(hours % 24, hour, many)].filter(Boolean).join(' ') || none
}
