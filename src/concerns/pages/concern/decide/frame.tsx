import { errorFor, fill, Radios, type Ask } from '../../../../web/index.ts'
import { frames } from '../../../concern.ts'
import { dayInWords, named } from '../../said.tsx'
import { one } from './answers.ts'
import type { Facts, StepProps } from './facts.ts'

/** Whose law it is decided by, with what the ages say. */
export const FrameStep = ({ ask, facts, errors }: StepProps) => {
  const words = ask.w.duty.decide
  const { derived, then, answers } = facts
  const split = then !== derived && derived !== 'not known' && then !== 'not known'
  const framed = ask.w.duty.frames
  return (
    <>
      {derived === 'not known' && <p class="govuk-body">{words.frameWhy}</p>}
      {split && (
        <p class="govuk-body">
          {fill(words.frameSplit, { today: framed[derived].toLowerCase(), then: framed[then].toLowerCase() })}
        </p>
      )}
      <Derived ask={ask} facts={facts} />
      <Radios
        name="frame"
        fieldset={{ legend: { text: words.frameTitle, classes: 'govuk-visually-hidden' } }}
        value={one(answers, 'frame') || (derived === 'not known' ? '' : derived)}
        errorMessage={errorFor(errors, 'frame')}
        items={frames.map((frame) => ({ value: frame, text: words.frames[frame] }))}
      />
    </>
  )
}

/** How the frame follows from what was said, person by person. */
export const Derived = ({ ask, facts }: { ask: Ask; facts: Facts }) => {
  const words = ask.w.duty.decide
  const worried = facts.people.filter(({ part }) => part === 'worried about')
  return (
    <ul class="govuk-list govuk-list--bullet">
      {worried.length === 0 && (
        <li>{fill(words.frameNobody, { about: named(ask.w.duty.abouts, facts.concern.about).toLowerCase() })}</li>
      )}
      {worried.map(({ called, age, group }) => (
        <li>
          {age === undefined
            ? fill(words.frameSaid, { who: called, group: ask.w.duty.concern.ageGroups[group] })
            : fill(words.frameBorn, { who: called, age, date: dayInWords(facts.today) })}
        </li>
      ))}
    </ul>
  )
}
