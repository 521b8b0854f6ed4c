import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  Form,
  InsetText,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { answerTask } from '../answer-task.ts'
import { taskFor } from '../gather.ts'
import { answerLabel, answersOf, isOpen, taskCalled, type Outcome, type Task } from '../transition.ts'
import { personPage, withWorker } from './frame.tsx'
import { dueIn } from './tasks.tsx'

/** One task around 18: what became of it, and the answer where it asks a question of the person. */
export const taskPage = withWorker(async (ask, at) => view(ask, at, await taskFor(ask, at, ask.params['task'])))

const choicesOf = (task: Task): readonly Outcome[] => (isOpen(task) ? ['done', 'not needed'] : ['open again'])

export const sendTask = withWorker(async (ask, at) => {
  const task = await taskFor(ask, at, ask.params['task'])
  const words = ask.w.eighteen.task
  const answers = answersOf(task.code)
  const schema = z
    .strictObject({
      outcome: z.string().default(''),
      answer: z.string().default(''),
      words: z.string().trim().max(most_words, tooLong(ask)).default(''),
      last: z.string().default(''),
    })
    .transform((value, ctx) => {
      const outcome = choicesOf(task).find((one) => one === value.outcome)
      const answer = answers.find(({ code }) => code === value.answer)?.code ?? null
      const asks = outcome === 'done' && answers.length > 0
      if (!outcome) ctx.addIssue({ code: 'custom', message: words.outcomeMissing, path: ['outcome'] })
      if (asks && answer === null) ctx.addIssue({ code: 'custom', message: words.answerMissing, path: ['answer'] })
      if (outcome && (asks || outcome !== 'done') && !value.words)
        ctx.addIssue({ code: 'custom', message: asks ? words.howMissing : words.whyMissing, path: ['words'] })
      return { outcome: outcome!, answer: asks ? answer : null, words: value.words, last: value.last || null }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, task, read.errors)
  const { last, ...said } = read.value
  const saying = { ...said, task: { ...task, said_id: last } }
  const kept = await answerTask(ask.tx, ask.house.keys, at.worker, at.subject, saying, at.now)
  if (kept === 'changed meanwhile') return view(ask, at, task, [{ field: 'outcome', text: words.meanwhile }])
  return redirect(`/people/${at.subject.id}/eighteen?done=task`)
})

const view = (ask: Ask, at: Through, task: Task, errors: readonly FieldError[] = []) => {
  const words = ask.w.eighteen.task
  const known = taskCalled(task.code)
  const answers = answersOf(task.code)
  const open = isOpen(task)
  return Promise.resolve(
    personPage({
      ask,
      at,
      title: known?.label ?? task.code,
      back: { href: '/eighteen', text: ask.w.eighteen.title },
      errors,
      children: (
        <>
          <p class="govuk-body-l">{known?.hint}</p>
          <p class="govuk-body">{dueIn(ask, task, at.today)}</p>
          {task.outcome && (
            <InsetText>
              <p class="govuk-body govuk-!-font-weight-bold">{words.outcomes[task.outcome]}</p>
              {task.answer && <p class="govuk-body">{answerLabel(task.answer)}</p>}
              <p class="govuk-body trellis-words" dir="auto">
                {task.words}
              </p>
            </InsetText>
          )}
          <Form ask={ask} once>
            <input type="hidden" name="last" value={task.said_id ?? ''} />
            <Radios
              name="outcome"
              fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--s' } }}
              value={typed(ask.form, 'outcome')}
              errorMessage={errorFor(errors, 'outcome')}
              items={choicesOf(task).map((value) => ({ value, text: words.outcomes[value] }))}
            />
            {open && answers.length > 0 && (
              <Radios
                name="answer"
                fieldset={{ legend: { text: words.answer, classes: 'govuk-fieldset__legend--s' } }}
                hint={words.answerHint}
                value={typed(ask.form, 'answer')}
                errorMessage={errorFor(errors, 'answer')}
                items={answers.map(({ code, label }) => ({ value: code, text: label }))}
              />
            )}
            <WordsBox ask={ask} name="words" label={words.words} hint={words.wordsHint} errors={errors} />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        </>
      ),
    }),
  )
}
