import { z } from 'zod'
import { areasNamed } from '../../../partnership/index.ts'
import { Checkboxes, errorFor, readForm, redirect, ticked, type Ask } from '../../../web/index.ts'
import { writeApplication } from '../apply.ts'
import { keptForm } from '../kept-form.ts'
import { applicationOf } from '../queries.ts'
import { agencyChoices, ChoiceField, line, LineField, oneOf, prose, ProseField } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'

/** Why the partnership asks for help, in the name of a senior colleague. */
export const writeApplicationPages = keptForm({
  fill: async (ask, { viewer, project }): Promise<Ask['form']> => {
    const said = await applicationOf(ask.tx, viewer.partnership, project.id)
    if (!said) return {}
    const { applicant_name, applicant_role, agency_id, reasons, hoped_for, region, areas } = said
    return { applicant_name, applicant_role, agency: agency_id, reasons, hoped_for, region, areas }
  },
  send: async (ask, at) => {
    const words = ask.w.projects.apply.form
    const agencies = await agencyChoices(ask, at)
    const areas = (await areasNamed(ask.tx, at.viewer.partnership)).map(({ id }) => id)
    const read = readForm(
      z.strictObject({
        applicant_name: line(ask, words.nameMissing),
        applicant_role: line(ask, words.roleMissing),
        agency: oneOf(
          agencies.map(({ value }) => value),
          words.agencyMissing,
        ),
        reasons: prose(ask, words.reasonsMissing),
        hoped_for: prose(ask, words.hopedMissing),
        region: line(ask, words.regionMissing),
        areas: z
          .union([z.string().transform((one) => [one]), z.array(z.string())], words.areasMissing)
          .transform((some) => some.filter((id) => areas.includes(id)))
          .refine((some) => some.length > 0, words.areasMissing),
      }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await writeApplication(ask.tx, at.viewer, at.project.id, read.value, at.now)
    return redirect(`${at.base}/apply?done=written`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.apply.form
    const { errors } = shown
    const field = { ask, errors }
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/apply',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <p class="govuk-body">{words.intro}</p>
          <LineField {...field} name="applicant_name" label={words.name} hint={words.nameHint} />
          <LineField {...field} name="applicant_role" label={words.role} />
          <ChoiceField {...field} name="agency" label={words.agency} items={await agencyChoices(ask, at)} />
          <ProseField {...field} name="reasons" label={words.reasons} hint={words.reasonsHint} rows={8} />
          <ProseField {...field} name="hoped_for" label={words.hoped} hint={words.hopedHint} />
          <LineField {...field} name="region" label={words.region} hint={words.regionHint} />
          <Checkboxes
            name="areas"
            fieldset={{ legend: { text: words.areas, classes: 'govuk-fieldset__legend--s' } }}
            values={ticked(ask.form, 'areas')}
            errorMessage={errorFor(errors, 'areas')}
            items={(await areasNamed(ask.tx, at.viewer.partnership)).map(({ id, name }) => ({ value: id, text: name }))}
          />
        </KeptForm>
      ),
    })
  },
})
