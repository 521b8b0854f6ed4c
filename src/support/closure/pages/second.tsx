import { z } from 'zod'
import { hasRole, NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { enter, type Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  keptPage,
  Radios,
  readForm,
  redirect,
  SummaryList,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { answerClosure } from '../close.ts'
import { isWaiting, type Closure } from '../closure.ts'
import { closuresOf } from '../queries.ts'

/** So near the eighteenth birthday a second person says, with a reason, whether closing is right. */
export const secondPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await waiting(ask, at))
}

export const sendSecondAnswer: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const closure = await waiting(ask, at)
  const words = ask.w.plan.second
  const read = readForm(
    z.strictObject({
      answer: z.enum(['yes', 'no'], words.answerMissing),
      why: z.string(words.whyMissing).regex(/\S/, words.whyMissing).max(most_words, tooLong(ask)),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, closure, read.errors)
  await answerClosure(ask.tx, ask.house.keys, at.worker, at.subject, { closure, ...read.value }, at.now)
  return redirect(`/people/${at.subject.id}/plan?done=${read.value.answer === 'yes' ? 'closed' : 'refused'}`)
}

/** Whether somebody may be the second: works with the person, or manages; and did not ask. */
export const maySecond = (at: Through, closure: Pick<Closure, 'asked_by'>): boolean =>
  closure.asked_by !== at.worker.staff && (mayPlan(at) || hasRole(at.worker, 'manager'))

/** @throws {NotFound} */
const waiting = async (ask: Ask, at: Through): Promise<Closure> => {
  const [last] = await closuresOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  if (!last || !isWaiting(last) || !maySecond(at, last)) throw new NotFound()
  return last
}

const view = async (ask: Ask, at: Through, closure: Closure, errors: readonly FieldError[] = []) => {
  const { second: words, close } = ask.w.plan
  const names = await namesFor(ask.tx, [closure.asked_by, closure.keeper_id])
  const called = (id: string): string => names.get(id)?.name ?? ask.w.plan.somebody
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <>
        <WarningText>{close.near}</WarningText>
        <p class="govuk-body">{fill(words.asked, { name: called(closure.asked_by) })}</p>
        <SummaryList
          rows={[
            { key: close.keeper, value: called(closure.keeper_id) },
            { key: close.until, value: dayOf(ask, closure.until_on) },
            { key: close.stays, value: closure.stays },
            closure.view
              ? { key: ask.w.plan.reviews.view, value: closure.view }
              : { key: ask.w.plan.reviews.unheard, value: closure.unheard },
            { key: close.signs, value: closure.signs },
            { key: close.instead, value: closure.instead },
          ]}
        />
        <Form ask={ask} once>
          <Radios
            name="answer"
            fieldset={{ legend: { text: words.answer, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'answer')}
            errorMessage={errorFor(errors, 'answer')}
            items={(['yes', 'no'] as const).map((value) => ({ value, text: words.answers[value] }))}
          />
          <WordsBox ask={ask} name="why" label={words.why} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
