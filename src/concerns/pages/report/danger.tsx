import { z } from 'zod'
import { page, Radios, redirect, errorFor, typed, type Handler } from '../../../web/index.ts'
import { after } from './answers.ts'
import { choice } from './fields.ts'
import { enter, frameOf, legendAsHeading, step } from './step.tsx'

const answers = ['yes', 'no', 'not sure'] as const

/** Is somebody in danger now? The first thing that is saved. */
export const danger = step({
  name: 'danger',
  title: ({ said }) => said.danger.title,
  schema: ({ ask }) => z.strictObject({ danger: choice(ask, answers) }),
  shown: (kept): Record<string, string> =>
    kept.done.includes('danger') ? { danger: kept.danger_now ? 'yes' : 'no' } : {},
  keep: (_, value) => ({ danger_now: value.danger === 'yes' }),
  view: ({ at: { ask, said }, form, errors }) => (
    <Radios
      name="danger"
      fieldset={legendAsHeading(said.danger.title)}
      hint={said.danger.hint}
      errorMessage={errorFor(errors, 'danger')}
      value={typed(form, 'danger')}
      items={[
        { value: 'yes', text: ask.w.common.yes, hint: said.danger.yes },
        { value: 'no', text: ask.w.common.no },
        { value: 'not sure', text: ask.w.common.notSure },
      ]}
    />
  ),
})

/** Says that this form calls nobody, and lets them go on all the same. */
export const call999: Handler = async (ask) => {
  const at = await enter(ask)
  if (!at?.draft) return redirect('/report')
  const w = ask.w.report.call999
  return page({
    title: w.title,
    frame: frameOf(ask),
    script: 'report',
    body: (
      <div class="trellis-report">
        <h1 class="govuk-heading-xl trellis-999">{w.title}</h1>
        <p class="trellis-999__call">
          <a class="trellis-999__link" href="tel:999">
            {w.call}
          </a>
        </p>
        <p class="govuk-body-l">{w.notPolice}</p>
        <ul class="govuk-list govuk-list--bullet">
          {w.ways.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <a
          class="govuk-button govuk-button--secondary"
          role="button"
          draggable={false}
          href={ask.href(after(at.answers, 'danger'))}
        >
          {w.goOn}
        </a>
      </div>
    ),
  })
}
