import { z } from 'zod'
import { localDate, NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  readForm,
  redirect,
  Select,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { changeClock } from '../../clock.ts'
import { clockHistory, type ListedClock } from '../../directory.ts'
import { spanUnits } from '../../shipped.ts'
import { section } from '../section.tsx'
import { dayInWords } from '../validity.tsx'
import { spanInWords } from './clocks.tsx'

export const clockPage: Handler = async (ask) => {
  const history = await asked(ask)
  const { amount, unit, at_risk_fraction, basis } = history[0]!
  return view(ask, history, { amount: String(amount), unit, risk: String(Math.round(at_risk_fraction * 100)), basis })
}

export const sendClock: Handler = async (ask) => {
  const history = await asked(ask)
  const words = ask.w.partnership.clock
  const whole = (message: string, most: number) =>
    z
      .string(message)
      .trim()
      .regex(/^\d{1,4}$/, message)
      .transform(Number)
      .refine((n) => n >= 1 && n <= most, message)
  const schema = z.strictObject({
    amount: whole(words.amountMissing, 999),
    unit: z.enum(spanUnits, words.unitMissing),
    risk: whole(words.riskMissing, 100),
    basis: z.string(words.basisMissing).trim().min(1, words.basisMissing).max(300, words.basisLong),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, history, ask.form, read.errors)
  const { risk, ...change } = read.value
  const at = ask.house.now()
  await changeClock(ask.tx, ask.viewer, history[0]!.code, { ...change, atRiskFraction: risk / 100 }, at)
  return redirect('/settings/clocks?done=changed')
}

const asked = async (ask: Ask): Promise<ListedClock[]> => {
  const history = await clockHistory(ask.tx, ask.place.id, ask.params['code'] ?? '')
  if (history.length === 0) throw new NotFound()
  return history
}

const view = (
  ask: Ask,
  history: readonly ListedClock[],
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => {
  const { clock: words, unitNames } = ask.w.partnership
  const { label, starts_when } = history[0]!
  const body = (
    <>
      <BackLink href={ask.href('/settings/clocks')}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={words.title}>{label}</Title>
      <p class="govuk-body">{fill(ask.w.partnership.clocks.starts, { when: starts_when })}</p>
      <p class="govuk-body">{words.text}</p>
      <Form ask={ask}>
        <Input
          name="amount"
          label={words.amount}
          classes="govuk-input--width-4"
          inputmode="numeric"
          value={typed(form, 'amount')}
          errorMessage={errorFor(errors, 'amount')}
        />
        <Select
          name="unit"
          label={words.unit}
          value={typed(form, 'unit')}
          errorMessage={errorFor(errors, 'unit')}
          items={spanUnits.map((value) => ({ value, text: unitNames[value] }))}
        />
        <Input
          name="risk"
          label={words.risk}
          hint={words.riskHint}
          classes="govuk-input--width-3"
          inputmode="numeric"
          suffix="%"
          value={typed(form, 'risk')}
          errorMessage={errorFor(errors, 'risk')}
        />
        <Textarea
          name="basis"
          label={words.basis}
          hint={words.basisHint}
          rows={3}
          value={typed(form, 'basis')}
          errorMessage={errorFor(errors, 'basis')}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
      {history.length > 1 && <History ask={ask} history={history} />}
    </>
  )
  return { ...section(ask, '/settings/clocks', label, body), status: errors.length ? 422 : 200 }
}

const History = ({ ask, history }: { ask: Ask; history: readonly ListedClock[] }) => {
  const words = ask.w.partnership.clock
  return (
    <>
      <h2 class="govuk-heading-m">{words.history}</h2>
      <ul class="trellis-rows">
        {history.map((row) => (
          <li class="trellis-row">
            <div>
              {spanInWords(ask, row)}
              <span class="trellis-row__more">{row.basis}</span>
            </div>
            <span>
              {row.valid_from.getTime() === 0
                ? words.shipped
                : fill(words.since, { day: dayInWords(localDate(row.valid_from, ask.place.zone)) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
