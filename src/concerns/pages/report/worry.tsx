import { z } from 'zod'
import { errorFor, Textarea, typed } from '../../../web/index.ts'
import { words } from './fields.ts'
import { asHeading, step } from './step.tsx'

/** What worries them, in their own words: the one thing that must be said. */
export const worry = step({
  name: 'worry',
  title: ({ said }) => said.worry.title,
  schema: ({ ask }) =>
    z.strictObject({ worry: words(ask).refine((text) => /\S/.test(text), ask.w.report.wrong.worry) }),
  shown: ({ worry = '' }) => ({ worry }),
  keep: (_, { worry }) => ({ worry }),
  view: ({ at: { said }, form, errors }) => (
    <Textarea
      name="worry"
      label={asHeading(said.worry.title)}
      hint={said.worry.hint}
      errorMessage={errorFor(errors, 'worry')}
      value={typed(form, 'worry')}
      rows={8}
      attributes={{ dir: 'auto' }}
    />
  ),
})
