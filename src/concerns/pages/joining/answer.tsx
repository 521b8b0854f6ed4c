import { z } from 'zod'
import { answerBlindly, answers, decide, undo, waterfall, type Decision } from '../../../joining/index.ts'
import type { StaffViewer } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Radios,
  readForm,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { longest } from '../../concern.ts'
import type { Join } from '../../joins.ts'
import { written } from '../concern/act.tsx'
import { when } from '../said.tsx'

/** What was kept, or what the page says instead: at 409 the pair is no longer as it was shown. */
export type Taken =
  { done: 'decided' | 'asked of a second' | 'disagrees' | 'undone' } | { errors: FieldError[]; status?: 409 }

/** Takes the answer to a pair, from a concern's page or from the list. `unsaid` is the reason of whoever gives none, where that may be. */
export const takeAnswer = async (ask: Ask, worker: StaffViewer, found: Join, unsaid?: string): Promise<Taken> => {
  const { form, answers: names } = ask.w.joining
  const why = unsaid ? z.string().trim().max(longest).default('') : written(ask.w.duty, form.whyMissing)
  const read = readForm(z.strictObject({ answer: z.enum(answers, form.answerMissing), why }), ask.form)
  if (!read.ok) return { errors: read.errors }
  const said = { answer: read.value.answer, why: read.value.why || (unsaid ?? ''), at: ask.house.now() }
  const { here, there, steps, id } = found
  if (found.blind?.decision_id) {
    await answerBlindly(ask.tx, ask.house.keys, worker, found, said)
    return { done: 'decided' }
  }
  const { lines } = waterfall(steps, { here: here.standard, there: there.standard }, ask.w.joining)
  const outcome = await decide(ask.tx, ask.house.keys, worker, id, { ...said, shown: lines.map(({ text }) => text) })
  if (outcome.outcome === 'answered already') return refused(form.answeredAlready)
  if (!('standing' in outcome)) return { done: outcome.outcome }
  const { standing } = outcome
  const name = (await namesFor(ask.tx, [standing.staff_id])).get(standing.staff_id)?.name ?? ask.w.duty.someone
  const told = { name, when: when(ask, standing.at), answer: names[standing.answer], why: standing.why ?? '' }
  return refused(fill(outcome.outcome === 'contradicts' ? form.contradicts : form.before, told))
}

/** Takes an answer back, with its reason. */
export const takeBack = async (ask: Ask, worker: StaffViewer): Promise<Taken> => {
  const { form } = ask.w.joining
  const schema = z.strictObject({ decision: z.string(), undo: written(ask.w.duty, form.whyMissing) })
  const read = readForm(schema, ask.form)
  if (!read.ok) return { errors: read.errors }
  const { decision, undo: why } = read.value
  const outcome = await undo(ask.tx, ask.house.keys, worker, decision, { why, at: ask.house.now() })
  return outcome === 'undone' ? { done: outcome } : refused(form.undoneBefore)
}

const refused = (text: string): Taken => ({ errors: [{ field: 'form', text }], status: 409 })

type Props = {
  ask: Ask
  address: string
  join: Join
  errors: readonly FieldError[]
  why?: string
  whyHint?: string
}

/** The answer, or the way to take it back. Whoever came second keeps what they wrote, also where there is nothing to answer now. */
export const AnswerOrUndo = (props: Props) => {
  const { ask, join } = props
  const kept = typed(ask.form, 'why')
  if (!join.standing) return <Answer {...props} />
  return (
    <>
      <Undo {...props} standing={join.standing} />
      {kept && (
        <Textarea name="why" id="why" label={ask.w.joining.form.why} value={kept} attributes={{ readonly: true }} />
      )}
    </>
  )
}

const Answer = ({ ask, address, errors, why, whyHint }: Props) => {
  const { form, answers: names, answerHints } = ask.w.joining
  return (
    <Form ask={ask} action={address} once>
      <Radios
        name="answer"
        fieldset={{ legend: { text: form.answer, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'answer')}
        errorMessage={errorFor(errors, 'answer')}
        items={answers.map((value) => ({ value, text: names[value], hint: answerHints[value] }))}
      />
      <Textarea
        name="why"
        rows={3}
        label={why ?? form.why}
        hint={whyHint ?? form.whyHint}
        value={typed(ask.form, 'why')}
        errorMessage={errorFor(errors, 'why')}
      />
      <Button preventDoubleClick>{form.button}</Button>
    </Form>
  )
}

const Undo = ({ ask, address, standing, errors }: Props & { standing: Decision }) => {
  const { form } = ask.w.joining
  return (
    <Form ask={ask} action={`${address}/undo`} once>
      <h2 class="govuk-heading-m">{form.undoTitle}</h2>
      <p class="govuk-body">{form.undoText}</p>
      <input type="hidden" name="decision" value={standing.id} />
      <Textarea
        name="undo"
        rows={3}
        label={form.undoWhy}
        value={typed(ask.form, 'undo')}
        errorMessage={errorFor(errors, 'undo')}
      />
      <Button preventDoubleClick classes="govuk-button--secondary">
        {form.undoButton}
      </Button>
    </Form>
  )
}
