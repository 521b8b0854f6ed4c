import { z } from 'zod'
import { agencies, type AgencyItem } from '../../partnership/index.ts'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Radios,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { addParty, controllerRoles, removeParty } from '../party.ts'
import { partiesOf, type Version } from '../standing.ts'
import { agreementsPage, findVersion, pathOf, todayAt } from './parts.tsx'

/** An agency becomes a party: of a draft from the start, of one in force by its own two signatures. */
export const joinPage: Handler = async (ask) => view(ask, await open(ask), {})

export const sendJoin: Handler = async (ask) => {
  const version = await open(ask)
  const words = ask.w.agreements.join
  const free = await without(ask, version)
  const schema = z.strictObject({
    agency: z.string().refine((id) => free.some((one) => one.id === id), words.agencyMissing),
    role: z.enum(controllerRoles, words.roleMissing),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return view(ask, version, ask.form, given.errors)
  const outcome = await addParty(ask.tx, ask.viewer, version.id, given.value.agency, given.value.role)
  return redirect(`${pathOf(version)}?${outcome === 'added' ? 'done=joined' : 'not=already'}`)
}

export const sendLeave: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  const outcome = await removeParty(ask.tx, ask.viewer, version.id, ask.params['agency']!)
  return redirect(`${pathOf(version)}?${outcome === 'removed' ? 'done=left' : 'not=fixed'}`)
}

const open = async (ask: Ask): Promise<Version> => {
  const { version } = await findVersion(ask)
  if (version.tier === 0 || version.state === 'lapsed' || version.state === 'replaced') throw new NotFound()
  return version
}

/** The agencies there are today that are not in it yet. */
const without = async (ask: Ask, version: Version): Promise<AgencyItem[]> => {
  const parties = new Set((await partiesOf(ask.tx, ask.place.id, [version.id])).map(({ agency_id }) => agency_id))
  return (await agencies(ask.tx, ask.place.id, { on: todayAt(ask) })).filter(({ id }) => !parties.has(id))
}

const view = async (
  ask: Ask,
  version: Version,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Promise<Answer> => {
  const words = ask.w.agreements.join
  const free = await without(ask, version)
  return agreementsPage(
    ask,
    words.title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.title}>{words.title}</Title>
      <p class="govuk-body">{version.state === 'draft' ? words.draft : words.later}</p>
      {free.length === 0 ? (
        <p class="govuk-body">{words.nobody}</p>
      ) : (
        <Form ask={ask}>
          <Select
            name="agency"
            label={words.agency}
            value={typed(form, 'agency')}
            errorMessage={errorFor(errors, 'agency')}
            items={[{ value: '', text: words.choose }, ...free.map(({ id, name }) => ({ value: id, text: name }))]}
          />
          <Radios
            name="role"
            fieldset={{ legend: { text: words.role, classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={errorFor(errors, 'role')}
            value={typed(form, 'role')}
            items={controllerRoles.map((role) => ({ value: role, text: ask.w.agreements.controllerRoles[role] }))}
          />
          <Button preventDoubleClick>{words.send}</Button>
        </Form>
      )}
    </>,
    { status: errors.length ? 422 : 200 },
  )
}
