import { z } from 'zod'
import { localDate } from '../../platform/index.ts'
import { choicesOf, codesOf, endOfDay, labelOf, statePurpose, type Code } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  page,
  Radios,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { approach, type AtGate } from '../approach.ts'
import { homeOf } from '../contexts/context.ts'

/** Asked once a day for each subject: only what the agreement would let this viewer in for is offered. */
export const purposeQuestion = (ask: Ask, at: AtGate) => view(ask, at)

export const purposePage: Handler = async (ask) => view(ask, await approach(ask, ask.params['id']!))

export const sendPurpose: Handler = async (ask) => {
  const at = await approach(ask, ask.params['id']!)
  const words = ask.w.subjects.purpose
  const read = readForm(
    z.strictObject({
      purpose: z.enum(distinct(at, 'purpose'), words.purposeMissing),
      basis: z.enum(distinct(at, 'basis'), words.basisMissing),
      condition: z.enum(['', ...distinct(at, 'condition')]).default(''),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const { purpose, basis, condition } = read.value
  const fits = at.ways.open.some((way) => way.purpose === purpose && way.basis === basis && way.condition === condition)
  if (!fits) return view(ask, at, [{ field: 'basis', text: words.notTogether }])
  const until = await endOfDay(ask.tx, at.now, ask.place.zone)
  await statePurpose(ask.tx, at.worker, at.subject.id, { purpose, basis, condition, until }, at.now)
  return redirect(homeOf(at.subject))
}

const distinct = (at: AtGate, of: 'purpose' | 'basis' | 'condition'): [string, ...string[]] =>
  [...new Set(at.ways.open.map((way) => way[of]))].filter((code) => code !== '') as [string, ...string[]]

const view = async (ask: Ask, at: AtGate, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.purpose
  const codes = await codesOf(ask.tx, ask.place.id)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} action={`/people/${at.subject.id}/purpose`}>
          <PurposeFields ask={ask} ways={at.ways.open} codes={codes} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

/** Purpose, basis and condition, as the agreement offers them: for one subject, or for a search. */
export const PurposeFields = (props: {
  ask: Ask
  ways: readonly { purpose: string; basis: string; condition: string }[]
  codes: readonly Code[]
  errors: readonly FieldError[]
}) => {
  const { ask, ways, codes, errors } = props
  const words = ask.w.subjects.purpose
  const offered = (list: 'purpose' | 'basis' | 'condition') => {
    const here = new Set(ways.map((way) => way[list]))
    const today = localDate(ask.house.now(), ask.place.zone)
    return choicesOf(codes, list, today)
      .filter(({ code }) => here.has(code))
      .map(({ code, label, note }) => ({ value: code, text: label, hint: note || undefined }))
  }
  const uncheckedWords = codes.some(
    ({ list, code, checked }) => !checked && ways.some((way) => list === 'basis' && way.basis === code),
  )
  return (
    <>
      <Radios
        name="purpose"
        fieldset={{ legend: { text: words.purpose, classes: 'govuk-fieldset__legend--m' } }}
        errorMessage={errorFor(errors, 'purpose')}
        value={typed(ask.form, 'purpose')}
        items={offered('purpose').map(({ value, text }) => ({ value, text }))}
      />
      <Select
        name="basis"
        label={words.basis}
        hint={uncheckedWords ? words.unchecked : undefined}
        errorMessage={errorFor(errors, 'basis')}
        value={typed(ask.form, 'basis')}
        items={[{ value: '', text: '' }, ...offered('basis').map(({ value, text }) => ({ value, text }))]}
      />
      <Select
        name="condition"
        label={words.condition}
        hint={words.conditionHint}
        errorMessage={errorFor(errors, 'condition')}
        value={typed(ask.form, 'condition')}
        items={[
          { value: '', text: words.noCondition },
          ...offered('condition').map(({ value, text }) => ({ value, text })),
        ]}
      />
    </>
  )
}

export const purposeLabel = (codes: readonly Code[], code: string): string => labelOf(codes, 'purpose', code)
