import { z } from 'zod'
import { localDate } from '../../../platform/index.ts'
import { Button, Checkboxes, Form, keptPage, readForm, redirect, type Ask, type Handler } from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import { mayShow, showEntries, shownOf } from '../../own/written.ts'
import { chronologyOf, type Entry } from '../../chronology.ts'
import { day } from '../said.tsx'
import { formPage } from '../voice/frame.tsx'
import { inCircle } from './ways.tsx'

/** Which entries of the agency the person reads on their own page. */
export const writtenPage: Handler = async (ask) => {
  const at = await inCircle(ask)
  if (at.kind === 'answer') return at.answer
  const may = await mayBeShown(ask, at)
  const there = await shownOf(ask.tx, at.worker.partnership, at.subject.id)
  const words = ask.w.own.way.written
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/way`,
    children:
      may.length === 0 ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        <>
          <p class="govuk-body">{words.intro}</p>
          <Form ask={ask} once>
            <Checkboxes
              name="entry"
              idPrefix="entry"
              fieldset={{ legend: { text: words.legend, classes: 'govuk-fieldset__legend--m' } }}
              values={[...there]}
              items={may.map((entry) => ({
                value: entry.id,
                text: entry.words,
                hint: day(localDate(entry.happened_at, ask.place.zone)),
              }))}
            />
            <input type="hidden" name="shown" value="yes" />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        </>
      ),
  })
}

export const sendWritten: Handler = async (ask) => {
  const at = await inCircle(ask)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const many = z.preprocess((value) => [value ?? []].flat(), z.array(z.string()).max(200))
  const read = readForm(z.strictObject({ entry: many, shown: z.string().optional() }), ask.form)
  if (!read.ok) return redirect(`/people/${at.subject.id}/way/written`)
  const may = await mayBeShown(ask, at)
  await showEntries(ask.tx, at.worker, at.subject.id, { may, wanted: read.value.entry }, at.now)
  return redirect(`/people/${at.subject.id}/way?done=shown`)
}

const mayBeShown = async (ask: Ask, at: Through): Promise<Entry[]> => {
  const entries = await chronologyOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  return entries.filter((entry) => mayShow(entry, at.worker))
}
