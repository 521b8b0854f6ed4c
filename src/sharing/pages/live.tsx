import { z } from 'zod'
import { DayField, dayFields, readDay } from '../../partnership/index.ts'
import { instant, NotFound } from '../../platform/index.ts'
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
  Title,
  typed,
  WarningText,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { goLive, lackingOf, lapse, type Lacking, type WentLive } from '../in-force.ts'
import type { Version } from '../standing.ts'
import { agreementsPage, findVersion, pathOf, when } from './parts.tsx'

export const livePage: Handler = async (ask) => {
  const version = await offered(ask)
  return liveView(ask, version, await lackingOf(ask.tx, ask.viewer, version.id, ask.house.now()))
}

export const sendLive: Handler = async (ask) => {
  const version = await offered(ask)
  const { now } = ask.house
  const span = readSpan(ask)
  if (Array.isArray(span)) return liveView(ask, version, [], span)
  const outcome = await goLive(ask.tx, ask.viewer, version.id, span, now())
  if (outcome === 'live') return redirect(`${pathOf(version)}?done=live`)
  if (outcome === 'already' || outcome === 'not offered') return redirect(`${pathOf(version)}?not=${outcome}`)
  if (typeof outcome === 'object') return liveView(ask, version, outcome.lacking, [], 422)
  return liveView(ask, version, [], [liveError(ask, outcome)])
}

const offered = async (ask: Ask): Promise<Version> => {
  const { version } = await findVersion(ask)
  if (version.state !== 'offered') throw new NotFound()
  return version
}

const liveError = (ask: Ask, outcome: Exclude<WentLive, { lacking: Lacking[] }>): FieldError => {
  const words = ask.w.agreements.live
  if (outcome === 'ends before it begins') return { field: 'until-day', text: words.backwards }
  if (outcome === 'another begins later') return { field: 'begins', text: words.another }
  return { field: 'begins', text: outcome === 'nothing above' ? words.nothingAbove : words.past }
}

const clock = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/

/** From when and until when, by the partnership's own clocks: a last day ends at its midnight, whatever the season. */
const readSpan = (ask: Ask): { from: Date; to: Date | null } | FieldError[] => {
  const words = ask.w.agreements.live
  const schema = z.strictObject({
    begins: z.enum(['now', 'later'], words.whenMissing),
    ...dayFields('from'),
    ...dayFields('until'),
    time: z.string().trim().max(10, words.timeWrong).default(''),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return given.errors
  const until = readDay(ask.form, 'until')
  const errors: FieldError[] = []
  let from = ask.house.now()
  if (given.value.begins === 'later') {
    const date = readDay(ask.form, 'from')
    const time = clock.exec(given.value.time)
    if (!date) errors.push({ field: 'from-day', text: words.dayMissing })
    if (!time) errors.push({ field: 'time', text: words.timeWrong })
    if (date && time) from = instant(date, Number(time[1]) * 60 + Number(time[2]), ask.place.zone)
  }
  if (until === undefined) errors.push({ field: 'until-day', text: ask.w.partnership.dayWrong })
  if (errors.length) return errors
  return { from, to: until ? instant(until, 24 * 60, ask.place.zone) : null }
}

const liveView = (
  ask: Ask,
  version: Version,
  lacking: readonly Lacking[],
  errors: readonly FieldError[] = [],
  status: 200 | 422 = errors.length ? 422 : 200,
): Answer => {
  const words = ask.w.agreements.live
  const { form } = ask
  return agreementsPage(
    ask,
    words.title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.title}>{words.title}</Title>
      {lacking.length > 0 ? (
        <>
          <p class="govuk-body">{words.lacking}</p>
          <ul class="govuk-list govuk-list--bullet">
            {lacking.map(({ name, lacks }) => (
              <li>{fill(words.lacks[lacks], { agency: name })}</li>
            ))}
          </ul>
          <p class="govuk-body">{words.lackingText}</p>
        </>
      ) : (
        <Form ask={ask}>
          <p class="govuk-body">{words.intro}</p>
          <Radios
            name="begins"
            fieldset={{ legend: { text: words.when, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(form, 'begins')}
            errorMessage={errorFor(errors, 'begins')}
            items={[
              { value: 'now', text: words.now },
              {
                value: 'later',
                text: words.later,
                conditional: (
                  <>
                    <DayField ask={ask} name="from" legend={words.day} form={form} errors={errors} />
                    <Input
                      name="time"
                      label={words.time}
                      hint={words.timeHint}
                      classes="govuk-input--width-5"
                      value={typed(form, 'time')}
                      errorMessage={errorFor(errors, 'time')}
                    />
                  </>
                ),
              },
            ]}
          />
          <DayField ask={ask} name="until" legend={words.until} hint={words.untilHint} form={form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      )}
    </>,
    { status },
  )
}

export const lapsePage: Handler = async (ask) => lapseView(ask, await inForce(ask))

export const sendLapse: Handler = async (ask) => {
  const version = await inForce(ask)
  const words = ask.w.agreements.lapse
  const schema = z.strictObject({ ends: z.enum(['now', 'later'], words.whenMissing), ...dayFields('until') })
  const given = readForm(schema, ask.form)
  if (!given.ok) return lapseView(ask, version, given.errors)
  const now = ask.house.now()
  const until = given.value.ends === 'later' ? readDay(ask.form, 'until') : undefined
  if (given.value.ends === 'later' && !until)
    return lapseView(ask, version, [{ field: 'until-day', text: words.dayMissing }])
  const end = until ? instant(until, 24 * 60, ask.place.zone) : now
  const outcome = await lapse(ask.tx, ask.viewer, version.id, end, now)
  if (outcome === 'lapses') return redirect(`${pathOf(version)}?done=lapses`)
  if (outcome === 'not live') return redirect(`${pathOf(version)}?not=already`)
  const text =
    outcome === 'not begun' ? words.notBegun : fill(words.tooLate, { when: when(ask, version.effective_to!) })
  return lapseView(ask, version, [{ field: 'until-day', text }])
}

const inForce = async (ask: Ask): Promise<Version> => {
  const { version } = await findVersion(ask)
  if (version.state !== 'in force' && version.state !== 'ending') throw new NotFound()
  return version
}

const lapseView = (ask: Ask, version: Version, errors: readonly FieldError[] = []): Answer => {
  const words = ask.w.agreements.lapse
  return agreementsPage(
    ask,
    words.title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={version.title}>{words.title}</Title>
      <p class="govuk-body">{words.intro}</p>
      {version.tier === 0 && <WarningText>{words.frontDoor}</WarningText>}
      <Form ask={ask}>
        <Radios
          name="ends"
          fieldset={{ legend: { text: words.when, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'ends')}
          errorMessage={errorFor(errors, 'ends')}
          items={[
            { value: 'now', text: words.now },
            {
              value: 'later',
              text: words.later,
              conditional: <DayField ask={ask} name="until" legend={words.day} form={ask.form} errors={errors} />,
            },
          ]}
        />
        <Button classes="govuk-button--warning" preventDoubleClick>
          {words.button}
        </Button>
      </Form>
    </>,
    { status: errors.length ? 422 : 200 },
  )
}
