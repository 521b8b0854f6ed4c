import { fill, Select, typed, type Ask } from '../../../web/index.ts'
import { places } from '../place.ts'
import type { Reading } from '../read.ts'
import { whereOf } from '../said.ts'

/** Each paragraph that stood under no label, to be put somewhere or left out; and one answer for those that nobody placed. */
export const Leftover = ({ ask, reading }: { ask: Ask; reading: Reading }) => {
  const w = ask.w.learningReading
  const words = w.confirm
  const { left, pages } = reading
  if (left.length === 0) return null
  const boxes = places.map((place) => ({ value: place, text: w.fields[place] }))
  return (
    <>
      <h2 class="govuk-heading-m">{words.left}</h2>
      <p class="govuk-body">{words.leftLead}</p>
      {left.length > 1 && (
        <Select
          name="rest"
          label={{ text: words.rest, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'rest')}
          items={[{ value: '', text: words.out }, ...boxes]}
        />
      )}
      {left.map(({ words: said, ...at }, index) => (
        <div class="govuk-!-margin-bottom-6">
          <p class="govuk-body govuk-!-margin-bottom-1">{said}</p>
          <Select
            name={`place-${index}`}
            label={fill(words.goes, { where: whereOf(w, pages, at) })}
            value={typed(ask.form, `place-${index}`)}
            items={[{ value: '', text: left.length > 1 ? words.asRest : words.out }, ...boxes]}
          />
        </div>
      ))}
    </>
  )
}
