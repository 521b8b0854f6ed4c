import { z } from 'zod'
import {
  Button,
  Details,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  InsetText,
  Link,
  NotificationBanner,
  page,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../web/index.ts'
import { isDemo } from '../demo.ts'
import { signIn } from '../sign-in.ts'
import { onTheWay, Password, thenOf, waitSentence } from './said.tsx'

const schema = ({ w }: Ask) =>
  z.strictObject({
    then: z.string().optional(),
    email: z.string(w.staff.signIn.emailMissing).trim().min(1, w.staff.signIn.emailMissing),
    password: z.string(w.staff.signIn.passwordMissing).min(1, w.staff.signIn.passwordMissing),
  })

export const signInPage: Handler = (ask) => (ask.viewer.kind === 'staff' ? redirect(thenOf(ask)) : view(ask))

export const sendSignIn: Handler = async (ask) => {
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { email, password } = read.value
  const signedIn = await signIn(ask.tx, ask.house, ask.viewer, { email, password, cookies: ask.cookies })
  if (signedIn.outcome === 'wait')
    return view(ask, [{ field: 'email', text: waitSentence(ask, signedIn.minutes) }], 429)
  if (signedIn.outcome === 'busy') return view(ask, [{ field: 'email', text: ask.w.staff.signIn.busy }], 503)
  if (signedIn.outcome === 'refused') return view(ask, [{ field: 'email', text: ask.w.staff.signIn.refused }])
  return redirect(onTheWay('/sign-in/second-factor', thenOf(ask)), [{ name: 'session', value: signedIn.token }])
}

const view = (
  ask: Ask,
  errors: readonly FieldError[] = [],
  status: Page['status'] = errors.length ? 422 : 200,
): Page => {
  const words = ask.w.staff.signIn
  return page({
    title: words.title,
    status,
    frame: 'staff',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        {ask.query['signed-out'] !== undefined && (
          <NotificationBanner type="success">{words.signedOut}</NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <Form ask={ask}>
          <input type="hidden" name="then" value={thenOf(ask)} />
          <Input
            name="email"
            type="email"
            label={words.email}
            value={typed(ask.form, 'email')}
            errorMessage={errorFor(errors, 'email')}
            autocomplete="username"
            spellcheck={false}
          />
          <Password ask={ask} name="password" label={words.password} errorMessage={errorFor(errors, 'password')} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        {isDemo(ask) && (
          <InsetText>
            {words.demo} <Link href={ask.href('/demo-sign-in')}>{words.demoLink}</Link>
          </InsetText>
        )}
        <Details summary={words.help}>
          {words.helpText.map((line) => (
            <p class="govuk-body">{fill(line, { partnership: ask.place.name })}</p>
          ))}
        </Details>
      </>
    ),
  })
}
