import { z } from 'zod'
import { dateBoxes, DateBoxes, dateShown, needDate, readForm, redirect } from '../../../web/index.ts'
import { recordAgreement } from '../apply.ts'
import { keptForm } from '../kept-form.ts'
import { agencyChoices, ChoiceField, line, LineField, oneOf } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'

/** That one partner agrees: which agency, who said so, in what role, and when. */
export const agreementPages = keptForm({
  fill: (_, { today }) => dateShown('on', today),
  send: async (ask, at) => {
    const words = ask.w.projects.apply.agreement
    const agencies = (await agencyChoices(ask, at)).map(({ value }) => value)
    const read = readForm(
      z
        .strictObject({
          agency: oneOf(agencies, words.agencyMissing),
          name: line(ask, words.nameMissing),
          role: line(ask, words.roleMissing),
          ...dateBoxes(ask, 'on'),
        })
        .transform((value, ctx) => {
          const { agency, name, role } = value
          const agreed_on = needDate(ask, value, 'on', { today: at.today, missing: words.dayMissing, ctx })
          return { agency, name, role, agreed_on }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    const outcome = await recordAgreement(ask.tx, at.viewer, at.project.id, read.value, at.now)
    if (outcome === 'agreed before') return [{ field: 'agency', text: words.before }]
    return redirect(`${at.base}/apply?done=agreed`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.apply.agreement
    const field = { ask, errors: shown.errors }
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/apply',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <ChoiceField {...field} name="agency" label={words.agency} items={await agencyChoices(ask, at)} />
          <LineField {...field} name="name" label={words.name} />
          <LineField {...field} name="role" label={words.role} />
          <DateBoxes {...field} name="on" legend={words.on} form={ask.form} />
        </KeptForm>
      ),
    })
  },
})
