import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { errorFor, fill, Radios, typed } from '../../../web/index.ts'
import { colleagues } from '../../colleagues.ts'
import { frontDoor } from '../../front-door.ts'
import { hand as handOn } from '../../release.ts'
import { holderOf } from '../../take.ts'
import { act } from './act.tsx'

/** Handing a concern to a colleague at the front door. */
export const hand = act({
  path: 'hand',
  done: 'handed',
  title: (words) => words.handForm.title,
  button: (words) => words.handForm.button,
  facts: async (ask, { id }) => {
    const worker = frontDoor(ask.viewer)
    return { holder: await holderOf(ask.tx, worker, id), people: await colleagues(ask.tx, worker, ask.house.now()) }
  },
  nothing: (words, { people }) => (people.length ? undefined : words.handForm.none),
  schema: (words) =>
    z.strictObject({
      to: z.string(words.errors.colleague).min(1, words.errors.colleague),
      seen: z.string().default(''),
    }),
  fields: ({ ask, facts, errors }) => (
    <>
      <input type="hidden" name="seen" value={facts.holder} />
      <Radios
        name="to"
        fieldset={{ legend: { text: ask.w.duty.handForm.who, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'to')}
        errorMessage={errorFor(errors, 'to')}
        items={facts.people.map(({ id, name, jobTitle }) => ({ value: id, text: name, hint: jobTitle || undefined }))}
      />
    </>
  ),
  act: async (ask, { id }, { to, seen }, { people, holder }) => {
    if (!people.some((person) => person.id === to)) throw new NotFound()
    const outcome = await handOn(ask.tx, ask.viewer, id, { to, seen: seen || null, at: ask.house.now() })
    if (outcome === 'handed') return undefined
    const { changed, changedNobody } = ask.w.duty.handForm
    const named = holder && (await namesFor(ask.tx, [holder])).get(holder)?.name
    return named ? fill(changed, { name: named }) : changedNobody
  },
})
