import { z } from 'zod'
import { breakGlass, codesOf, endBreakGlass, endOfDay, glassMinutes, statePurpose } from '../../sharing/index.ts'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  InterruptionCard,
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
} from '../../web/index.ts'
import { approach, type AtGate } from '../approach.ts'
import { homeOf } from '../contexts/context.ts'
import { PurposeFields } from './purpose.tsx'

/** For somebody whose agency has a clause, but who does not work with this person: what breaking the glass would mean. */
export const glassDoor = (ask: Ask, at: AtGate) => view(ask, at)

/**
 * Opens it when nothing but the relationship stands between, for the purpose stated in the same form: the reason first,
 * then one page that says what will happen, then the record.
 */
export const sendGlass: Handler = async (ask) => {
  const at = await approach(ask, ask.params['id']!)
  if (at.ways.open.length > 0) return redirect(homeOf(at.subject))
  if (at.ways.glass.length === 0) throw new NotFound()
  const { glass: words, purpose: asked } = ask.w.subjects
  const of = (part: 'purpose' | 'basis' | 'condition') =>
    [...new Set(at.ways.glass.map((way) => way[part]))].filter((code) => code !== '') as [string, ...string[]]
  const read = readForm(
    z.strictObject({
      why: z.string(words.whyMissing).trim().min(10, words.whyMissing).max(2000, words.whyLong),
      minutes: z.enum(glassMinutes.map(String) as [string, ...string[]], words.minutesMissing),
      purpose: z.enum(of('purpose'), asked.purposeMissing),
      basis: z.enum(of('basis'), asked.basisMissing),
      condition: z.enum(['', ...of('condition')]).default(''),
      sure: z.enum(['yes', 'no']).optional(),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const { why, minutes, sure, ...stated } = read.value
  const fits = at.ways.glass.some(
    (way) => way.purpose === stated.purpose && way.basis === stated.basis && way.condition === stated.condition,
  )
  if (!fits) return view(ask, at, [{ field: 'basis', text: asked.notTogether }])
  if (sure === 'no') return view(ask, at)
  if (sure !== 'yes') return interrupt(ask, at, { why, minutes, ...stated })
  await breakGlass(ask.tx, ask.house.keys, at.worker, {
    subject: at.subject.id,
    why,
    minutes: Number(minutes),
    at: at.now,
  })
  const until = await endOfDay(ask.tx, at.now, ask.place.zone)
  await statePurpose(ask.tx, at.worker, at.subject.id, { ...stated, until }, at.now)
  return redirect(homeOf(at.subject))
}

export const sendGlassEnd: Handler = async (ask) => {
  const at = await approach(ask, ask.params['id']!)
  await endBreakGlass(ask.tx, at.worker, at.subject.id, at.now)
  return redirect('/people')
}

/** The last page before it opens. What was written travels along in it, and nothing of it is kept yet. */
const interrupt = (ask: Ask, at: AtGate, said: Record<string, string>) => {
  const words = ask.w.subjects.glass.sure
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <Form ask={ask} action={`/people/${at.subject.id}/break-glass`}>
        {Object.entries(said).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <InterruptionCard
          heading={words.title}
          primaryAction={{ text: fill(words.button, said), attributes: { name: 'sure', value: 'yes' } }}
          secondaryAction={{ text: words.leave, href: ask.href('/people') }}
        >
          <p class="govuk-body">{words.intro}</p>
          <ul class="govuk-list govuk-list--bullet">
            {words.will.map((line) => (
              <li>{fill(line, said)}</li>
            ))}
          </ul>
          <p class="govuk-body">{words.why}</p>
          <p class="govuk-body govuk-!-font-weight-bold trellis-words" dir="auto">
            {said['why']}
          </p>
          <button class="trellis-link-button" name="sure" value="no">
            {words.change}
          </button>
        </InterruptionCard>
      </Form>
    ),
  })
}

const view = async (ask: Ask, at: AtGate, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.glass
  const codes = await codesOf(ask.tx, ask.place.id)
  return page({
    title: words.title,
    status: errors.length ? 422 : 403,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.text}</p>
        <p class="govuk-body">{words.ask}</p>
        <h2 class="govuk-heading-m">{words.heading}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {words.will.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <Form ask={ask} action={`/people/${at.subject.id}/break-glass`}>
          <Textarea
            name="why"
            label={words.why}
            rows={4}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Radios
            name="minutes"
            classes="govuk-radios--inline"
            fieldset={{ legend: { text: words.minutes, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'minutes')}
            value={typed(ask.form, 'minutes')}
            items={glassMinutes.map((minutes) => ({ value: String(minutes), text: fill(words.minute, { minutes }) }))}
          />
          <PurposeFields ask={ask} ways={at.ways.glass} codes={codes} errors={errors} />
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.button}
          </Button>
        </Form>
      </>
    ),
  })
}
