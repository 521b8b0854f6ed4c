import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { readForm, redirect, type Ask } from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import { keptForm } from '../kept-form.ts'
import { differencesOf } from '../queries.ts'
import { noteDifference, settleDifference } from '../scope.ts'
import { Prose } from '../../prose-shown.tsx'
import { prose, ProseField } from './fields.tsx'
import { formPage, KeptForm } from './frame.tsx'

/** Where leaders differ, in words that each of them would recognise. */
export const newDifferencePages = keptForm({
  send: async (ask, at) => {
    const read = readForm(z.strictObject({ words: prose(ask, ask.w.projects.scoping.difference.missing) }), ask.form)
    if (!read.ok) return read.errors
    await noteDifference(ask.tx, at.viewer, at.project.id, read.value.words, at.now)
    return redirect(`${at.base}/scoping?done=difference`)
  },
  show: (ask, at, shown) => {
    const words = ask.w.projects.scoping.difference
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/scoping',
      shown,
      children: (
        <KeptForm ask={ask} button={words.button}>
          <ProseField ask={ask} errors={shown.errors} name="words" label={words.words} hint={words.hint} />
        </KeptForm>
      ),
    })
  },
})

/** @throws {NotFound} for one that is not there, or was talked through */
const openDifference = async (ask: Ask, at: At) => {
  const all = await differencesOf(ask.tx, at.viewer.partnership, at.project.id)
  const one = all.find(({ id, settled }) => id === ask.params['difference'] && settled === null)
  if (!one) throw new NotFound()
  return one
}

/** How it was talked through. That it remains, and why that is all right, is an answer too. */
export const differencePages = keptForm({
  send: async (ask, at) => {
    const { id } = await openDifference(ask, at)
    const read = readForm(z.strictObject({ settled: prose(ask, ask.w.projects.scoping.settling.missing) }), ask.form)
    if (!read.ok) return read.errors
    const of = { project: at.project.id, difference: id }
    await settleDifference(ask.tx, at.viewer, of, read.value.settled, at.now)
    return redirect(`${at.base}/scoping?done=settled`)
  },
  show: async (ask, at, shown) => {
    const words = ask.w.projects.scoping.settling
    const one = await openDifference(ask, at)
    return formPage({
      ask,
      at,
      title: words.title,
      back: '/scoping',
      shown,
      children: (
        <>
          <Prose>{one.words}</Prose>
          <KeptForm ask={ask} button={words.button}>
            <ProseField ask={ask} errors={shown.errors} name="settled" label={words.words} hint={words.hint} />
          </KeptForm>
        </>
      ),
    })
  },
})
