import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { moment } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Radios,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { checkChange, checksOf, stills, type Due } from '../change.ts'
import { dayOf } from './days.ts'
import { reportPage, withReport, type At } from './frame.tsx'

/** One change of the system: whether it was still true after six months, and after twelve. */
export const changePage = withReport(async (ask, at) => view(ask, at, await changeCalled(ask, at)))

export const sendChange = withReport(async (ask, at) => {
  const checks = await changeCalled(ask, at)
  const { wrong } = ask.w.learningReport.form.still
  const read = readForm(
    z.strictObject({
      months: z.enum(['6', '12'], wrong.months),
      still: z.enum(stills, wrong.still),
      words: z.string(wrong.words).trim().min(1, wrong.words).max(4000, wrong.long),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, checks, read.errors)
  const months = read.value.months === '6' ? 6 : 12
  const due = checks.find((one) => one.months === months)!
  if (due.due_on > at.today)
    return view(ask, at, checks, [{ field: 'months', text: fill(wrong.early, { day: dayOf(ask, due.due_on) }) }])
  const said = { ...read.value, months, report: at.report.id, change: due.change } as const
  await checkChange(ask.tx, at.viewer, said, at.now)
  return redirect(`${at.base}/changes/${due.change}?done=checked`)
})

/** @throws {NotFound} */
const changeCalled = async (ask: Ask, at: At): Promise<Due[]> => {
  const all = await checksOf(ask.tx, at.viewer.partnership, { report: at.report.id })
  const own = all.filter(({ change }) => change === ask.params['change'])
  if (own.length === 0) throw new NotFound()
  return own
}

const view = (ask: Ask, at: At, checks: readonly Due[], errors: readonly FieldError[] = []) => {
  const words = ask.w.learningReport.form
  return reportPage({
    ask,
    at,
    title: words.still.one,
    errors,
    back: { href: at.base, text: words.backTo },
    children: (
      <>
        <p class="govuk-body-l trellis-words" dir="auto">
          {checks[0]!.what}
        </p>
        {checks.map(({ months, due_on, still, said, checked_at }) => (
          <section aria-labelledby={`after-${months}`}>
            <h2 class="govuk-heading-s" id={`after-${months}`}>
              {fill(words.still.after, { months, day: dayOf(ask, due_on) })}
            </h2>
            <p class="govuk-body trellis-words" dir="auto">
              {still ? `${words.still.answers[still]}. ${said}` : words.still.notYet}
            </p>
            {checked_at && <p class="trellis-quiet">{moment(ask, checked_at)}</p>}
          </section>
        ))}
        <Form ask={ask} once>
          <Radios
            name="months"
            fieldset={{ legend: { text: words.still.when, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'months')}
            errorMessage={errorFor(errors, 'months')}
            items={checks.map(({ months }) => ({ value: String(months), text: fill(words.still.months, { months }) }))}
          />
          <Radios
            name="still"
            fieldset={{ legend: { text: words.still.question, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'still')}
            errorMessage={errorFor(errors, 'still')}
            items={stills.map((value) => ({ value, text: words.still.answers[value] }))}
          />
          <Textarea
            name="words"
            label={{ text: words.still.say, classes: 'govuk-label--s' }}
            hint={words.still.sayHint}
            rows={4}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <Button preventDoubleClick>{words.still.button}</Button>
        </Form>
      </>
    ),
  })
}
