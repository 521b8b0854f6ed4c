import { errorFor, Radios, typed, type Ask, type FieldError } from '../../../web/index.ts'
import { levels } from '../codes.ts'

/** Where somebody stands, as they say themself. */
export const LevelField = ({ ask, errors, hint }: { ask: Ask; errors: readonly FieldError[]; hint?: string }) => (
  <Radios
    name="level"
    fieldset={{ legend: { text: ask.w.frontLine.say.level, classes: 'govuk-fieldset__legend--s' } }}
    hint={hint}
    value={typed(ask.form, 'level')}
    errorMessage={errorFor(errors, 'level')}
    items={levels.map(({ code, label }) => ({ value: code, text: label }))}
  />
)
