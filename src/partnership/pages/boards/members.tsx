import { z } from 'zod'
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
  WarningText,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addMember, seatRoles } from '../../body.ts'
import type { ListedBody } from '../../directory.ts'
import { agencies, type AgencyItem } from '../../queries.ts'
import { section, todayAt } from '../section.tsx'
import { findBody } from './show.tsx'

export const newMemberPage: Handler = async (ask) => view(ask, (await findBody(ask)).body, await standing(ask))

export const sendNewMember: Handler = async (ask) => {
  const { body } = await findBody(ask)
  const offered = await standing(ask)
  const words = ask.w.partnership.member
  const schema = z.strictObject({
    agency: z.string(words.agencyMissing).refine((id) => offered.some((one) => one.id === id), words.agencyMissing),
    role: z.enum(seatRoles, words.roleMissing),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, body, offered, read.errors)
  const added = await addMember(ask.tx, ask.viewer, body.id, { ...read.value, from: todayAt(ask) })
  if (added === 'added') return redirect(`/boards/${body.id}?done=added`)
  return view(ask, body, offered, [{ field: 'agency', text: words.already }])
}

const standing = (ask: Ask) => agencies(ask.tx, ask.place.id, { on: todayAt(ask) })

const view = (
  ask: Ask,
  body: ListedBody,
  offered: readonly AgencyItem[],
  errors: readonly FieldError[] = [],
): Answer => {
  const { member: words, roles } = ask.w.partnership
  const content = (
    <>
      <BackLink href={ask.href(`/boards/${body.id}`)}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={body.name}>{words.title}</Title>
      {body.front_door && <WarningText>{words.frontDoor}</WarningText>}
      <Form ask={ask}>
        <Select
          name="agency"
          label={words.agency}
          value={typed(ask.form, 'agency')}
          errorMessage={errorFor(errors, 'agency')}
          items={[{ value: '', text: words.choose }, ...offered.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <Radios
          name="role"
          fieldset={{ legend: { text: words.role, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'role')}
          errorMessage={errorFor(errors, 'role')}
          items={seatRoles.map((value) => ({ value, text: roles[value] }))}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>
  )
  return { ...section(ask, '/boards', words.title, content), status: errors.length ? 422 : 200 }
}
