import { z } from 'zod'
import { agencyNames } from '../../../partnership/index.ts'
import { NotFound, type PersonViewer } from '../../../platform/index.ts'
import { asThemself, needOwnWords, OwnBox, ownPage, OwnQuote } from '../../../subjects/index.ts'
import { Button, fill, Form, readForm, redirect, type Ask, type FieldError, type Handler } from '../../../web/index.ts'
import { disagree, type Line } from '../disagree.ts'
import { against } from '../disagreements.ts'
import { ownPlan } from '../own-plan.ts'

/** "I don't agree" with a line of the plan, in their own words. */
export const ownDisagreePage: Handler = async (ask) => {
  const at = await asThemself(ask)
  return at.kind === 'answer' ? at.answer : view(ask, await lineAt(ask, at.viewer))
}

export const sendOwnDisagree: Handler = async (ask) => {
  const at = await asThemself(ask)
  if (at.kind === 'answer') return at.answer
  const line = await lineAt(ask, at.viewer)
  const read = readForm(z.strictObject({ words: needOwnWords(ask, ask.w.own.disagree.missing) }), ask.form)
  if (!read.ok) return view(ask, line, read.errors)
  // Pressed twice, it is said once.
  const { disagreements } = (await ownPlan(ask, at.viewer))!
  const before = against(disagreements, line.id).some((one) => !one.answered_at && one.words === read.value.words)
  if (before) return redirect('/mine/open?done=plan')
  const clock = { at: at.now, zone: ask.place.zone }
  await disagree(ask.tx, ask.house.keys, at.viewer, { line, words: read.value.words }, clock)
  return redirect('/mine/open?done=plan')
}

type Read = Line & { words: string; agency: string }

/** @throws {NotFound} for what is not among what they read of their plan */
const lineAt = async (ask: Ask, viewer: PersonViewer): Promise<Read> => {
  const plan = await ownPlan(ask, viewer)
  const id = ask.params['line']
  const goal = plan?.goals.find((one) => one.id === id)
  const found = goal ?? plan?.actions.find((one) => one.id === id)
  if (!found) throw new NotFound()
  const agency = (await agencyNames(ask.tx, [found.agency_id])).get(found.agency_id) ?? ''
  return { kind: goal ? 'goal' : 'action', id: found.id, words: found.words, agency }
}

const view = (ask: Ask, { words: said, agency }: Read, errors: readonly FieldError[] = []) => {
  const words = ask.w.own
  return ownPage(ask, {
    title: words.disagree.title,
    errors,
    children: (
      <>
        <OwnQuote>{said}</OwnQuote>
        <p class="govuk-body">{fill(words.planDisagree.intro, { agency })}</p>
        <Form ask={ask}>
          <OwnBox ask={ask} name="words" label={words.disagree.words} errors={errors} />
          <Button preventDoubleClick>{words.disagree.button}</Button>
        </Form>
      </>
    ),
  })
}
