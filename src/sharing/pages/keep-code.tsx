import { z } from 'zod'
import { DayField, dayFields, dayParts, readDay } from '../../partnership/index.ts'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { codesOf, type Code } from '../codes.ts'
import { addCode, clausesNaming, confirmCode, endCode, growingLists, reviseCode } from '../keep-codes.ts'
import { listInWords } from '../plain.ts'
import { agreementsPage, namingFor, todayAt } from './parts.tsx'

const home = '/agreements/codes'
export const pathOfCode = ({ list, code }: Code): string => `${home}/${list}/${code}`

/** A new row of a list. */
export const newCodePage: Handler = async (ask) => newView(ask, dayParts('from', todayAt(ask)))

export const sendNewCode: Handler = async (ask) => {
  const words = ask.w.agreements.keepCode
  const schema = z.strictObject({
    list: z.enum(growingLists, words.listMissing),
    code: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9-]{1,39}$/, words.codeWrong),
    ...saidFields(ask),
  })
  const given = readForm(schema, ask.form)
  const from = readDay(ask.form, 'from')
  if (!given.ok || !from) return newView(ask, ask.form, [...(given.ok ? [] : given.errors), ...noDay(ask, from)])
  const { list, code, label, note } = given.value
  const outcome = await addCode(ask.tx, ask.viewer, list, code, { label, note, from })
  if (outcome === 'taken') return newView(ask, ask.form, [{ field: 'code', text: words.codeTaken }])
  return redirect(`${home}?done=code`)
}

const saidFields = ({ w }: Ask) => ({
  label: z.string().trim().min(1, w.agreements.keepCode.labelMissing).max(200, w.agreements.keepCode.labelLong),
  note: z.string().trim().max(500, w.agreements.keepCode.noteLong).default(''),
  ...dayFields('from'),
})

const noDay = ({ w }: Ask, day: string | null | undefined): FieldError[] =>
  day ? [] : [{ field: 'from-day', text: day === null ? w.agreements.keepCode.dayMissing : w.partnership.dayWrong }]

const newView = (ask: Ask, form: Ask['form'], errors: readonly FieldError[] = []): Answer => {
  const words = ask.w.agreements.keepCode
  return agreementsPage(
    ask,
    words.newTitle,
    <>
      <BackLink href={ask.href(home)}>{ask.w.agreements.codes.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title>{words.newTitle}</Title>
      <Form ask={ask}>
        <Radios
          name="list"
          fieldset={{ legend: { text: words.list, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, 'list')}
          value={typed(form, 'list')}
          items={growingLists.map((list) => ({ value: list, text: ask.w.agreements.codes.names[list] }))}
        />
        <Input
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={typed(form, 'code')}
          errorMessage={errorFor(errors, 'code')}
        />
        <Said ask={ask} form={form} errors={errors} />
        <Button preventDoubleClick>{words.add}</Button>
      </Form>
    </>,
    { status: errors.length ? 422 : 200 },
  )
}

const Said = ({ ask, form, errors }: { ask: Ask; form: Ask['form']; errors: readonly FieldError[] }) => {
  const words = ask.w.agreements.keepCode
  return (
    <>
      <Input name="label" label={words.label} value={typed(form, 'label')} errorMessage={errorFor(errors, 'label')} />
      <Textarea name="note" label={words.note} value={typed(form, 'note')} errorMessage={errorFor(errors, 'note')} />
      <DayField ask={ask} name="from" legend={words.from} form={form} errors={errors} />
    </>
  )
}

/** One row: its other words from a day on, its end, and that somebody has confirmed it. */
export const codePage: Handler = async (ask) => {
  const code = await find(ask)
  return codeView(ask, code, { label: code.label, note: code.note })
}

export const sendCode: Handler = async (ask) => {
  const code = await find(ask)
  const words = ask.w.agreements.keepCode
  const given = readForm(z.strictObject(saidFields(ask)), ask.form)
  const from = readDay(ask.form, 'from')
  if (!given.ok || !from) return codeView(ask, code, ask.form, [...(given.ok ? [] : given.errors), ...noDay(ask, from)])
  const { label, note } = given.value
  const outcome = await reviseCode(ask.tx, ask.viewer, code.list, code.code, { label, note, from })
  if (outcome !== 'revised') return codeView(ask, code, ask.form, [{ field: 'from-day', text: words.notAfter }])
  return redirect(`${home}?done=code`)
}

export const sendCodeEnd: Handler = async (ask) => {
  const code = await find(ask)
  const words = ask.w.agreements.keepCode
  const last = readDay(ask.form, 'last')
  const wrong = (text: string) => codeView(ask, code, ask.form, [{ field: 'last-day', text }])
  if (!last) return wrong(last === null ? words.dayMissing : ask.w.partnership.dayWrong)
  const outcome = await endCode(ask.tx, ask.viewer, code.list, code.code, last)
  if (outcome === 'before it began') return wrong(words.beforeItBegan)
  return redirect(`${home}?${outcome === 'ended' ? 'done=codeEnded' : 'not=already'}`)
}

export const sendCodeConfirmed: Handler = async (ask) => {
  const code = await find(ask)
  await confirmCode(ask.tx, ask.viewer, code.list, code.code)
  return redirect(`${home}?done=codeConfirmed`)
}

const find = async (ask: Ask): Promise<Code> => {
  const { list, code } = ask.params
  const found = (await codesOf(ask.tx, ask.place.id)).findLast((one) => one.list === list && one.code === code)
  if (!found) throw new NotFound()
  return found
}

const codeView = async (
  ask: Ask,
  code: Code,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Promise<Answer> => {
  const words = ask.w.agreements.keepCode
  const naming = await namingFor(ask)
  const clauses = await clausesNaming(ask.tx, ask.place.id, code.list, code.code)
  const path = pathOfCode(code)
  const name = code.list === 'class' ? `${code.code} ${code.label}` : code.label
  return agreementsPage(
    ask,
    name,
    <>
      <BackLink href={ask.href(home)}>{ask.w.agreements.codes.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={ask.w.agreements.codes.names[code.list]}>{name}</Title>
      <p class="govuk-body">
        {clauses.length === 0 ? words.inNone : fill(words.inClauses, { clauses: listInWords(clauses, naming) })}
      </p>
      {!code.checked && (
        <Form ask={ask} action={`${path}/confirmed`}>
          <p class="govuk-body">{words.confirmText}</p>
          <Button classes="govuk-button--secondary">{words.confirm}</Button>
        </Form>
      )}
      <h2 class="govuk-heading-m">{words.reviseTitle}</h2>
      <p class="govuk-body">{words.reviseText}</p>
      <Form ask={ask}>
        <Said ask={ask} form={form} errors={errors} />
        <Button preventDoubleClick>{words.revise}</Button>
      </Form>
      {code.valid_to === null && code.list !== 'class' && (
        <>
          <h2 class="govuk-heading-m">{words.endTitle}</h2>
          <p class="govuk-body">{words.endText}</p>
          <Form ask={ask} action={`${path}/end`}>
            <DayField ask={ask} name="last" legend={words.last} form={form} errors={errors} />
            <Button classes="govuk-button--warning">{words.end}</Button>
          </Form>
        </>
      )}
    </>,
    { status: errors.length ? 422 : 200 },
  )
}
