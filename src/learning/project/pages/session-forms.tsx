import { z } from 'zod'
import { areasNamed } from '../../../partnership/index.ts'
import { errorFor, Input, Radios, readForm, redirect, Select, typed, type Ask } from '../../../web/index.ts'
import { themes } from '../../codes.ts'
import type { At } from '../at-project.ts'
import { keepGroup, sayLine } from '../deliver.ts'
import { keptForm, type FormShown } from '../kept-form.ts'
import { levels, lineKinds, resourceKinds } from '../project.ts'
import { sessionFor } from '../session-queries.ts'
import { agencyChoices, ChoiceField, prose, ProseField } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'

const sessionHere = (ask: Ask, at: At) =>
  sessionFor(ask.tx, at.viewer.partnership, at.project.id, ask.params['session'])

/** Who was invited and who came, by agency, level and area: numbers, and no names. */
export const groupPages = keptForm({
  send: async (ask, at) => {
    const words = ask.w.projects.session.group
    const { id } = await sessionHere(ask, at)
    const agencies = (await agencyChoices(ask, at)).map(({ value }) => value)
    const areas = (await areasNamed(ask.tx, at.viewer.partnership)).map((one) => one.id)
    const count = z
      .string(words.countWrong)
      .trim()
      .regex(/^\d{1,4}$/, words.countWrong)
      .transform(Number)
    const read = readForm(
      z
        .strictObject({
          agency: z.string().default(''),
          level: z.enum(levels, words.levelMissing),
          area: z.string().default(''),
          invited: count,
          came: z.union([z.literal('').transform(() => null), count], words.countWrong).default(null),
        })
        .transform((value, ctx) => {
          const agency = agencies.find((one) => one === value.agency) ?? null
          if (!agency && value.level !== 'lived experience')
            ctx.addIssue({ code: 'custom', path: ['agency'], message: words.agencyMissing })
          return { ...value, agency, area: areas.find((one) => one === value.area) ?? null }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await keepGroup(ask.tx, at.viewer, { project: at.project.id, session: id }, read.value, at.now)
    return redirect(`${at.base}/sessions/${id}?done=group`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.session.group
    const { id } = await sessionHere(ask, at)
    const field = { ask, errors: shown.errors }
    const areas = (await areasNamed(ask.tx, at.viewer.partnership)).map((one) => ({ value: one.id, text: one.name }))
    const count = (name: 'invited' | 'came') => (
      <Input
        name={name}
        label={{ text: words[name], classes: 'govuk-label--s' }}
        hint={name === 'came' ? words.cameHint : undefined}
        inputmode="numeric"
        classes="govuk-input--width-4"
        value={typed(ask.form, name)}
        errorMessage={errorFor(shown.errors, name)}
      />
    )
    return formPage({
      ask,
      at,
      title: words.title,
      back: `/sessions/${id}`,
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <p class="govuk-body">{words.intro}</p>
          <Radios
            name="level"
            fieldset={{ legend: { text: words.level, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'level')}
            errorMessage={errorFor(shown.errors, 'level')}
            items={levels.map((value) => ({ value, text: ask.w.projects.voices.levelNames[value] }))}
          />
          <ChoiceField
            {...field}
            name="agency"
            label={words.agency}
            hint={words.agencyHint}
            items={await agencyChoices(ask, at)}
          />
          <ChoiceField {...field} name="area" label={words.area} hint={words.areaHint} items={areas} />
          {count('invited')}
          {count('came')}
        </KeptForm>
      ),
    })
  },
})

/** A theme, something that is in place already, or something that is needed. */
export const linePages = keptForm({
  send: async (ask, at) => {
    const words = ask.w.projects.session.line
    const { id } = await sessionHere(ask, at)
    const read = readForm(
      z
        .strictObject({
          kind: z.enum(lineKinds, words.kindMissing),
          theme: z.string().default(''),
          resource: z.string().default(''),
          words: prose(ask, words.wordsMissing),
        })
        .transform(({ kind, theme, resource, words: said }, ctx) => {
          const code =
            kind === 'theme'
              ? themes.find((one) => one.code === theme)?.code
              : resourceKinds.find((one) => one === resource)
          if (!code)
            ctx.addIssue(
              kind === 'theme'
                ? { code: 'custom', path: ['theme'], message: words.themeMissing }
                : { code: 'custom', path: ['resource'], message: words.resourceMissing },
            )
          return { kind, code: code ?? '', words: said.trim() }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await sayLine(ask.tx, at.viewer, { project: at.project.id, session: id }, read.value, at.now)
    return redirect(`${at.base}/sessions/${id}?done=line`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.session.line
    const { id } = await sessionHere(ask, at)
    return formPage({
      ask,
      at,
      title: words.title,
      back: `/sessions/${id}`,
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <LineKinds ask={ask} shown={shown} />
          <ProseField ask={ask} errors={shown.errors} name="words" label={words.words} hint={words.hint} rows={4} />
        </KeptForm>
      ),
    })
  },
})

const LineKinds = ({ ask, shown }: { ask: Ask; shown: FormShown }) => {
  const words = ask.w.projects.session.line
  const { kinds, resources } = ask.w.projects.session
  return (
    <>
      <Radios
        name="kind"
        fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'kind')}
        errorMessage={errorFor(shown.errors, 'kind')}
        items={lineKinds.map((value) => ({ value, text: kinds[value], hint: words.kindHints[value] }))}
      />
      <Select
        name="theme"
        label={{ text: words.theme, classes: 'govuk-label--s' }}
        hint={words.themeHint}
        value={typed(ask.form, 'theme')}
        errorMessage={errorFor(shown.errors, 'theme')}
        items={[{ value: '', text: '' }, ...themes.map(({ code, label }) => ({ value: code, text: label }))]}
      />
      <Radios
        name="resource"
        fieldset={{ legend: { text: words.resource, classes: 'govuk-fieldset__legend--s' } }}
        hint={words.resourceHint}
        value={typed(ask.form, 'resource')}
        errorMessage={errorFor(shown.errors, 'resource')}
        items={resourceKinds.map((value) => ({ value, text: resources[value] }))}
      />
    </>
  )
}
