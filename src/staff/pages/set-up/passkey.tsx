import { asProduct } from '../../../platform/index.ts'
import { z } from 'zod'
import {
  BackLink,
  errorFor,
  Errors,
  Input,
  InsetText,
  Link,
  page,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addFactor, enrolling, type Enrolling } from '../../factors.ts'
import { mayHavePasskeys, registrationAsked } from '../../passkey.ts'
import { PasskeyForm } from '../passkey-form.tsx'
import { onTheWay, thenOf } from '../said.tsx'
import { codesPage } from './codes.tsx'

const schema = ({ w }: Ask) =>
  z.strictObject({
    then: z.string().optional(),
    passkey: z.string(),
    label: z
      .string()
      .trim()
      .max(60, w.staff.app.labelLong)
      .transform((label) => label || w.staff.passkey.labelDefault),
  })

/** Adding a passkey: the first factor of somebody half way in, or another one on the account page. */
export const passkeyPage: Handler = async (ask) => {
  const who = await enrolling(ask)
  return who ? view(ask, who) : redirect(onTheWay('/sign-in', thenOf(ask)))
}

export const addPasskey: Handler = async (ask) => {
  const who = await enrolling(ask)
  if (!who) return redirect(onTheWay('/sign-in', thenOf(ask)))
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, who, read.errors)
  const added = await addFactor(ask, who, { answer: read.value.passkey, label: read.value.label })
  if (added.outcome === 'signed in') return codesPage(ask, added.codes, thenOf(ask), added.cookies)
  if (added.outcome === 'added') return redirect('/account?said=added')
  return view(ask, { ...who, challenge: null }, [{ field: 'passkey', text: ask.w.staff.passkey.refused }])
}

const view = async (ask: Ask, who: Enrolling, errors: readonly FieldError[] = []) => {
  const words = ask.w.staff.passkey
  const then = thenOf(ask)
  const base = who.isFirst ? '/sign-in/set-up' : '/account'
  const toApp = ask.href(onTheWay(`${base}/authenticator`, then))
  const asked = { ...who, partnership: ask.place.id }
  const options =
    mayHavePasskeys(ask.house) && (await asProduct(ask.tx, () => registrationAsked(ask, ask.tx, asked, who.account)))
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    script: 'passkey',
    body: (
      <>
        <BackLink href={ask.href(onTheWay(base, then))}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        {options ? (
          <PasskeyForm
            ask={ask}
            field="passkey"
            options={options}
            does="register"
            then={then}
            text={words.text}
            button={words.button}
            withoutScript={words.needsScript}
            error={errorFor(errors, 'passkey')}
          >
            <Input
              name="label"
              label={words.label}
              hint={words.labelHint}
              value={typed(ask.form, 'label') || words.labelDefault}
              errorMessage={errorFor(errors, 'label')}
              classes="govuk-input--width-20"
            />
          </PasskeyForm>
        ) : (
          <InsetText>{words.notHere}</InsetText>
        )}
        <p class="govuk-body">
          <Link href={toApp}>{words.appLink}</Link>
        </p>
      </>
    ),
  })
}
