import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { day, type Through } from '../../../subjects/index.ts'
import { Button, fill, Form, Link, readForm, redirect, type Ask, type FieldError } from '../../../web/index.ts'
import { answerDisagreement } from '../disagree.ts'
import { against, disagreementsOf, type Disagreement } from '../disagreements.ts'
import { actionsOf, goalsOf } from '../queries.ts'
import { formPage, most_words, tooLong, withPlan, WordsBox } from './frame.tsx'
import type { Shown } from './parts.tsx'

/** What the person said against this line from their own page, and what they were answered. */
export const Against = ({ shown, line }: { shown: Shown; line: string }) => {
  const { ask, whole, may, base } = shown
  const words = ask.w.plan.disagreed
  return (
    <>
      {against(whole.disagreements, line).map((one) => (
        <div class="trellis-story__beside">
          <p class="govuk-body govuk-!-font-weight-bold">{fill(words.said, { day: day(ask, one.said_at) })}</p>
          <Quoted>{one.words}</Quoted>
          {one.answered_at && (
            <>
              <p class="govuk-body">{fill(words.answered, { day: day(ask, one.answered_at) })}</p>
              <Quoted>{one.answer}</Quoted>
            </>
          )}
          {may && !one.answered_at && (
            <p class="govuk-body">
              <Link href={ask.href(`${base}/disagreed/${one.id}`)}>{words.answer}</Link>
            </p>
          )}
        </div>
      ))}
    </>
  )
}

const Quoted = ({ children }: { children: string }) => (
  <blockquote class="govuk-inset-text trellis-words" dir="auto">
    {children}
  </blockquote>
)

/** Answering them: they read it on their own page. */
export const disagreedPage = withPlan(async (ask, at) => view(ask, at, await find(ask, at)))

export const sendDisagreed = withPlan(async (ask, at) => {
  const there = await find(ask, at)
  const { missing, before } = ask.w.plan.disagreed.page
  const read = readForm(
    z.strictObject({ words: z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask)) }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, there, read.errors)
  const answer = { subject: at.subject.id, disagreement: there.one, words: read.value.words }
  const kept = await answerDisagreement(ask.tx, ask.house.keys, at.worker, answer, at.now)
  if (!kept) return view(ask, at, there, [{ field: 'words', text: before }])
  return redirect(`/people/${at.subject.id}/plan?done=disagreed`)
})

type There = { one: Disagreement; line: string }
/** @throws {NotFound} */
const find = async (ask: Ask, at: Through): Promise<There> => {
  const of = [ask.tx, ask.house.keys, at.worker.partnership, at.subject.id] as const
  const one = (await disagreementsOf(...of)).find(({ id }) => id === ask.params['disagreement'])
  if (!one) throw new NotFound()
  const lines = one.goal_id ? await goalsOf(...of) : await actionsOf(...of, one.action_id!)
  return { one, line: lines.find(({ id }) => id === (one.goal_id ?? one.action_id))?.words ?? '' }
}

const view = (ask: Ask, at: Through, { one, line }: There, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.disagreed
  return formPage({
    ask,
    at,
    title: words.page.title,
    errors,
    children: (
      <>
        <p class="govuk-body-l trellis-words" dir="auto">
          {line}
        </p>
        <p class="govuk-body">{fill(words.said, { day: day(ask, one.said_at) })}</p>
        <Quoted>{one.words}</Quoted>
        {one.answered_at ? (
          <>
            <p class="govuk-body">{fill(words.answered, { day: day(ask, one.answered_at) })}</p>
            <Quoted>{one.answer}</Quoted>
          </>
        ) : (
          <Form ask={ask} once>
            <WordsBox ask={ask} name="words" label={words.page.words} hint={words.page.hint} errors={errors} />
            <Button preventDoubleClick>{words.page.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
