import { z } from 'zod'
import {
  BackLink,
  Button,
  Details,
  errorFor,
  Errors,
  fill,
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
  type Page,
} from '../../../web/index.ts'
import { giveSecondFactor } from '../../second-factor.ts'
import { halfOpen } from '../../session.ts'
import { onTheWay, thenOf, waitSentence } from '../said.tsx'

const schema = ({ w }: Ask) =>
  z.strictObject({
    then: z.string().optional(),
    'recovery-code': z.string(w.staff.recovery.missing).trim().min(1, w.staff.recovery.missing),
  })

export const recoveryCodePage: Handler = async (ask) =>
  (await halfOpen(ask)) ? view(ask) : redirect(onTheWay('/sign-in', thenOf(ask)))

export const sendRecoveryCode: Handler = async (ask) => {
  const half = await halfOpen(ask)
  if (!half) return redirect(onTheWay('/sign-in', thenOf(ask)))
  const read = readForm(schema(ask), ask.form)
  if (!read.ok) return view(ask, read.errors)
  const opened = await giveSecondFactor(ask, half, { recoveryCode: read.value['recovery-code'] })
  if (opened.outcome === 'signed in') return redirect(thenOf(ask), opened.cookies)
  if (opened.outcome === 'wait')
    return view(ask, [{ field: 'recovery-code', text: waitSentence(ask, opened.minutes) }], 429)
  return view(ask, [{ field: 'recovery-code', text: ask.w.staff.recovery.refused }])
}

const view = (
  ask: Ask,
  errors: readonly FieldError[] = [],
  status: Page['status'] = errors.length ? 422 : 200,
): Page => {
  const words = ask.w.staff.recovery
  const then = thenOf(ask)
  return page({
    title: words.title,
    status,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(onTheWay('/sign-in/second-factor', then))}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.text}</p>
        <Form ask={ask}>
          <input type="hidden" name="then" value={then} />
          <Input
            name="recovery-code"
            label={words.code}
            hint={words.hint}
            value={typed(ask.form, 'recovery-code')}
            errorMessage={errorFor(errors, 'recovery-code')}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            classes="govuk-input--width-20 trellis-code-input"
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        <Details summary={words.none}>
          <p class="govuk-body">{fill(words.noneText, { partnership: ask.place.name })}</p>
        </Details>
      </>
    ),
  })
}
