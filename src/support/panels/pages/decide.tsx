import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { aboutMeeting, atMeeting, day, mayKeep, type AtMeeting, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import type { ActionSaid } from '../../plan/act.ts'
import { mayPlan } from '../../plan/may.ts'
import { ownersFor } from '../../plan/owners.ts'
import { DueBoxes, ownerBoxes, OwnerFields, readDue, readOwner } from '../../plan/pages/owner-fields.tsx'
import { WordsBox } from '../../plan/pages/frame.tsx'
import { partsOf, type Owner, type Part } from '../../plan/plan.ts'
import { planOf } from '../../plan/queries.ts'
import { decideAt, type ToDo } from '../minutes.ts'

const most = 4000

/** A decision of a meeting, and what one person is to do of it by a day. */
export const decidePage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  return there.kind === 'answer' ? there.answer : view(ask, there)
}

export const sendDecide: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { at, meeting, base } = there
  const words = ask.w.panels.decide
  const lands = await landsIn(ask, at)
  const owners = await ownersFor(ask, at)
  const long = fill(words.long, { most: most.toLocaleString('en-GB') })
  const said = (missing: string) => z.string(missing).regex(/\S/, missing).max(most, long)
  const schema = z
    .strictObject({
      words: said(words.wordsMissing),
      why: said(words.whyMissing),
      act: z.enum(['yes', 'no'], words.actMissing),
      todo: z.string().trim().max(most, long).default(''),
      ...ownerBoxes(ask),
      part: z.string().default(''),
    })
    .transform((value, ctx) => {
      const { words: decided, why, act } = value
      if (act === 'no') return { words: decided, why, todo: undefined }
      const part = partsOf(at.subject).find((one) => one === value.part)
      if (!value.todo) ctx.addIssue({ code: 'custom', message: words.todoMissing, path: ['todo'] })
      if (lands !== 'entry' && !part)
        ctx.addIssue({ code: 'custom', message: ask.w.plan.goal.partMissing, path: ['part'] })
      const owner = readOwner(ask, owners, value, ctx)
      const due_on = readDue(ask, at.today, value, ctx)
      return { words: decided, why, todo: owner && { part, words: value.todo, owner, due_on } }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, there, read.errors)
  const { todo, ...decision } = read.value
  const nameOf = ({ staff, name }: Owner): string =>
    (staff === null ? name : owners.people.find(({ id }) => id === staff)?.name) ?? ''
  const landing: ToDo =
    todo &&
    {
      plan: () => ({ plan: asAction(todo) }),
      proposed: () => ({ proposed: asAction(todo) }),
      entry: () => ({ entry: asEntry(ask, todo, nameOf(todo.owner)) }),
    }[lands]()
  const of = { meeting, subject: at.subject }
  await decideAt(ask.tx, ask.house.keys, at.worker, of, { ...decision, todo: landing }, at.now)
  return redirect(`${base}/minutes?done=${todo && lands === 'proposed' ? 'proposed' : 'decided'}`)
}

type Said = { part: Part | undefined; words: string; owner: Owner; due_on: string }
const asAction = ({ part, words, owner, due_on }: Said): ActionSaid => ({
  part: part!,
  goal: null,
  words,
  owner,
  due_on,
})
/** The plan is kept by the circle: from outside it what is to be done is proposed, and whether there is a plan is not told. */
const landsIn = async (ask: Ask, at: Through): Promise<'plan' | 'entry' | 'proposed'> => {
  if (!mayPlan(at)) return 'proposed'
  return (await planOf(ask.tx, at.worker.partnership, at.subject.id)) ? 'plan' : 'entry'
}
const asEntry = (ask: Ask, { words, due_on }: Said, owner: string): string =>
  fill(ask.w.panels.decide.entry, { words, owner, day: day(ask, new Date(`${due_on}T12:00:00Z`)) })

const view = async (ask: Ask, there: AtMeeting, errors: readonly FieldError[] = []) => {
  const { at, meeting, base } = there
  if (!mayKeep(at.worker, meeting)) throw new NotFound()
  const words = ask.w.panels.decide
  const lands = await landsIn(ask, at)
  const owners = await ownersFor(ask, at)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(`${base}/minutes`)}>{ask.w.panels.minutes.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask} once>
          <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
          <WordsBox ask={ask} name="why" label={words.why} errors={errors} />
          <Radios
            name="act"
            fieldset={{ legend: { text: words.act, classes: 'govuk-fieldset__legend--s' } }}
            hint={words.lands[lands]}
            value={typed(ask.form, 'act')}
            errorMessage={errorFor(errors, 'act')}
            items={[
              {
                value: 'yes',
                text: words.yes,
                conditional: (
                  <>
                    <WordsBox ask={ask} name="todo" label={words.todo} rows={2} errors={errors} />
                    {lands !== 'entry' && <PartRadios ask={ask} parts={partsOf(at.subject)} errors={errors} />}
                    <OwnerFields ask={ask} owners={owners} errors={errors} />
                    <DueBoxes ask={ask} errors={errors} />
                  </>
                ),
              },
              { value: 'no', text: words.no },
            ]}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const PartRadios = ({ ask, parts, errors }: { ask: Ask; parts: readonly Part[]; errors: readonly FieldError[] }) => (
  <Radios
    name="part"
    fieldset={{ legend: { text: ask.w.plan.goal.part, classes: 'govuk-fieldset__legend--s' } }}
    value={typed(ask.form, 'part')}
    errorMessage={errorFor(errors, 'part')}
    items={parts.map((value) => ({ value, text: ask.w.plan.parts[value] }))}
  />
)
