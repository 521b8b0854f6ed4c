import { z } from 'zod'
import { NotFound, roles } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  readForm,
  redirect,
  ticked,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { keepRoles } from '../../keep-roles.ts'
import { findAccount } from '../../queries.ts'

const schema = z.strictObject({ roles: z.preprocess((value) => [value ?? []].flat(), z.array(z.enum(roles))) })

export const rolesPage: Handler = (ask) => view(ask)

export const sendRoles: Handler = async (ask) => {
  const read = readForm(schema, ask.form)
  if (!read.ok) throw new NotFound()
  const id = ask.params['account'] ?? ''
  const kept = await keepRoles(ask.tx, ask.viewer, { account: id, roles: read.value.roles, at: ask.house.now() })
  const { own, last } = ask.w.staff.changeRoles
  if (kept === 'kept') return redirect(`/accounts/${id}?said=roles`)
  return view(ask, [{ field: 'roles', text: kept === 'last administrator' ? last : own }])
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const account = await findAccount(ask.tx, ask.params['account'] ?? '')
  if (!account) throw new NotFound()
  const words = ask.w.staff.changeRoles
  const title = fill(words.title, { name: account.name })
  return page({
    title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href(`/accounts/${account.id}`)}>{ask.w.staff.back.account}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <Form ask={ask}>
          <Checkboxes
            name="roles"
            fieldset={{ legend: { text: words.legend, classes: 'govuk-fieldset__legend--m' } }}
            values={errors.length ? ticked(ask.form, 'roles') : account.roles}
            errorMessage={errorFor(errors, 'roles')}
            items={roles.map((role) => ({
              value: role,
              text: ask.w.staff.roles[role],
              hint: ask.w.staff.roleHints[role],
            }))}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
