import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { enter, moment, type Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  InsetText,
  keptPage,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { sayOf } from '../act.ts'
import { maySayOf } from '../may.ts'
import { ownersFor, type Owners } from '../owners.ts'
import { isOpen, isStuck, type Action, type Progress, type Said } from '../plan.ts'
import { actionsOf, progressOf } from '../queries.ts'
import { dayOf } from './dates.ts'
import { formPage, most_words, planOfRecord, tooLong, WordsBox } from './frame.tsx'
import { DueBoxes, ownerBoxes, OwnerFields, readDue, readOwner } from './owner-fields.tsx'

/** One action: what was said of it, and what became of it. */
export const progressPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await find(ask, at))
}

const choicesOf = (action: Action): readonly Said[] =>
  isOpen(action) ? ['done', 'next step', 'stuck', 'given', 'not done'] : ['open again']

export const sendProgress: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const there = await find(ask, at)
  const words = ask.w.plan.progress
  const schema = z
    .strictObject({
      last: z.string().default(''),
      said: z.string().default(''),
      ...ownerBoxes(ask),
      words: z.string().trim().max(most_words, tooLong(ask)).default(''),
    })
    .transform((value, ctx) => {
      const said = choicesOf(there.action).find((one) => one === value.said)
      if (!said) ctx.addIssue({ code: 'custom', message: words.saidMissing, path: ['said'] })
      if (said && said !== 'done' && !value.words)
        ctx.addIssue({ code: 'custom', message: words.wordsMissing, path: ['words'] })
      const dated = said === 'given' || said === 'next step' || said === 'open again'
      return {
        said,
        words: value.words,
        last: value.last,
        ...(dated && { due_on: readDue(ask, at.today, value, ctx) }),
        ...(said === 'given' && { owner: readOwner(ask, there.owners, value, ctx) }),
      }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, there, read.errors)
  const { said, last, owner, ...saying } = read.value
  const of = { keys: ask.house.keys, subject: at.subject, action: { ...there.action, said_id: last } }
  const kept = await sayOf(ask.tx, at.worker, of, { ...saying, said: said!, ...(owner && { owner }) }, at.now)
  if (kept === 'changed meanwhile') return view(ask, at, there, [{ field: 'said', text: words.meanwhile }])
  return redirect(`${planOfRecord(at)}?done=said`)
}

type There = { action: Action; progress: Progress[]; owners: Owners }

/** @throws {NotFound} also for one of which it is not theirs to say anything */
const find = async (ask: Ask, at: Through): Promise<There> => {
  const { tx, house } = ask
  const { partnership } = at.worker
  const [action] = await actionsOf(tx, house.keys, partnership, at.subject.id, ask.params['action'])
  if (!action || !maySayOf(at, action)) throw new NotFound()
  const progress = await progressOf(tx, house.keys, partnership, action.id)
  return { action, progress, owners: await ownersFor(ask, at) }
}

const view = async (ask: Ask, at: Through, { action, progress, owners }: There, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.progress
  const agencies = await agencyNames(ask.tx, [action.owner_agency_id])
  const names = await namesFor(
    ask.tx,
    [action, ...progress].flatMap((one) => [one.owner_id ?? '', 'said_by' in one ? one.said_by : '']),
  )
  const name = names.get(action.owner_id ?? '')?.name ?? (action.owner_name || ask.w.plan.somebody)
  const stuck = isStuck(action, at.today)
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <>
        <p class="govuk-body-l trellis-words" dir="auto">
          {action.words}
        </p>
        <p class="govuk-body">
          {fill(ask.w.plan.owner, { name, agency: agencies.get(action.owner_agency_id) ?? '' })}.{' '}
          {fill(ask.w.plan.due, { day: dayOf(ask, action.due_on) })}.
        </p>
        {stuck && <InsetText>{words.ask}</InsetText>}
        <Form ask={ask} once>
          <input type="hidden" name="last" value={action.said_id} />
          <Radios
            name="said"
            fieldset={{ legend: { text: words.said, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'said') || (stuck ? 'next step' : '')}
            errorMessage={errorFor(errors, 'said')}
            items={choicesOf(action).map((value) => ({
              value,
              text: words.choices[value],
              hint: words.hints[value],
              conditional: value === 'given' ? <OwnerFields ask={ask} owners={owners} errors={errors} /> : undefined,
            }))}
          />
          <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
          <DueBoxes ask={ask} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        <h2 class="govuk-heading-m">{words.history}</h2>
        <ul class="trellis-rows">
          {progress.map((one) => (
            <li class="trellis-row trellis-row--tall">
              <p class="govuk-body govuk-!-font-weight-bold">
                {fill(words.lines[one.said], {
                  name: names.get(one.owner_id ?? '')?.name ?? one.owner_name,
                  day: one.due_on ? dayOf(ask, one.due_on) : '',
                })}
              </p>
              {one.words && (
                <p class="govuk-body trellis-words" dir="auto">
                  {one.words}
                </p>
              )}
              <span class="trellis-row__more">
                {fill(words.by, {
                  name: names.get(one.said_by)?.name ?? ask.w.plan.somebody,
                  when: moment(ask, one.said_at),
                })}
              </span>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
