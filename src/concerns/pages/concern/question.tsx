import { z } from 'zod'
import { errorFor, Textarea, typed } from '../../../web/index.ts'
import { askReporter } from '../../ask.ts'
import { act, written } from './act.tsx'

/** A question to whoever said it. */
export const question = act({
  path: 'question',
  done: 'asked',
  title: (words) => words.question.title,
  button: (words) => words.question.button,
  facts: async () => ({}),
  schema: (words) => z.strictObject({ question: written(words, words.errors.question) }),
  fields: ({ ask, errors }) => (
    <Textarea
      name="question"
      label={ask.w.duty.question.label}
      hint={ask.w.duty.question.hint}
      value={typed(ask.form, 'question')}
      errorMessage={errorFor(errors, 'question')}
    />
  ),
  act: async (ask, { id }, value) => {
    await askReporter(ask.tx, ask.house.keys, ask.viewer, id, value.question, ask.house.now())
    return undefined
  },
})
