import { z } from 'zod'
import {
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  fill,
  Form,
  keptPage,
  needDate,
  Radios,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { endRelationship } from '../../relationships/keep.ts'
import { sayers } from '../../relationships/relationship.ts'
import type { Tie } from '../../relationships/who-matters.ts'
import { formPage, needWords } from '../voice/frame.tsx'
import { tieAt } from './change.tsx'

/** A tie that is over: since when, why, and who says so. It stays on record. */
export const endTiePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, (await tieAt(ask, at)).tie)
}

export const sendEndTie: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { tie } = await tieAt(ask, at)
  const words = ask.w.matters.ended
  const schema = z
    .strictObject({
      ...dateBoxes(ask, 'until'),
      why: needWords(ask, words.whyMissing),
      said_by: z.enum(sayers, ask.w.matters.form.saidMissing),
    })
    .transform((value, ctx) => ({
      why: value.why,
      said_by: value.said_by,
      until_on: needDate(ask, value, 'until', { today: at.today, missing: words.untilMissing, ctx }),
    }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, tie, read.errors)
  const ended = { tie: tie.tie_id, ...read.value }
  await endRelationship(ask.tx, ask.house.keys, at.worker, at.subject, ended, at.now)
  return redirect(`/people/${at.subject.id}/who-matters?done=ended`)
}

const view = (ask: Ask, at: Through, tie: Tie, errors: readonly FieldError[] = []) => {
  const { ended: words, form, sayers: named } = ask.w.matters
  return formPage(ask, at, {
    title: fill(words.title, { name: tie.called }),
    back: `/people/${at.subject.id}/who-matters`,
    errors,
    children: (
      <>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <DateBoxes ask={ask} name="until" legend={words.until} form={ask.form} errors={errors} />
          <Textarea
            name="why"
            label={{ text: words.why, classes: 'govuk-label--s' }}
            rows={3}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Radios
            name="said_by"
            fieldset={{ legend: { text: form.said, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'said_by')}
            errorMessage={errorFor(errors, 'said_by')}
            items={sayers.map((value) => ({ value, text: named[value] }))}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
