import { z } from 'zod'
import { concernsSeen } from '../../../concerns/index.ts'
import { concernsAbout } from '../../../joining/index.ts'
import { agencies as allAgencies, agencyNames } from '../../../partnership/index.ts'
import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  fill,
  Form,
  InsetText,
  Link,
  needDate,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { personPage, withPerson } from '../../transition/pages/frame.tsx'
import { thresholdsIn, thresholdsOf } from '../queries.ts'
import { registerThreshold } from '../register.ts'
import { exploitationLabel, exploitations, offerLabel, offers, testLabel, tests } from '../threshold.ts'

/** What was not met for a person, and what was offered each time; writing another down. */
export const thresholdsPage = withPerson(async (ask, at) => view(ask, at, await gather(ask, at)))

const codesOf = (list: readonly { code: string }[], missing: string) =>
  z.string(missing).refine((code) => list.some((one) => one.code === code), missing)

export const sendThreshold = withPerson(async (ask, at) => {
  if (!mayPlan(at)) throw new NotFound()
  const there = await gather(ask, at)
  const words = ask.w.gaps.thresholds.form
  const box = (missing: string) => z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask))
  const schema = z
    .strictObject({
      test: codesOf(tests, words.testMissing),
      agency: z.string(words.agencyMissing).refine((id) => there.agencies.has(id), words.agencyMissing),
      ...dateBoxes(ask, 'on'),
      exploitation: z.string().default(''),
      why: box(words.whyMissing),
      offer: codesOf(offers, words.offerMissing),
      offered: box(words.offeredMissing),
    })
    .transform(({ test, agency, exploitation, why, offer, offered, ...value }, ctx) => ({
      said: { test, agency, why, offer, offered },
      exploitation: exploitations.find(({ code }) => code === exploitation)?.code ?? null,
      decided_on: needDate(ask, value, 'on', { today: at.today, missing: words.onMissing, ctx }),
    }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, there, read.errors)
  const { said, ...more } = read.value
  await registerThreshold(ask.tx, ask.house.keys, at.worker, at.subject, { ...said, ...more }, at.now)
  return redirect(`/people/${at.subject.id}/thresholds?done=kept`)
})

const gather = async (ask: Ask, at: Through) => {
  const { partnership } = at.worker
  const own = await thresholdsOf(ask.tx, ask.house.keys, partnership, at.subject.id)
  const concerns = await concernsSeen(ask.tx, partnership, await concernsAbout(ask.tx, partnership, at.subject.id))
  const decided = await thresholdsIn(
    ask.tx,
    partnership,
    concerns.map(({ id }) => id),
  )
  const there = await allAgencies(ask.tx, partnership)
  const named = [...own, ...decided].map(({ decided_agency_id }) => decided_agency_id)
  const names = await agencyNames(ask.tx, [...new Set([...named, ...there.map(({ id }) => id)])])
  const staff = await namesFor(
    ask.tx,
    own.flatMap(({ entered_by }) => entered_by ?? []),
  )
  return {
    own,
    decided: decided.map((one) => ({ ...one, reference: concerns.find(({ id }) => id === one.concern)!.reference })),
    agencies: new Map(there.map(({ id }) => [id, names.get(id) ?? ''])),
    agencyOf: (id: string): string => names.get(id) ?? '',
    nameOf: (id: string | null): string => staff.get(id ?? '')?.name ?? ask.w.plan.somebody,
  }
}
type There = Awaited<ReturnType<typeof gather>>

const view = (ask: Ask, at: Through, there: There, errors: readonly FieldError[] = []) => {
  const words = ask.w.gaps.thresholds
  return Promise.resolve(
    personPage({
      ask,
      at,
      title: words.title,
      back: { href: '', text: ask.w.common.back },
      done: ask.query['done'] === 'kept' ? words.done : undefined,
      errors,
      children: (
        <>
          <p class="govuk-body-l">{words.intro}</p>
          {mayPlan(at) && (
            <p class="govuk-body">
              <Link href={ask.href(`/people/${at.subject.id}/disputes/new`)}>{ask.w.gaps.section.raise}</Link>
            </p>
          )}
          <Register ask={ask} there={there} />
          {mayPlan(at) && <NewThreshold ask={ask} there={there} errors={errors} />}
        </>
      ),
    }),
  )
}

const Register = ({ ask, there }: { ask: Ask; there: There }) => {
  const words = ask.w.gaps.thresholds
  if (there.own.length + there.decided.length === 0) return <p class="govuk-body">{words.none}</p>
  return (
    <ul class="trellis-rows">
      {there.own.map((one) => (
        <li class="trellis-row">
          <div>
            <span class="trellis-row__name">{testLabel(one.test)}</span>
            <span class="trellis-row__more">
              {fill(words.decided, { agency: there.agencyOf(one.decided_agency_id), day: dayOf(ask, one.decided_on) })}
              {one.exploitation && <> · {exploitationLabel(one.exploitation)}</>}
            </span>
            <p class="govuk-body trellis-words govuk-!-margin-top-2" dir="auto">
              {one.why}
            </p>
            <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
              {fill(words.instead, { offer: offerLabel(one.offer) })}
            </p>
            <p class="govuk-body trellis-words" dir="auto">
              {one.offered}
            </p>
            <span class="trellis-row__more">{fill(words.by, { name: there.nameOf(one.entered_by) })}</span>
          </div>
        </li>
      ))}
      {there.decided.map(({ concern, reference, test, offer, decided_on, decided_agency_id }) => (
        <li class="trellis-row">
          <div>
            <span class="trellis-row__name">{testLabel(test)}</span>
            <span class="trellis-row__more">
              {fill(words.decided, { agency: there.agencyOf(decided_agency_id), day: dayOf(ask, decided_on) })} ·{' '}
              <Link href={ask.href(`/concerns/${concern}`)}>{fill(words.concern, { reference })}</Link>
            </span>
            <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-top-2">
              {fill(words.instead, { offer: offerLabel(offer) })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

const NewThreshold = ({ ask, there, errors }: { ask: Ask; there: There; errors: readonly FieldError[] }) => {
  const words = ask.w.gaps.thresholds.form
  const choice = (name: 'test' | 'agency' | 'exploitation' | 'offer', items: { value: string; text: string }[]) => (
    <Select
      name={name}
      label={{ text: words[name], classes: 'govuk-label--s' }}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      items={[{ value: '', text: '' }, ...items]}
    />
  )
  const listed = (list: readonly { code: string; label: string }[]) =>
    list.map(({ code, label }) => ({ value: code, text: label }))
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <Form ask={ask} once>
        {choice('test', listed(tests))}
        {choice(
          'agency',
          [...there.agencies].map(([value, text]) => ({ value, text })),
        )}
        <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
        {choice('exploitation', listed(exploitations))}
        <WordsBox ask={ask} name="why" label={words.why} hint={words.whyHint} errors={errors} />
        <InsetText>{words.always}</InsetText>
        {choice('offer', listed(offers))}
        <WordsBox ask={ask} name="offered" label={words.offered} hint={words.offeredHint} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>
  )
}
