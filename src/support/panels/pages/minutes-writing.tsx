import type { namesFor } from '../../../staff/index.ts'
import { InsetText, type Ask, type FieldError } from '../../../web/index.ts'
import { boxesFilled, hintsIn, standingByField, textOf, Two, Writes, type Written } from '../../writing/index.ts'
import { minuteQuestions } from '../minutes.ts'

type Names = Awaited<ReturnType<typeof namesFor>>
export const questionOf = (ask: Ask, name: string) =>
  (ask.w.panels.minutes.questions as Record<string, { label: string; hint: string }>)[name]!

/** The boxes of the minutes; where two texts stand, both, and the way to make them one. */
export const Writing = (props: {
  ask: Ask
  base: string
  written: readonly Written[]
  names: Names
  errors: readonly FieldError[]
}) => {
  const { ask, base, written, names, errors } = props
  const words = ask.w.panels.minutes
  const standing = standingByField(written)
  const textsOf = (name: string): Written[] => standing.get(name) ?? []
  // What was just typed is on the page again, whatever stands by now.
  const isSingle = (name: string): boolean => textsOf(name).length < 2 || ask.form[`v-${name}`] !== undefined
  const single = minuteQuestions.filter(({ name }) => isSingle(name))
  const shown = single.map((one) => boxesFilled(one, textOf(textsOf(one.name))))
  return (
    <>
      <p class="govuk-body">{words.live}</p>
      {minuteQuestions
        .filter(({ name }) => !isSingle(name))
        .map((one) => (
          <Two
            ask={ask}
            question={one}
            said={questionOf(ask, one.name)}
            texts={textsOf(one.name)}
            names={names}
            href={`${base}/minutes/${one.name}`}
          />
        ))}
      <Writes
        ask={{ ...ask, form: { ...Object.assign({}, ...shown), ...ask.form } }}
        asked={single.map((question) => {
          const texts = textsOf(question.name)
          const read = texts.map(({ version }) => version)
          return { question, said: questionOf(ask, question.name), read, hints: hintsIn(textOf(texts)) }
        })}
        errors={errors}
      />
    </>
  )
}

/** What was written, for whoever does not keep it or when the meeting has ended. */
export const Standing = ({ ask, written, ended }: { ask: Ask; written: readonly Written[]; ended: boolean }) => {
  const words = ask.w.panels.minutes
  const standing = standingByField(written)
  const said = minuteQuestions.filter(({ name }) => textOf(standing.get(name)).trim())
  return (
    <>
      {ended && <InsetText>{words.ended}</InsetText>}
      {said.length === 0 && <p class="govuk-body">{words.none}</p>}
      {said.map(({ name }) => (
        <>
          <h2 class="govuk-heading-s">{questionOf(ask, name).label}</h2>
          <p class="govuk-body trellis-words" dir="auto">
            {textOf(standing.get(name))}
          </p>
        </>
      ))}
    </>
  )
}
