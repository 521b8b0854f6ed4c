import { z } from 'zod'
import { redirect, errorFor, Radios, Textarea, typed, type Handler } from '../../../web/index.ts'
import { isPaused } from '../../clock-words.ts'
import { frontDoor } from '../../front-door.ts'
import { clocksOf } from '../../opened.ts'
import { pause as pauseClock, resume as runOn } from '../../pause.ts'
import { named } from '../said.tsx'
import { act, written } from './act.tsx'

/** Pausing a clock, with the reason. */
export const pause = act({
  path: 'pause',
  done: 'paused',
  title: (words) => words.pauseForm.title,
  button: (words) => words.pauseForm.button,
  facts: async (ask, { id }) => {
    const clocks = await clocksOf(ask.tx, frontDoor(ask.viewer), id)
    return clocks.filter((clock) => clock.stopped_at === null && !isPaused(clock))
  },
  nothing: (words, running) => (running.length ? undefined : words.pauseForm.none),
  schema: (words) => z.strictObject({ run: z.uuid(words.errors.clock), why: written(words, words.errors.why) }),
  fields: ({ ask, facts, errors }) => (
    <>
      <Radios
        name="run"
        fieldset={{ legend: { text: ask.w.duty.pauseForm.clock, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'run') || (facts.length === 1 ? facts[0]!.id : ask.query['run'])}
        errorMessage={errorFor(errors, 'run')}
        items={facts.map(({ id, clock }) => ({ value: id, text: named(ask.w.duty.clocks, clock) }))}
      />
      <Textarea
        name="why"
        rows={3}
        label={ask.w.duty.pauseForm.why}
        hint={ask.w.duty.pauseForm.hint}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
    </>
  ),
  act: async (ask, { id }, value) => {
    const outcome = await pauseClock(ask.tx, ask.house.keys, ask.viewer, id, { ...value, at: ask.house.now() })
    return outcome === 'paused' ? undefined : ask.w.duty.pauseForm.stopped
  },
})

/** Lets a paused clock run on: one press, nothing to say. */
export const resume: Handler = async (ask) => {
  const id = ask.params['id']!
  await runOn(ask.tx, ask.viewer, id, { run: typed(ask.form, 'run'), at: ask.house.now() })
  return redirect(`/concerns/${id}?done=resumed`)
}
