import { z } from 'zod'
import { localDate, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Errors,
  errorFor,
  Form,
  page,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { kinds, sizes } from '../../codes.ts'
import { openProject } from '../open-project.ts'
import { agencyChoices, ChoiceField, line, LineField, oneOf } from './fields.tsx'

export const newProjectPage: Handler = (ask) => view(ask)

/** Begins a project: its name, what sort it is, how big, and whose people deliver it. */
export const sendNewProject: Handler = async (ask) => {
  const words = ask.w.projects.new
  const choices = await programmes(ask)
  const read = readForm(
    z.strictObject({
      name: line(ask, words.nameMissing),
      kind: oneOf(
        kinds.map(({ code }) => code),
        words.kindMissing,
      ),
      size: oneOf(
        sizes.map(({ code }) => code),
        words.sizeMissing,
      ),
      programme: oneOf(
        choices.map(({ value }) => value),
        words.programmeMissing,
      ),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const id = await openProject(ask.tx, ask.viewer as StaffViewer, read.value, ask.house.now())
  return redirect(`/projects/${id}?done=opened`)
}

const programmes = (ask: Ask) =>
  agencyChoices(ask, { viewer: ask.viewer as StaffViewer, today: localDate(ask.house.now(), ask.place.zone) })

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.projects.new
  const coded = (name: 'kind' | 'size', list: readonly { code: string; label: string }[]) => (
    <Radios
      name={name}
      fieldset={{ legend: { text: words[name], classes: 'govuk-fieldset__legend--s' } }}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      items={list.map(({ code, label }) => ({ value: code, text: label }))}
    />
  )
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/projects')}>{ask.w.projects.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        <Form ask={ask} once>
          <LineField ask={ask} name="name" label={words.name} hint={words.nameHint} errors={errors} />
          {coded('kind', kinds)}
          {coded('size', sizes)}
          <ChoiceField
            ask={ask}
            name="programme"
            label={words.programme}
            hint={words.programmeHint}
            errors={errors}
            items={await programmes(ask)}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
