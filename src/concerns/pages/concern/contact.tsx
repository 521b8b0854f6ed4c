import { z } from 'zod'
import { errorFor, Textarea, typed } from '../../../web/index.ts'
import { openContact } from '../../open-contact.ts'
import { act, written } from './act.tsx'

/** Opening who said it: sealed until somebody says why they need it. */
export const contact = act({
  path: 'contact',
  done: 'contact',
  title: (words) => words.contactForm.title,
  button: (words) => words.contactForm.button,
  facts: async () => ({}),
  schema: (words) => z.strictObject({ why: written(words, words.errors.why) }),
  fields: ({ ask, errors }) => (
    <>
      <p class="govuk-body">{ask.w.duty.contactForm.text}</p>
      <Textarea
        name="why"
        rows={3}
        label={ask.w.duty.contactForm.why}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
    </>
  ),
  act: async (ask, { id }, { why }) => {
    await openContact(ask.tx, ask.house.keys, ask.viewer, id, why, ask.house.now())
    return undefined
  },
})
