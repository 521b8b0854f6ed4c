import { z } from 'zod'
import { asksNothing, endWithout, noPerson, type HandoverCheck } from '../../../sharing/index.ts'
import {
  dateBoxes,
  DateBoxes,
  errorFor,
  needDate,
  Radios,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { isContext } from '../../contexts/context.ts'
import type { SubjectFacts } from '../../queries.ts'
import { mayWords } from '../voice/frame.tsx'

/** What every form asks by which somebody's part ends. */
export const handoverBoxes = (ask: Ask) => ({
  met: z.enum(['yes', ...endWithout], ask.w.matters.handover.metMissing).optional(),
  ...dateBoxes(ask, 'met_on'),
  heard: z.enum(['yes', 'no']).optional(),
  view: mayWords(ask),
  unheard: mayWords(ask),
  stays: mayWords(ask),
})
type Typed = z.output<z.ZodObject<ReturnType<typeof handoverBoxes>>>

/**
 * What was said of it: a meeting and all the rest, or the one reason for which there is nothing to hand over. Of a place
 * nothing is asked.
 */
export const handoverIn = (
  ask: Ask,
  typed: Typed,
  { today, subject }: { today: string; subject: Pick<SubjectFacts, 'kind' | 'adult_from'> },
  ctx: z.RefinementCtx,
): HandoverCheck => {
  if (isContext(subject)) return noPerson
  const words = ask.w.matters.handover
  const without = typed.met === undefined || typed.met === 'yes' ? null : typed.met
  const missing = (path: string, message: string) => ctx.addIssue({ code: 'custom', message, path: [path] })
  if (!typed.met) missing('met', words.metMissing)
  const met_on =
    typed.met !== 'yes' ? null : needDate(ask, typed, 'met_on', { today, missing: words.metOnMissing, ctx })
  const nothing = { met_on, without, view: '', unheard: '', stays: '', adult_from: subject.adult_from }
  if (asksNothing(without)) return nothing
  const { heard, view, unheard, stays } = typed
  if (!heard) missing('heard', words.heardMissing)
  if (heard === 'yes' && !/\S/.test(view)) missing('view', words.viewMissing)
  if (heard === 'no' && !/\S/.test(unheard)) missing('unheard', words.unheardMissing)
  if (!/\S/.test(stays)) missing('stays', words.staysMissing)
  return { ...nothing, view: heard === 'yes' ? view : '', unheard: heard === 'no' ? unheard : '', stays }
}

/** The handover: without it nobody's part ends. */
export const HandoverFields = (props: { ask: Ask; errors: readonly FieldError[]; several?: boolean }) => {
  const { ask, errors, several = false } = props
  const words = ask.w.matters.handover
  const box = (name: 'view' | 'unheard' | 'stays', label: string) => (
    <Textarea
      name={name}
      label={name === 'stays' ? { text: label, classes: 'govuk-label--s' } : label}
      rows={3}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
    />
  )
  return (
    <>
      <h2 class="govuk-heading-m">{words.legend}</h2>
      <p class="govuk-body">
        {words.intro} {several && words.several}
      </p>
      <Radios
        name="met"
        fieldset={{ legend: { text: words.met, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'met')}
        errorMessage={errorFor(errors, 'met')}
        items={[
          {
            value: 'yes',
            text: words.yes,
            conditional: <DateBoxes ask={ask} name="met_on" legend={words.metOn} form={ask.form} errors={errors} />,
          },
          ...endWithout.map((value) => ({ value, text: words.without[value] })),
        ]}
      />
      <Radios
        name="heard"
        fieldset={{ legend: { text: words.heard, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'heard')}
        errorMessage={errorFor(errors, 'heard')}
        items={[
          { value: 'yes', text: words.heardYes, conditional: box('view', words.view) },
          { value: 'no', text: words.heardNo, conditional: box('unheard', words.unheard) },
        ]}
      />
      {box('stays', words.stays)}
    </>
  )
}
