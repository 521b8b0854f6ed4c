import { z } from 'zod'
import { guidanceFor } from '../../../guidance/index.ts'
import { errorFor, Radios, typed, type Ask } from '../../../web/index.ts'
import type { Answers } from './answers.ts'
import { choice } from './fields.ts'
import { legendAsHeading, step } from './step.tsx'

/** Which list of signs fits. For the person themself: how old they are, because there is a list for each. */
export const setting = step({
  name: 'setting',
  title: ({ said }) => said.setting.title,
  schema: async ({ ask, answers }) =>
    z.strictObject({
      setting: choice(
        ask,
        (await offered(ask, answers)).map(({ code }) => code),
      ),
    }),
  shown: (kept): Record<string, string> => ({ setting: kept.setting ?? '' }),
  keep: (kept, value) => ({ setting: value.setting ?? null, signs: value.setting === kept.setting ? kept.signs : [] }),
  view: async ({ at: { ask, answers, said }, form, errors }) => (
    <Radios
      name="setting"
      fieldset={legendAsHeading(said.setting.title)}
      hint={said.setting.hint}
      errorMessage={errorFor(errors, 'setting')}
      value={typed(form, 'setting')}
      items={[
        ...(await offered(ask, answers)).map(({ code, name }) => ({ value: code, text: settingName(ask, code, name) })),
        { divider: said.setting.or },
        { value: '', text: said.setting.none, checked: answers.done.includes('setting') && !answers.setting },
      ]}
    />
  ),
})

const offered = async (ask: Ask, { channel }: Pick<Answers, 'channel'>) =>
  (await guidanceFor(ask)).settings.filter(
    ({ place }) => (place === 'self') === (channel === 'self') && place !== 'general',
  )

/** Guidance is written in English; the names of its settings are also in the catalogue of the other languages. */
export const settingName = ({ lang, w }: Pick<Ask, 'lang' | 'w'>, code: string, name: string): string =>
  lang.code === 'en' ? name : ((w.report.settings as Record<string, string>)[code] ?? name)
