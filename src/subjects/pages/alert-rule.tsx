import { z } from 'zod'
import { hasRole } from '../../platform/index.ts'
import { changeMassRule, massRule } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  NotificationBanner,
  page,
  readForm,
  redirect,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'

/** From how many people in how many minutes on a look is part of a mass view. */
export const alertRulePage: Handler = (ask) => view(ask)

export const sendAlertRule: Handler = async (ask) => {
  const words = ask.w.alerts.rule
  const whole = (from: number, to: number, wrong: string) =>
    z
      .string(wrong)
      .trim()
      .regex(/^\d{1,4}$/, wrong)
      .transform(Number)
      .refine((number) => number >= from && number <= to, wrong)
  const read = readForm(
    z.strictObject({
      people: whole(2, 1000, words.peopleWrong),
      minutes: whole(5, 1440, words.minutesWrong),
      searches: z.literal('yes').optional(),
      was: z.coerce.number().int().catch(0),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const { people, minutes, searches, was } = read.value
  const said = await changeMassRule(ask.tx, ask.viewer, {
    was,
    people,
    minutes,
    searches: searches === 'yes',
    at: ask.house.now(),
  })
  if (said === 'changed before') {
    const theirs = await massRule(ask.tx, ask.place.id)
    const text = fill(words.stale, { people: theirs.people, minutes: theirs.minutes })
    return view(ask, [{ field: 'people', text }])
  }
  return redirect('/alerts/rule?done=saved')
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const rule = await massRule(ask.tx, ask.place.id)
  const words = ask.w.alerts.rule
  const form: Ask['form'] =
    errors.length > 0
      ? ask.form
      : { people: String(rule.people), minutes: String(rule.minutes), ...(rule.searches && { searches: 'yes' }) }
  const number = (name: 'people' | 'minutes', label: string, hint: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      inputmode="numeric"
      classes="govuk-input--width-4"
      value={typed(form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
    />
  )
  const back = hasRole(ask.viewer, 'guardian') ? '/alerts' : '/work'
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(back)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {ask.query['done'] === 'saved' && errors.length === 0 && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask}>
          <input type="hidden" name="was" value={rule.number} />
          {number('people', words.people, words.peopleHint)}
          {number('minutes', words.minutes, words.minutesHint)}
          <Checkboxes
            name="searches"
            values={ticked(form, 'searches')}
            items={[{ value: 'yes', text: words.searches, hint: { text: words.searchesHint } }]}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
