import { asProduct } from '../../../platform/index.ts'
import { z } from 'zod'
import {
  Button,
  Details,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  Link,
  page,
  readForm,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { factorsOf } from '../../factors.ts'
import { authenticationAsked, mayHavePasskeys } from '../../passkey.ts'
import { giveSecondFactor } from '../../second-factor.ts'
import { halfOpen, type HalfOpen } from '../../session.ts'
import { PasskeyForm } from '../passkey-form.tsx'
import { onTheWay, thenOf, waitSentence } from '../said.tsx'

const schema = ({ w }: Ask) =>
  z
    .strictObject({
      then: z.string().optional(),
      'one-time-code': z.string().optional(),
      passkey: z.string().optional(),
    })
    .refine((typed) => typed['one-time-code']?.trim() || typed.passkey, {
      path: ['one-time-code'],
      message: w.staff.second.codeMissing,
    })

export const secondFactorPage: Handler = async (ask) => {
  if (ask.viewer.kind === 'staff') return redirect(thenOf(ask))
  const half = await halfOpen(ask)
  return half ? view(ask, half) : redirect(onTheWay('/sign-in', thenOf(ask)))
}

export const sendSecondFactor: Handler = async (ask) => {
  const half = await halfOpen(ask)
  if (!half) return redirect(onTheWay('/sign-in', thenOf(ask)))
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, half, read.errors)
  const { 'one-time-code': code = '', passkey } = read.value
  const field = passkey ? 'passkey' : 'one-time-code'
  const opened = await giveSecondFactor(ask, half, passkey ? { passkey } : { code })
  if (opened.outcome === 'signed in') return redirect(thenOf(ask), opened.cookies)
  if (opened.outcome === 'wait') return view(ask, half, [{ field, text: waitSentence(ask, opened.minutes) }], 429)
  const { passkeyRefused, codeRefused } = ask.w.staff.second
  return view(ask, { ...half, challenge: null }, [{ field, text: passkey ? passkeyRefused : codeRefused }])
}

const view = async (
  ask: Ask,
  half: HalfOpen,
  errors: readonly FieldError[] = [],
  status: Page['status'] = errors.length ? 422 : 200,
) => {
  const { factors } = await factorsOf(ask.tx, half.account)
  const then = thenOf(ask)
  if (factors.length === 0) return redirect(onTheWay('/sign-in/set-up', then))
  const words = ask.w.staff.second
  const asked = { ...half, partnership: ask.place.id }
  const hasPasskey = factors.some(({ kind }) => kind === 'passkey') && mayHavePasskeys(ask.house)
  const hasApp = factors.some(({ kind }) => kind === 'authenticator')
  const options = hasPasskey && (await asProduct(ask.tx, () => authenticationAsked(ask, ask.tx, asked, half.account)))
  return page({
    title: words.title,
    status,
    frame: 'staff',
    script: hasPasskey ? 'passkey' : undefined,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        {options && (
          <PasskeyForm
            ask={ask}
            field="passkey"
            options={options}
            does="authenticate"
            then={then}
            heading={hasApp ? words.passkeyTitle : undefined}
            text={words.passkeyText}
            button={words.passkeyButton}
            withoutScript={words.passkeyNeedsScript}
            error={errorFor(errors, 'passkey')}
          />
        )}
        {hasApp && (
          <Form ask={ask}>
            {options && <h2 class="govuk-heading-m">{words.orCode}</h2>}
            <input type="hidden" name="then" value={then} />
            <Input
              name="one-time-code"
              label={words.code}
              hint={fill(words.codeHint, { product: ask.w.common.product })}
              errorMessage={errorFor(errors, 'one-time-code')}
              inputmode="numeric"
              autocomplete="one-time-code"
              spellcheck={false}
              classes="govuk-input--width-10"
            />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        )}
        <Details summary={words.recovery}>
          <Link href={ask.href(onTheWay('/sign-in/recovery-code', then))}>{words.recoveryLink}</Link>
        </Details>
      </>
    ),
  })
}
