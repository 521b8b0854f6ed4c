import { z } from 'zod'
import { dateBoxes, DateBoxes, dateShown, needDate, readForm, redirect } from '../../../web/index.ts'
import { keptForm } from '../kept-form.ts'
import { specificationOf } from '../queries.ts'
import { writeSpecification } from '../specify.ts'
import { prose, ProseField } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'

/** Work on a project is planned a few years ahead at most. */
const latest = (today: string): string => `${Number(today.slice(0, 4)) + 5}-12-31`

/** How the project works, who delivers it, and from when until when. */
export const writeSpecificationPages = keptForm({
  fill: async (ask, { viewer, project }) => {
    const said = await specificationOf(ask.tx, viewer.partnership, project.id)
    if (!said) return {}
    const { methods, delivery_partners, starts_on, ends_on } = said
    return { methods, delivery_partners, ...dateShown('from', starts_on), ...dateShown('to', ends_on) }
  },
  send: async (ask, at) => {
    const words = ask.w.projects.specification.form
    const read = readForm(
      z
        .strictObject({
          methods: prose(ask, words.methodsMissing),
          delivery_partners: prose(ask, words.partnersMissing),
          ...dateBoxes(ask, 'from'),
          ...dateBoxes(ask, 'to'),
        })
        .transform((value, ctx) => {
          const { methods, delivery_partners } = value
          const day = (name: 'from' | 'to', missing: string) =>
            needDate(ask, value, name, { today: latest(at.today), missing, ctx })
          const starts_on = day('from', words.fromMissing)
          const ends_on = day('to', words.toMissing)
          if (starts_on && ends_on && ends_on < starts_on)
            ctx.addIssue({ code: 'custom', path: ['to-day'], message: words.before })
          return { methods, delivery_partners, starts_on, ends_on }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await writeSpecification(ask.tx, at.viewer, at.project.id, read.value, at.now)
    return redirect(`${at.base}/specification?done=specified`)
  },
  show: (ask, at, shown) => {
    const words = ask.w.projects.specification.form
    const field = { ask, errors: shown.errors }
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/specification',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <p class="govuk-body">{words.intro}</p>
          <ProseField {...field} name="methods" label={words.methods} hint={words.methodsHint} />
          <ProseField {...field} name="delivery_partners" label={words.partners} hint={words.partnersHint} />
          <DateBoxes {...field} name="from" legend={words.from} form={ask.form} />
          <DateBoxes {...field} name="to" legend={words.to} form={ask.form} />
        </KeptForm>
      ),
    })
  },
})
