import { z } from 'zod'
import { errorFor, Radios, Textarea, typed } from '../../../web/index.ts'
import { priorities } from '../../concern.ts'
import { priorityMeanings } from '../../decision.ts'
import { prioritise } from '../../prioritise.ts'
import { PriorityTag } from '../said.tsx'
import { act, written } from './act.tsx'

/** How soon somebody must look, and why. */
export const priority = act({
  path: 'priority',
  done: 'priority',
  title: (words) => words.priorityForm.title,
  button: (words) => words.priorityForm.button,
  facts: async () => ({}),
  schema: (words) =>
    z.strictObject({ level: z.enum(priorities, words.errors.level), why: written(words, words.errors.why) }),
  fields: ({ ask, errors }) => (
    <>
      <Radios
        name="level"
        fieldset={{ legend: { text: ask.w.duty.priorityForm.level, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'level')}
        errorMessage={errorFor(errors, 'level')}
        items={priorities.map((level) => ({
          value: level,
          text: <PriorityTag ask={ask} level={level} />,
          hint: priorityMeanings.get(level),
        }))}
      />
      <Textarea
        name="why"
        rows={3}
        label={ask.w.duty.priorityForm.why}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
    </>
  ),
  act: async (ask, { id }, value) => {
    const outcome = await prioritise(ask.tx, ask.house.keys, ask.viewer, id, { ...value, at: ask.house.now() })
    return outcome === 'set' ? undefined : ask.w.duty.priorityForm.changed
  },
})
