import { z } from 'zod'
import { hasRole } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { changeRule, changesOf, patternRule, type PatternRule } from '../../patterns/rule.ts'
import { soon } from '../said.tsx'
import { sentenceOf } from './parts.tsx'

/** One rule: read by everybody at the front door, switched and tuned by a manager, with every change and its reason. */
export const patternRulePage: Handler = (ask) => view(ask)

export const patternRuleSent: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const rule = await patternRule(ask.tx, worker.partnership, ask.params['rule'])
  const words = ask.w.patterns.rule
  const whole = (from: number, to: number, wrong: string) =>
    z
      .string(wrong)
      .trim()
      .regex(/^\d{1,4}$/, wrong)
      .transform(Number)
      .refine((number) => number >= from && number <= to, wrong)
  const read = readForm(
    z.strictObject({
      is_on: z.enum(['yes', 'no'], words.onMissing),
      least: whole(2, 50, words.leastWrong),
      days: whole(1, 365, words.daysWrong),
      ...(rule.before_days !== null && { before_days: whole(1, 3650, words.beforeWrong) }),
      why: z.string(words.whyMissing).trim().min(1, words.whyMissing).max(2000, words.long),
      was: z.coerce.number().int().catch(-1),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const { is_on, was, why, least, days, before_days } = read.value as {
    is_on: 'yes' | 'no'
    was: number
    why: string
    least: number
    days: number
    before_days?: number
  }
  const said = await changeRule(ask.tx, ask.house.keys, worker, rule.code, {
    was,
    on: is_on === 'yes',
    least,
    days,
    before_days: before_days ?? null,
    why,
    at: ask.house.now(),
  })
  if (said === 'changed') return redirect('/patterns?done=rule')
  const theirs = await patternRule(ask.tx, worker.partnership, rule.code)
  const state = theirs.on ? ask.w.patterns.on : ask.w.patterns.off
  return view(ask, [{ field: 'least', text: fill(words.stale, { ...numbersOf(theirs), state }) }])
}

const numbersOf = ({ least, days }: PatternRule) => ({ least, days })

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const worker = frontDoor(ask.viewer)
  const rule = await patternRule(ask.tx, worker.partnership, ask.params['rule'])
  const changes = await changesOf(ask.tx, ask.house.keys, worker.partnership, rule.code)
  const people = await namesFor(
    ask.tx,
    changes.map(({ changed_by }) => changed_by),
  )
  const words = ask.w.patterns
  return page({
    title: words.rule.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/patterns')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={words.names[rule.code]}>{words.rule.title}</Title>
        <p class="govuk-body">{sentenceOf(ask, rule)}</p>
        {hasRole(worker, 'manager') ? (
          <Fields ask={ask} rule={rule} errors={errors} />
        ) : (
          <p class="govuk-body">{words.rule.readOnly}</p>
        )}
        <h2 class="govuk-heading-m">{words.rule.history}</h2>
        {changes.length === 0 && <p class="govuk-body">{words.rule.noHistory}</p>}
        <ol class="govuk-list govuk-list--spaced" reversed>
          {changes.map((change) => (
            <li>
              {fill(words.rule.said, {
                state: change.on ? words.on : words.off,
                sentence: sentenceOf(ask, change),
              })}
              <br />
              <span class="govuk-hint trellis-inline">
                {people.get(change.changed_by)?.name ?? ask.w.duty.someone}, {soon(ask, change.changed_at)}:
              </span>{' '}
              <bdi class="trellis-words">{change.why}</bdi>
            </li>
          ))}
        </ol>
      </>
    ),
  })
}

const Fields = ({ ask, rule, errors }: { ask: Ask; rule: PatternRule; errors: readonly FieldError[] }) => {
  const words = ask.w.patterns.rule
  const form: Ask['form'] =
    errors.length > 0
      ? ask.form
      : {
          is_on: rule.on ? 'yes' : 'no',
          least: String(rule.least),
          days: String(rule.days),
          before_days: String(rule.before_days ?? ''),
        }
  const number = (name: 'least' | 'days' | 'before_days', label: string) => (
    <Input
      name={name}
      label={label}
      inputmode="numeric"
      classes="govuk-input--width-4"
      value={typed(form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
    />
  )
  return (
    <Form ask={ask}>
      <input type="hidden" name="was" value={rule.number} />
      <Radios
        name="is_on"
        classes="govuk-radios--inline"
        fieldset={{ legend: { text: words.on, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(form, 'is_on')}
        errorMessage={errorFor(errors, 'is_on')}
        items={[
          { value: 'yes', text: ask.w.patterns.on },
          { value: 'no', text: ask.w.patterns.off },
        ]}
      />
      {number('least', words.least[rule.code])}
      {number('days', words.days)}
      {rule.before_days !== null && number('before_days', words.before)}
      <Textarea
        name="why"
        label={words.why}
        hint={words.whyHint}
        value={typed(form, 'why')}
        errorMessage={errorFor(errors, 'why')}
        rows={3}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
