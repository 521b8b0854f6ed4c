import { z } from 'zod'
import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { answerPattern, patternOf, patternOutcomes } from '../../patterns/pattern.ts'
import { soon, Written } from '../said.tsx'
import { factsIn, PatternConcerns, sentenceOf } from './parts.tsx'

/** One pattern: what was found, by which rule, what it rests on, and what was made of it. */
export const pattern: Handler = (ask) => view(ask)

export const patternAnswered: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const words = ask.w.patterns.answer
  const read = readForm(
    z.strictObject({
      outcome: z.enum(patternOutcomes, words.missing),
      words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(2000, words.long),
    }),
    ask.form,
  )
  // Whoever may not see it is told so before anything about what they typed.
  await patternOf(ask.tx, ask.house.keys, worker, ask.params['pattern'])
  if (!read.ok) return view(ask, read.errors)
  const said = await answerPattern(ask.tx, ask.house.keys, worker, ask.params['pattern'], {
    ...read.value,
    at: ask.house.now(),
  })
  return said === 'answered' ? redirect('/patterns?done=answer') : view(ask, [{ field: 'words', text: words.before }])
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const worker = frontDoor(ask.viewer)
  const found = await patternOf(ask.tx, ask.house.keys, worker, ask.params['pattern'])
  const agencies = await agencyNames(
    ask.tx,
    found.concerns.map(({ agency_id }) => agency_id),
  )
  const people = await namesFor(ask.tx, found.answer ? [found.answer.answered_by] : [])
  const words = ask.w.patterns
  return page({
    title: words.names[found.code as keyof typeof words.names],
    frame: 'staff',
    status: errors.length ? (found.answer ? 409 : 422) : 200,
    about: { kind: 'pattern', id: found.id },
    body: (
      <>
        <BackLink href={ask.href('/patterns')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={words.names[found.code as keyof typeof words.names]}>
          <bdi>{factsIn(ask, found)}</bdi>
        </Title>
        <p class="govuk-body">{sentenceOf(ask, found)}</p>
        <p class="govuk-hint">{fill(words.found, { when: soon(ask, found.found_at) })}</p>
        <h2 class="govuk-heading-m">{words.concerns}</h2>
        <PatternConcerns ask={ask} pattern={found} agencies={agencies} />
        <p class="govuk-body trellis-screen-only">
          <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/network/${found.detail}`)}>
            {words.network}
          </a>
        </p>
        <h2 class="govuk-heading-m">{words.answer.title}</h2>
        {found.answer ? (
          <Answered ask={ask} answer={found.answer} who={people.get(found.answer.answered_by)?.name} />
        ) : (
          <Question ask={ask} errors={errors} />
        )}
        {found.answer && errors.length > 0 && (
          <div id="words">
            <h3 class="govuk-heading-s">{words.answer.yours}</h3>
            <Written>{typed(ask.form, 'words')}</Written>
          </div>
        )}
      </>
    ),
  })
}

type Answer = NonNullable<Awaited<ReturnType<typeof patternOf>>['answer']>

const Answered = ({ ask, answer, who }: { ask: Ask; answer: Answer; who: string | undefined }) => {
  const words = ask.w.patterns.answer
  return (
    <>
      <p class="govuk-body">
        {fill(words.by, {
          outcome: words.outcomes[answer.outcome as keyof typeof words.outcomes],
          who: who ?? ask.w.duty.someone,
          when: soon(ask, answer.answered_at),
        })}
      </p>
      <Written>{answer.words}</Written>
    </>
  )
}

const Question = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.patterns.answer
  return (
    <Form ask={ask}>
      <Radios
        name="outcome"
        fieldset={{ legend: { text: words.title, classes: 'govuk-visually-hidden' } }}
        value={typed(ask.form, 'outcome')}
        errorMessage={errorFor(errors, 'outcome')}
        items={patternOutcomes.map((value) => ({
          value,
          text: words.outcomes[value],
          hint: { text: words.hints[value] },
        }))}
      />
      <Textarea
        name="words"
        label={words.words}
        value={typed(ask.form, 'words')}
        errorMessage={errorFor(errors, 'words')}
        rows={4}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
