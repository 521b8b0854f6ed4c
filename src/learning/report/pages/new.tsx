import { z } from 'zod'
import { hasRole, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { projectFacts } from '../../project/facts.ts'
import { beginReport } from '../begin.ts'
import { emptyReport } from '../content.ts'
import { projectsOf } from '../projects.ts'

/** Begins a report: from a project, with all that it knows already, or from nothing. */
export const newPage: Handler = (ask) => view(ask)

export const sendNew: Handler = async (ask) => {
  const viewer = ask.viewer as StaffViewer
  const words = ask.w.learningReport.form.begin
  const projects = await projectsOf(ask.tx, viewer)
  const mayWithout = hasRole(viewer, 'learning')
  const read = readForm(
    z.strictObject({
      title: z.string(words.titleMissing).trim().min(1, words.titleMissing).max(200, words.titleLong),
      project: z
        .string(words.projectMissing)
        .default('')
        .refine((id) => (id === '' ? mayWithout : projects.some((one) => one.id === id)), words.projectMissing),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const { title, project } = read.value
  const known = project ? await projectFacts(ask.tx, viewer, project) : {}
  const content = { ...emptyReport(), ...known }
  const id = await beginReport(ask.tx, viewer, { project: project || null, title, content }, ask.house.now())
  return redirect(`/learning/reports/${id}?done=begun`)
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const viewer = ask.viewer as StaffViewer
  const words = ask.w.learningReport.form
  const projects = await projectsOf(ask.tx, viewer)
  const asked = projects.find(({ id }) => id === ask.query['project'])
  const first = hasRole(viewer, 'learning') ? words.begin.without : words.begin.choose
  return page({
    title: words.begin.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/learning/reports')}>{words.list.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.begin.title}</Title>
        <p class="govuk-body">{words.begin.intro}</p>
        <Form ask={ask} once>
          <Input
            name="title"
            label={{ text: words.begin.name, classes: 'govuk-label--s' }}
            hint={words.begin.nameHint}
            value={typed(ask.form, 'title') || asked?.name}
            errorMessage={errorFor(errors, 'title')}
          />
          <Select
            name="project"
            label={{ text: words.begin.project, classes: 'govuk-label--s' }}
            hint={words.begin.projectHint}
            value={typed(ask.form, 'project') || asked?.id}
            errorMessage={errorFor(errors, 'project')}
            items={[{ value: '', text: first }, ...projects.map(({ id, name }) => ({ value: id, text: name }))]}
          />
          <Button preventDoubleClick>{words.begin.button}</Button>
        </Form>
      </>
    ),
  })
}
