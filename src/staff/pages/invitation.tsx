import { z } from 'zod'
import {
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { takeInvitation } from '../invitation.ts'
import { Password } from './said.tsx'

const schema = ({ w }: Ask) =>
  z.strictObject({
    'invitation-code': z.string(w.staff.invitation.codeMissing).trim().min(1, w.staff.invitation.codeMissing),
    password: z.string(w.staff.password.missing).min(1, w.staff.password.missing),
  })

/** Looks the same for every id, so that nobody learns which invitations there are. */
export const invitationPage: Handler = (ask) => view(ask)

export const sendInvitation: Handler = async (ask) => {
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { invitation, password } = ask.w.staff
  const taken = await takeInvitation(ask, {
    code: read.value['invitation-code'],
    password: read.value.password,
    invitation: ask.params['invitation'] ?? '',
  })
  if (taken.outcome === 'taken') return redirect('/sign-in/set-up', [{ name: 'session', value: taken.token }])
  if (taken.outcome === 'refused') return view(ask, [{ field: 'invitation-code', text: invitation.refused }])
  return view(ask, [{ field: 'password', text: password[taken.outcome] }])
}

const view = (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.staff.invitation
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.text}</p>
        <Form ask={ask}>
          <Input
            name="invitation-code"
            label={words.code}
            hint={words.codeHint}
            value={typed(ask.form, 'invitation-code')}
            errorMessage={errorFor(errors, 'invitation-code')}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            classes="trellis-code-input"
          />
          <Password
            ask={ask}
            name="password"
            label={ask.w.staff.password.new}
            hint={ask.w.staff.password.hint}
            errorMessage={errorFor(errors, 'password')}
            autocomplete="new-password"
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
