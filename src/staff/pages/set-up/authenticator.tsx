import { z } from 'zod'
import {
  BackLink,
  Button,
  Details,
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
} from '../../../web/index.ts'
import { newOffer, sameOffer } from '../../authenticator.ts'
import { addFactor, enrolling, type Enrolling } from '../../factors.ts'
import { onTheWay, thenOf } from '../said.tsx'
import { codesPage } from './codes.tsx'

const schema = ({ w }: Ask) =>
  z.strictObject({
    then: z.string().optional(),
    offer: z.string().max(500),
    label: z
      .string()
      .trim()
      .max(60, w.staff.app.labelLong)
      .transform((label) => label || w.staff.app.labelDefault),
    'one-time-code': z.string(w.staff.app.missing).trim().min(1, w.staff.app.missing),
  })

/** Setting up an app that shows codes: the first factor of somebody half way in, or another one on the account page. */
export const authenticatorPage: Handler = async (ask) => {
  const who = await enrolling(ask)
  return who ? view(ask, who) : redirect(onTheWay('/sign-in', thenOf(ask)))
}

export const addAuthenticator: Handler = async (ask) => {
  const who = await enrolling(ask)
  if (!who) return redirect(onTheWay('/sign-in', thenOf(ask)))
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, who, read.errors)
  const { offer: sealed, 'one-time-code': code, label } = read.value
  const added = await addFactor(ask, who, { sealed, code, label })
  const { refused, stale } = ask.w.staff.app
  switch (added.outcome) {
    case 'signed in':
      return codesPage(ask, added.codes, thenOf(ask), added.cookies)
    case 'added':
    case 'already there':
      return redirect('/account?said=added')
    case 'not this session':
      return view(ask, who, [{ field: 'one-time-code', text: stale }])
    default:
      return view(ask, who, [{ field: 'one-time-code', text: refused }])
  }
}

const view = async (ask: Ask, who: Enrolling, errors: readonly FieldError[] = []) => {
  const words = ask.w.staff.app
  const { keys } = ask.house
  const issuer = `${ask.w.common.product} ${ask.place.place}`
  const before = await sameOffer(keys, who.session, who.account, issuer, typed(ask.form, 'offer'))
  const offer = before ?? (await newOffer(keys, who.session, who.account, issuer))
  const back = who.isFirst ? onTheWay('/sign-in/set-up', thenOf(ask)) : '/account'
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(back)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <ol class="govuk-list govuk-list--number govuk-list--spaced">
          <li>{words.step1}</li>
          <li>{words.step2}</li>
          <li>{words.step3}</li>
        </ol>
        <img class="trellis-qr" src={offer.qr} alt={words.qrAlt} width="220" height="220" />
        <Details summary={words.byHand}>
          <p class="govuk-body">{words.byHandText}</p>
          <p class="trellis-code">{inFours(offer.secret)}</p>
        </Details>
        <Form ask={ask}>
          <input type="hidden" name="then" value={thenOf(ask)} />
          <input type="hidden" name="offer" value={offer.sealed} />
          <Input
            name="one-time-code"
            label={words.code}
            errorMessage={errorFor(errors, 'one-time-code')}
            inputmode="numeric"
            autocomplete="one-time-code"
            spellcheck={false}
            classes="govuk-input--width-10"
          />
          <Input
            name="label"
            label={words.label}
            hint={words.labelHint}
            value={typed(ask.form, 'label') || words.labelDefault}
            errorMessage={errorFor(errors, 'label')}
            classes="govuk-input--width-20"
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')
