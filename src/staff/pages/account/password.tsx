import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  page,
  readForm,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { changePassword } from '../../own-account.ts'
import { Password, waitSentence } from '../said.tsx'

const schema = ({ w }: Ask) =>
  z.strictObject({
    'current-password': z.string(w.staff.changePassword.currentMissing).min(1, w.staff.changePassword.currentMissing),
    'new-password': z.string(w.staff.password.missing).min(1, w.staff.password.missing),
  })

export const passwordPage: Handler = (ask) => view(ask)

export const sendPassword: Handler = async (ask) => {
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const changed = await changePassword(ask, ask.viewer as StaffViewer, {
    current: read.value['current-password'],
    next: read.value['new-password'],
  })
  const { password, changePassword: words } = ask.w.staff
  switch (changed.outcome) {
    case 'changed':
      return redirect('/account?said=password')
    case 'wait':
      return view(ask, [{ field: 'current-password', text: waitSentence(ask, changed.minutes) }], 429)
    case 'wrong':
      return view(ask, [{ field: 'current-password', text: words.wrong }])
    default:
      return view(ask, [{ field: 'new-password', text: password[changed.outcome] }])
  }
}

const view = (
  ask: Ask,
  errors: readonly FieldError[] = [],
  status: Page['status'] = errors.length ? 422 : 200,
): Page => {
  const words = ask.w.staff.changePassword
  return page({
    title: words.title,
    status,
    body: (
      <>
        <BackLink href={ask.href('/account')}>{ask.w.staff.back.own}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask}>
          <Password
            ask={ask}
            name="current-password"
            label={words.current}
            errorMessage={errorFor(errors, 'current-password')}
          />
          <Password
            ask={ask}
            name="new-password"
            label={ask.w.staff.password.new}
            hint={ask.w.staff.password.hint}
            errorMessage={errorFor(errors, 'new-password')}
            autocomplete="new-password"
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
