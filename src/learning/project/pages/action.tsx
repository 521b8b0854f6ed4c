import { z } from 'zod'
import { isId, NotFound } from '../../../platform/index.ts'
import { dateBoxes, DateBoxes, fill, needDate, readForm, redirect, type Ask } from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import { addAction, finishAction } from '../deliver.ts'
import { keptForm } from '../kept-form.ts'
import { actionsOf } from '../queries.ts'
import { sessionFor } from '../session-queries.ts'
import { agencyChoices, ChoiceField, line, LineField, oneOf, prose, ProseField } from './fields.tsx'
import { dayOf, formPage, KeptForm } from './frame.tsx'

/** What somebody takes on: in a session, or between two. */
export const newActionPages = keptForm({
  send: async (ask, at) => {
    const words = ask.w.projects.actions.form
    const session = await sessionHere(ask, at)
    const agencies = (await agencyChoices(ask, at)).map(({ value }) => value)
    const read = readForm(
      z
        .strictObject({
          words: line(ask, words.wordsMissing),
          owner_name: line(ask, words.ownerMissing),
          agency: oneOf(agencies, words.agencyMissing),
          ...dateBoxes(ask, 'due'),
        })
        .transform((value, ctx) => {
          const today = `${Number(at.today.slice(0, 4)) + 3}-12-31`
          const due_on = needDate(ask, value, 'due', { today, missing: words.dueMissing, ctx })
          return { words: value.words, owner_name: value.owner_name, agency: value.agency, due_on }
        }),
      ask.form,
    )
    if (!read.ok) return read.errors
    await addAction(ask.tx, at.viewer, at.project.id, { ...read.value, session: session?.id ?? null }, at.now)
    return redirect(`${at.base}${session ? `/sessions/${session.id}` : ''}?done=action`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.actions.form
    const session = await sessionHere(ask, at)
    const field = { ask, errors: shown.errors }
    return formPage({
      ask,
      at,
      title: words.title,
      back: session ? `/sessions/${session.id}` : '',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <LineField {...field} name="words" label={words.words} />
          <LineField {...field} name="owner_name" label={words.owner} hint={words.ownerHint} />
          <ChoiceField {...field} name="agency" label={words.agency} items={await agencyChoices(ask, at)} />
          <DateBoxes {...field} name="due" legend={words.due} form={ask.form} />
        </KeptForm>
      ),
    })
  },
})

const sessionHere = async (ask: Ask, at: At) =>
  ask.params['session'] === undefined
    ? undefined
    : sessionFor(ask.tx, at.viewer.partnership, at.project.id, ask.params['session'])

/** @throws {NotFound} for one that is not there, or done */
const openAction = async (ask: Ask, at: At) => {
  const id = ask.params['action'] ?? ''
  const all = isId(id) ? await actionsOf(ask.tx, at.viewer.partnership, at.project.id) : []
  const one = all.find((action) => action.id === id && !action.done_at)
  if (!one) throw new NotFound()
  return one
}

/** What became of it. */
export const actionPages = keptForm({
  send: async (ask, at) => {
    const { id } = await openAction(ask, at)
    const read = readForm(z.strictObject({ outcome: prose(ask, ask.w.projects.actions.one.missing) }), ask.form)
    if (!read.ok) return read.errors
    await finishAction(ask.tx, at.viewer, { project: at.project.id, action: id }, read.value.outcome, at.now)
    return redirect(`${at.base}?done=actionDone`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.actions.one
    const one = await openAction(ask, at)
    return formPage({
      ask,
      at,
      title: words.title,
      back: '',
      shown,
      children: (
        <>
          <p class="govuk-body-l">{one.words}</p>
          <p class="govuk-body">{fill(words.by, { owner: one.owner_name, day: dayOf(ask, one.due_on) })}</p>
          <KeptForm ask={ask} button={words.button}>
            <ProseField ask={ask} errors={shown.errors} name="outcome" label={words.outcome} rows={4} />
          </KeptForm>
        </>
      ),
    })
  },
})
