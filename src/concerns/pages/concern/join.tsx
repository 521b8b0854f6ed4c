import { z } from 'zod'
import { answers, decide, undo, waterfall, type Decision } from '../../../joining/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { concernFor, frontDoor } from '../../front-door.ts'
import { joinOf, type Join } from '../../joins.ts'
import { when } from '../said.tsx'
import { written } from './act.tsx'
import { JoinCard, type Names } from './joins.tsx'

/** One proposal: why it may be the same, what was answered, and the answer. */
export const join: Handler = async (ask) => shown(ask, await joinAsked(ask), [])

export const joinAnswered: Handler = async (ask) => {
  const asked = await joinAsked(ask)
  const { form, levels: _, ...words } = ask.w.joining
  const schema = z.strictObject({
    answer: z.enum(answers, form.answerMissing),
    why: written(ask.w.duty, form.whyMissing),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return shown(ask, asked, read.errors)
  const { here, there, steps, id } = asked.found
  const evidence = waterfall(steps, { here: here.standard, there: there.standard }, ask.w.joining)
  const outcome = await decide(ask.tx, ask.house.keys, asked.worker, id, {
    ...read.value,
    shown: evidence.lines.map(({ text }) => text),
    at: ask.house.now(),
  })
  if (outcome.outcome === 'decided') return redirect(`/concerns/${asked.concern.id}?done=joined`)
  if (outcome.outcome === 'answered already')
    return shown(ask, asked, [{ field: 'form', text: form.answeredAlready }], 409)
  if (!('standing' in outcome))
    return redirect(`/concerns/${asked.concern.id}?done=${encodeURIComponent(outcome.outcome)}`)
  const { standing } = outcome
  const name = (await namesFor(ask.tx, [standing.staff_id])).get(standing.staff_id)?.name ?? ask.w.duty.someone
  const sentence = outcome.outcome === 'contradicts' ? form.contradicts : form.before
  const said = { name, when: when(ask, standing.at), answer: words.answers[standing.answer], why: standing.why ?? '' }
  return shown(ask, await joinAsked(ask), [{ field: 'form', text: fill(sentence, said) }], 409)
}

export const joinUndone: Handler = async (ask) => {
  const asked = await joinAsked(ask)
  const { form } = ask.w.joining
  const schema = z.strictObject({ decision: z.string(), undo: written(ask.w.duty, form.whyMissing) })
  const read = readForm(schema, ask.form)
  if (!read.ok) return shown(ask, asked, read.errors)
  const { decision, undo: why } = read.value
  const outcome = await undo(ask.tx, ask.house.keys, asked.worker, decision, { why, at: ask.house.now() })
  if (outcome === 'undone') return redirect(`/concerns/${asked.concern.id}?done=undone`)
  return shown(ask, asked, [{ field: 'form', text: form.undoneBefore }], 409)
}

const joinAsked = async (ask: Ask) => {
  const worker = frontDoor(ask.viewer)
  const concern = await concernFor(ask.tx, worker, ask.params['id']!)
  const found = await joinOf(ask.tx, ask.house.keys, worker, concern.id, ask.params['proposal'], ask.house.now())
  return { worker, concern, found }
}

/** The names that cards of proposals need. */
export const namesIn = async (ask: Ask, joins: readonly Join[], besides: readonly string[] = []): Promise<Names> => {
  const staff = joins.flatMap(({ decisions }) =>
    decisions.flatMap(({ staff_id, undone_by }) => [staff_id, ...(undone_by ? [undone_by] : [])]),
  )
  const people = await namesFor(ask.tx, [...staff, ...besides])
  const agencies = await agencyNames(
    ask.tx,
    joins
      .flatMap(({ here, there }) => [here, there])
      .flatMap(({ agency, contacts }) => [...(agency ? [agency] : []), ...contacts.map((one) => one.agency)]),
  )
  return {
    named: (id) => (id ? (people.get(id)?.name ?? ask.w.duty.someone) : ask.w.duty.system),
    agency: (id) => (id ? (agencies.get(id) ?? '') : ''),
  }
}

const shown = async (
  ask: Ask,
  { concern, found }: Awaited<ReturnType<typeof joinAsked>>,
  errors: FieldError[],
  status: Page['status'] = errors.length ? 422 : 200,
): Promise<Page> => {
  const { form, questions } = ask.w.joining
  const title = questions[found.kind]
  const address = `/concerns/${concern.id}/joins/${found.id}`
  // Whoever came second keeps what they wrote, also where there is nothing to answer now.
  const kept = typed(ask.form, 'why')
  return page({
    title,
    status,
    frame: 'staff',
    about: { kind: 'concern', id: concern.id },
    body: (
      <>
        <BackLink href={ask.href(`/concerns/${concern.id}#joins`)}>{form.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={concern.reference}>{title}</Title>
        <div id="form">
          <JoinCard ask={ask} join={found} names={await namesIn(ask, [found])} headingLevel={2} />
          {found.standing ? (
            <Undo ask={ask} address={address} standing={found.standing} errors={errors} />
          ) : (
            <Answer ask={ask} address={address} errors={errors} />
          )}
          {found.standing && kept && (
            <Textarea name="why" id="why" label={form.why} value={kept} attributes={{ readonly: true }} />
          )}
        </div>
      </>
    ),
  })
}

type FormProps = { ask: Ask; address: string; errors: readonly FieldError[]; why?: string; whyHint?: string }

export const Answer = ({ ask, address, errors, why, whyHint }: FormProps) => {
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

export const Undo = ({ ask, address, standing, errors }: FormProps & { standing: Decision }) => {
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
