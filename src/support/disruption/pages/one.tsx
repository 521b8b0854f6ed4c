import { z } from 'zod'
import { enter, aboutPerson, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  dateShown,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  readForm,
  redirect,
  SummaryList,
  Title,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { PackDone } from '../../packs/pages/packs.tsx'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { toolOf, type Taken } from '../disruption.ts'
import { keepStep } from '../keep.ts'
import { disruptionFor, stepsOf } from '../queries.ts'
import { working } from './new.tsx'
import { readStep, stepBoxes, StepFields } from './step-fields.tsx'

/** One of them: what it is, every step with what was asked at it, and what is new. */
export const disruptionPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view({ ...ask, form: dateShown('on', at.today) }, at)
}

export const sendStep: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { id } = await find(ask, working(at))
  const schema = z.strictObject(stepBoxes(ask)).transform((value, ctx) => readStep(ask, value, at.today, ctx))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  await keepStep(ask.tx, at.worker, { keys: ask.house.keys, subject: at.subject, disruption: id }, read.value, at.now)
  return redirect(`${ask.path}?done=stepped`)
}

const find = (ask: Ask, at: Through) =>
  disruptionFor(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id, ask.params['disruption'])

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const one = await find(ask, at)
  const taken = await stepsOf(ask.tx, ask.house.keys, at.worker.partnership, one.id)
  const { disruption: words, title } = ask.w.packs
  const tool = toolOf(one.tool)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/packs`)}>{title}</BackLink>
        <PackDone ask={ask} />
        <Errors ask={ask} errors={errors} />
        <Title caption={words.title}>{tool.label}</Title>
        <p class="govuk-body">{fill(words.fits, { who: tool.fits.map((who) => words.who[who]).join(', ') })}</p>
        {taken.at(-1)?.criminalise === 'it could' && <WarningText>{words.warning}</WarningText>}
        <SummaryList
          rows={[
            { key: words.aim, value: one.aim },
            { key: words.by, value: one.applied_by },
            { key: words.grounds, value: one.grounds },
          ]}
        />
        {taken.map((step) => (
          <StepTold ask={ask} taken={step} />
        ))}
        {mayPlan(at) && (
          <>
            <h2 class="govuk-heading-m">{words.next}</h2>
            <Form ask={ask} once>
              <StepFields ask={ask} errors={errors} />
              <Button preventDoubleClick>{words.button}</Button>
            </Form>
          </>
        )}
      </>
    ),
  })
}

const StepTold = ({ ask, taken }: { ask: Ask; taken: Taken }) => {
  const { disruption: words } = ask.w.packs
  const said = [
    [words.words, taken.words],
    [ask.w.plan.reviews.view, taken.view],
    [ask.w.plan.reviews.unheard, taken.unheard],
    [words.harmed, taken.harmed],
    [words.criminalise, `${words.criminalises[taken.criminalise]}. ${taken.criminalise_why}`],
  ] as const
  return (
    <section>
      <h2 class="govuk-heading-m">
        {fill(words.stepLine, { step: words.steps[taken.step], day: dayOf(ask, taken.on_date) })}
      </h2>
      {taken.until_on && <p class="govuk-body">{fill(words.untilLine, { day: dayOf(ask, taken.until_on) })}</p>}
      <SummaryList rows={said.filter(([, value]) => value).map(([key, value]) => ({ key, value }))} />
    </section>
  )
}
