import { z } from 'zod'
import { dateBoxes, DateBoxes, needDate, readForm, redirect } from '../../../web/index.ts'
import { planSession } from '../deliver.ts'
import { keptForm } from '../kept-form.ts'
import { groupsOf } from '../session-queries.ts'
import { line, LineField, prose, ProseField } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'
import { voicesShown } from './voices-shown.tsx'

/** A session: when, where, what for, and its agenda. Whose voice is missing so far stands beside it. */
export const newSessionPages = keptForm({
  send: async (ask, at) => {
    const words = ask.w.projects.session.form
    const read = readForm(
      z
        .strictObject({
          purpose: line(ask, words.purposeMissing),
          ...dateBoxes(ask, 'on'),
          place: line(ask),
          agenda: prose(ask),
        })
        .transform((value, ctx) => {
          const { purpose, place, agenda } = value
          const today = `${Number(at.today.slice(0, 4)) + 2}-12-31`
          return {
            purpose,
            place,
            agenda,
            held_on: needDate(ask, value, 'on', { today, missing: words.dayMissing, ctx }),
          }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    const id = await planSession(ask.tx, at.viewer, at.project.id, read.value, at.now)
    return redirect(`${at.base}/sessions/${id}?done=session`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.session.form
    const field = { ask, errors: shown.errors }
    const groups = await groupsOf(ask.tx, at.viewer.partnership, at.project.id)
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/sessions',
      shown,
      children: (
        <>
          <KeptForm ask={ask} button={words.button}>
            <LineField {...field} name="purpose" label={words.purpose} hint={words.purposeHint} />
            <DateBoxes {...field} name="on" legend={words.on} form={ask.form} />
            <LineField {...field} name="place" label={words.place} />
            <ProseField {...field} name="agenda" label={words.agenda} hint={words.agendaHint} />
          </KeptForm>
          {await voicesShown(ask, at, groups)}
        </>
      ),
    })
  },
})
