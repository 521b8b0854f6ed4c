import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  Checkboxes,
  Details,
  errorFor,
  fill,
  Form,
  InsetText,
  Link,
  readForm,
  redirect,
  SummaryList,
  WarningText,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { gatherEighteen, type Eighteen } from '../gather.ts'
import { knownSo } from '../known-so.ts'
import { circumstancesOf } from '../queries.ts'
import { sayCircumstances } from '../say-circumstances.ts'
import { circumstances, fromMonths, isOpen, sides, taskCalled, tasks as allTasks } from '../transition.ts'
import { LegalFrames } from './frames.tsx'
import { personPage, withPerson } from './frame.tsx'
import { Tasks } from './tasks.tsx'

/** One record through the eighteenth birthday: what is to be done, who carries it on both sides, and what the law changes. */
export const eighteenPage = withPerson((ask, at) => view(ask, at))

const ticks = circumstances.filter(({ derived }) => !derived)

export const sendCircumstances = withPerson(async (ask, at) => {
  if (!mayPlan(at)) throw new NotFound()
  const { wrong } = ask.w.eighteen.circumstances
  const codes = z.enum(ticks.map(({ code }) => code))
  const many = z.union([z.array(codes), codes.transform((one) => [one])], wrong).default([])
  const read = readForm(z.strictObject({ so: many }), ask.form)
  if (!read.ok)
    return view(
      ask,
      at,
      read.errors.map(({ text }) => ({ field: 'so', text })),
    )
  const shown = await circumstancesOf(ask.tx, at.worker.partnership, at.subject.id)
  await sayCircumstances(ask.tx, at.worker, at.subject, { shown, said: read.value.so }, { at: at.now, today: at.today })
  return redirect(`/people/${at.subject.id}/eighteen?done=said`)
})

type Shown = { ask: Ask; at: Through; told: Eighteen }

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.eighteen
  const told = await gatherEighteen(ask, at)
  const isAsked = told.hasBegun && mayPlan(at)
  const known = isAsked ? await knownSo(ask, at) : undefined
  const on = at.subject.adult_from
  const shown: Shown = { ask, at, told }
  return personPage({
    ask,
    at,
    title: words.title,
    back: { href: '', text: ask.w.common.back },
    done: (words.done as Record<string, string>)[ask.query['done'] ?? ''],
    errors,
    children: (
      <>
        <p class="govuk-body-l">{words.intro}</p>
        {on === null && <WarningText>{words.noBirthday}</WarningText>}
        {on !== null && !told.hasBegun && (
          <InsetText>{fill(words.begins, { day: dayOf(ask, told.turning?.days.get(fromMonths) ?? on) })}</InsetText>
        )}
        {on !== null && told.frame === 'child' && (
          <InsetText>{fill(words.nothingCloses, { day: dayOf(ask, on) })}</InsetText>
        )}
        {told.hasBegun && <Owners {...shown} />}
        {told.hasBegun && <Tasks {...shown} />}
        {known && <Circumstances {...shown} known={known} errors={errors} />}
        {on !== null && <LegalFrames ask={ask} on={on} isAdult={told.frame === 'adult'} />}
        {told.turning && <ToCome {...shown} />}
      </>
    ),
  })
}

const Owners = ({ ask, at, told }: Shown) => {
  const words = ask.w.eighteen
  const forOne = told.owners.filter(({ task_id }) => task_id !== null && labelIn(told, task_id))
  return (
    <section class="trellis-told" aria-labelledby="both-sides">
      <h2 class="govuk-heading-m trellis-told__title" id="both-sides">
        {words.owners.title}
      </h2>
      <SummaryList
        rows={sides.map((side) => ({
          key: words.sides[side],
          value: told.carries(side),
        }))}
      />
      {forOne.length > 0 && (
        <ul class="govuk-list">
          {forOne.map(({ side, task_id }) => (
            <li>{fill(words.owners.forOne, { who: told.carriedBy(side, task_id!), task: labelIn(told, task_id!) })}</li>
          ))}
        </ul>
      )}
      {mayPlan(at) && (
        <p class="govuk-body">
          <Link href={ask.href(`/people/${at.subject.id}/eighteen/owners`)}>{words.owners.link}</Link>
        </p>
      )}
    </section>
  )
}

/** What an open task is called; '' for one that is done, or that this viewer does not see. */
const labelIn = ({ tasks }: Eighteen, id: string): string => {
  const task = tasks.find((one) => one.id === id && isOpen(one))
  return task ? (taskCalled(task.code)?.label ?? task.code) : ''
}

/** What is so for them calls for tasks of its own. What the viewer may not see is not among the ticks, and stays. */
const Circumstances = (props: Shown & { known: ReadonlyMap<string, string>; errors: readonly FieldError[] }) => {
  const { ask, told, known, errors } = props
  const words = ask.w.eighteen.circumstances
  const said = told.circumstances.map(({ code }) => code)
  // The first time the form begins with what is known; what somebody left out since is not ticked for them again.
  const isFirst = !ticks.some(({ code }) => said.includes(code))
  const items = ticks.map(({ code, label }) => {
    const hint = said.includes(code) ? undefined : known.get(code)
    return { value: code, text: label, ...(hint && { hint }) }
  })
  return (
    <section class="trellis-told" aria-labelledby="circumstances">
      <h2 class="govuk-heading-m trellis-told__title" id="circumstances">
        {words.title}
      </h2>
      <Form ask={ask} once>
        <Checkboxes
          name="so"
          fieldset={{ legend: { text: words.legend, classes: 'govuk-fieldset__legend--s' } }}
          hint={words.hint}
          errorMessage={errorFor(errors, 'so')}
          values={isFirst ? [...said, ...known.keys()] : said}
          items={items}
        />
        <Button classes="govuk-button--secondary" preventDoubleClick>
          {words.button}
        </Button>
      </Form>
    </section>
  )
}

/** What later ages call for, with the day of each, as far as it is known today. */
const ToCome = ({ ask, at, told }: Shown) => {
  const words = ask.w.eighteen
  const there = new Set(told.tasks.map(({ code }) => code))
  const so = new Set(told.circumstances.map(({ code }) => code))
  const coming = allTasks.filter(
    ({ code, months, when }) =>
      !there.has(code) &&
      told.turning!.days.get(months)! > at.today &&
      (when.length === 0 || when.some((one) => so.has(one))),
  )
  if (coming.length === 0) return null
  return (
    <Details summary={words.toCome}>
      <ul class="govuk-list govuk-list--bullet">
        {coming.map(({ months, label }) => (
          <li>{fill(words.toComeRow, { day: dayOf(ask, told.turning!.days.get(months)!), task: label })}</li>
        ))}
      </ul>
    </Details>
  )
}
