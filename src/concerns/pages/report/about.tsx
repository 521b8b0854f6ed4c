import { z } from 'zod'
import { errorFor, Radios, typed } from '../../../web/index.ts'
import { choice } from './fields.ts'
import { legendAsHeading, step } from './step.tsx'

const named = ['one', 'several'] as const
const unnamed = ['place', 'business', 'group', 'online'] as const

/** Whom or what it is about. No one need be named. */
export const about = step({
  name: 'about',
  title: ({ said }) => said.about.title,
  schema: ({ ask }) => z.strictObject({ about: choice(ask, [...named, ...unnamed, 'unknown']) }),
  shown: (kept): Record<string, string> => (kept.about ? { about: kept.about } : {}),
  keep: (kept, value) => ({
    about: value.about ?? 'unknown',
    // Nobody is left behind unseen by changing the answer.
    people: value.about === 'one' || value.about === 'several' ? kept.people : [],
  }),
  view: ({ at: { ask, said }, form, errors }) => {
    const { abouts } = ask.w.report
    const item = (value: (typeof named)[number] | (typeof unnamed)[number]) => ({
      value,
      text: abouts[value].text,
      hint: abouts[value].hint,
    })
    return (
      <Radios
        name="about"
        fieldset={legendAsHeading(said.about.title)}
        hint={said.about.hint}
        errorMessage={errorFor(errors, 'about')}
        value={typed(form, 'about')}
        items={[
          ...named.map(item),
          { divider: said.about.noOne },
          ...unnamed.map(item),
          { value: 'unknown', text: ask.w.common.notSure },
        ]}
      />
    )
  },
})
