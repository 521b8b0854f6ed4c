import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { homeOf, personCalled, tiedFor, type Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  errorFor,
  fill,
  Form,
  Input,
  Link,
  needDate,
  Radios,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { partsIn, type PersonIn } from '../context.ts'
import { linkPerson, unlinkPerson } from '../link.ts'
import { peopleIn } from '../queries.ts'
import { contextPage, inContext, mustLine, mustWords, of, workingIn } from './frame.tsx'

export type PersonTied = PersonIn & { reference: string }

/** Who is tied to it, of those whose own records open for this viewer: by reference, and never more than that. */
export const peopleTied = async (ask: Ask, at: Through): Promise<PersonTied[]> => {
  const all = await peopleIn(...of(ask, at), at.today)
  if (all.length === 0) return []
  const clock = { now: at.now, zone: ask.place.zone }
  const ids = all.map(({ person_id }) => person_id)
  const open = await tiedFor(ask.tx, at.worker, ids, clock)
  return all.flatMap((one) => {
    const there = open.find(({ subject }) => subject === one.person_id)
    return there ? [{ ...one, reference: there.reference }] : []
  })
}

export const peoplePage = inContext((ask, at) => view(ask, at))

export const sendPeople = workingIn(async (ask, at) => {
  const words = ask.w.contexts.people
  const lastDay = yearAfter(at.today)
  const schema = z
    .strictObject({
      reference: mustLine(ask, words.referenceMissing),
      part: z.enum(partsIn, words.partMissing),
      why: mustWords(ask, words.whyMissing),
      ...dateBoxes(ask, 'until'),
    })
    .transform((value, ctx) => {
      const until_on = needDate(ask, value, 'until', { today: '9999-12-31', missing: words.untilMissing, ctx })
      if (until_on && (until_on <= at.today || until_on > lastDay))
        ctx.addIssue({ code: 'custom', message: words.untilWrong, path: ['until-day'] })
      return { reference: value.reference, part: value.part, why: value.why, until_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { reference, ...said } = read.value
  const clock = { now: at.now, zone: ask.place.zone }
  const person = await personCalled(ask.tx, at.worker, reference, clock)
  // A record that is not theirs and one that does not exist are the same sentence.
  if (!person) return view(ask, at, [{ field: 'reference', text: words.referenceUnknown }])
  const [tx, keys, , subject] = of(ask, at)
  await linkPerson(tx, keys, at.worker, subject, { ...said, person: person.subject }, at.now)
  return redirect(`${homeOf(at.subject)}/people?done=person`)
})

const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

/** @throws {NotFound} also for a tie to somebody whose record does not open for this viewer */
export const sendPersonEnd = workingIn(async (ask, at) => {
  const tie = ask.params['tie']!
  if (!(await peopleTied(ask, at)).some(({ id }) => id === tie)) throw new NotFound()
  await unlinkPerson(ask.tx, at.worker, { subject: at.subject.id, tie }, at.now)
  return redirect(`${homeOf(at.subject)}/people?done=unperson`)
})

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.people
  const all = await peopleTied(ask, at)
  return contextPage({
    ask,
    at,
    title: words.title,
    intro: words.intro,
    errors,
    children: (
      <>
        {all.length === 0 && <p class="govuk-body">{words.none}</p>}
        {partsIn.map((part) => (
          <Tied ask={ask} at={at} title={words.parts[part]} people={all.filter((one) => one.part === part)} />
        ))}
        {mayPlan(at) && <TieForm ask={ask} errors={errors} />}
      </>
    ),
  })
}

const Tied = (props: { ask: Ask; at: Through; title: string; people: readonly PersonTied[] }) => {
  const { ask, at, title, people } = props
  const words = ask.w.contexts.people
  if (people.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="trellis-rows">
        {people.map(({ id, person_id, reference, until_on, why }) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`/people/${person_id}`)}>{reference}</Link>
              <span class="trellis-row__more trellis-words" dir="auto">
                {fill(words.until, { day: dayOf(ask, until_on), why })}
              </span>
            </div>
            {mayPlan(at) && (
              <div class="trellis-row__tags">
                <Form ask={ask} action={`${homeOf(at.subject)}/people/${id}/end`}>
                  <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                    {words.end} <span class="govuk-visually-hidden">{fill(words.endOf, { reference })}</span>
                  </Button>
                </Form>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const TieForm = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.contexts.people
  return (
    <Form ask={ask} once>
      <h2 class="govuk-heading-m">{words.add}</h2>
      <Input
        name="reference"
        label={{ text: words.reference, classes: 'govuk-label--s' }}
        hint={words.referenceHint}
        classes="govuk-input--width-20"
        value={typed(ask.form, 'reference')}
        errorMessage={errorFor(errors, 'reference')}
        autocomplete="off"
        spellcheck={false}
      />
      <Radios
        name="part"
        fieldset={{ legend: { text: words.part, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'part')}
        errorMessage={errorFor(errors, 'part')}
        items={partsIn.map((value) => ({ value, text: words.parts[value] }))}
      />
      <Textarea
        name="why"
        label={{ text: words.why, classes: 'govuk-label--s' }}
        rows={3}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
      <DateBoxes ask={ask} name="until" legend={words.untilLegend} form={ask.form} errors={errors} />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
