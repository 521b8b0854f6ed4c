import { z } from 'zod'
import { guidanceFor, signsOf } from '../../../guidance/index.ts'
import { Checkboxes, errorFor, ticked, type Ask } from '../../../web/index.ts'
import { choices } from './fields.ts'
import { legendAsHeading, step } from './step.tsx'

/** What they noticed, from the list of the setting. Facts to talk about: nothing is counted. */
export const signs = step({
  name: 'signs',
  title: ({ said }) => said.signs.title,
  schema: async ({ ask, answers }) =>
    z.strictObject({
      signs: choices(
        ask,
        (await listed(ask, answers.setting)).map(({ code }) => code),
      ),
    }),
  shown: ({ signs = [] }) => ({ signs }),
  keep: (_, { signs }) => ({ signs }),
  view: async ({ at: { ask, answers, said }, form, errors }) => (
    <Checkboxes
      name="signs"
      fieldset={legendAsHeading(said.signs.title)}
      hint={ask.lang.code === 'en' ? said.signs.hint : `${said.signs.hint} ${ask.w.report.inEnglish}`}
      errorMessage={errorFor(errors, 'signs')}
      values={ticked(form, 'signs')}
      items={(await listed(ask, answers.setting)).map(({ code, text }) => ({
        value: code,
        text: <EnglishWords ask={ask}>{text}</EnglishWords>,
      }))}
    />
  ),
})

const listed = async (ask: Ask, setting: string | null | undefined) =>
  setting ? signsOf(await guidanceFor(ask), setting) : []

/** The partnership's own words, which are in English whatever the language of the page. */
export const EnglishWords = ({ ask, children }: { ask: Ask; children: string }) =>
  ask.lang.code === 'en' ? (
    <>{children}</>
  ) : (
    <span lang="en" dir="ltr">
      {children}
    </span>
  )
