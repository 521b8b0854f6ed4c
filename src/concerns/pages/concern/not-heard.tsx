import { z } from 'zod'
import { errorFor, InsetText, Textarea, typed } from '../../../web/index.ts'
import { answerEscalation } from '../../answer-escalation.ts'
import { frontDoor } from '../../front-door.ts'
import { unheardWords } from '../../opened.ts'
import { Written } from '../said.tsx'
import { act, written } from './act.tsx'

/** Answering somebody who says they were not heard. */
export const notHeardAnswer = act({
  path: 'not-heard',
  done: 'answered',
  title: (words) => words.notHeardForm.title,
  button: (words) => words.notHeardForm.button,
  facts: (ask, { id }) => unheardWords(ask.tx, ask.house.keys, frontDoor(ask.viewer), id),
  nothing: (words, open) => (open === undefined ? words.notHeardForm.already : undefined),
  schema: (words) => z.strictObject({ answer: written(words, words.errors.answer) }),
  fields: ({ ask, facts, errors }) => (
    <>
      <h2 class="govuk-heading-s">{ask.w.duty.notHeardForm.said}</h2>
      <InsetText>
        <Written>{facts ?? ''}</Written>
      </InsetText>
      <Textarea
        name="answer"
        label={ask.w.duty.notHeardForm.label}
        hint={ask.w.duty.notHeardForm.hint}
        value={typed(ask.form, 'answer')}
        errorMessage={errorFor(errors, 'answer')}
      />
    </>
  ),
  act: async (ask, { id }, { answer }) => {
    const outcome = await answerEscalation(ask.tx, ask.house.keys, ask.viewer, id, answer, ask.house.now())
    const { already, notYours } = ask.w.duty.notHeardForm
    return outcome === 'answered' ? undefined : outcome === 'not yours' ? notYours : already
  },
})
