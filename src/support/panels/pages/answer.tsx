import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { statedFor, statePurpose, tiesOf } from '../../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
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
} from '../../../web/index.ts'
import { addItem, putOff, whoTheyAre } from '../agenda.ts'
import { atSitting, type AtSitting } from '../at-sitting.ts'
import { askAgency, callOff } from '../call-sitting.ts'
import { bySubject, dueBy, type Due } from '../due.ts'
import { keepsSitting, rules } from '../sitting.ts'
import { dueLine, nameOf } from './due-rows.tsx'

const most = 2000

type Answering = { here: AtSitting; subject: { id: string; adult_from: string | null }; due: readonly Due[] }

/** Somebody who is due, as the viewer of this sitting sees it. @throws {NotFound} for whom nothing is due that they see */
const answering = async (ask: Ask): Promise<Answering | undefined> => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return undefined
  if (!keepsSitting(here.worker, here.sitting)) throw new NotFound()
  const all = bySubject(await dueBy(ask.tx, here.worker.partnership, here))
  const one = all.find(({ subject_id }) => subject_id === ask.params['id'])
  if (!one) throw new NotFound()
  return { here, subject: { id: one.subject_id, adult_from: one.adult_from }, due: one.due }
}

export const answerDuePage: Handler = async (ask) => {
  const at = await answering(ask)
  return at ? view(ask, at) : redirect(`/meetings/${ask.params['panel']}`)
}

/** Puts what is due on the agenda, or off for a reason. */
export const sendAnswerDue: Handler = async (ask) => {
  const at = await answering(ask)
  const words = ask.w.panels.answer
  if (!at) return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { here, subject, due } = at
  const { closeness } = await tiesOf(ask.tx, here.worker, subject.id, here.now)
  const schema = z
    .strictObject({
      do: z.enum(['add', 'off'], words.missing),
      reason: z.string().trim().max(most, fill(words.long, { most })).default(''),
      handling: z.enum(['0', '1'], words.handlingMissing).default('0'),
    })
    .superRefine((value, ctx) => {
      if (value.do === 'off' && !value.reason)
        ctx.addIssue({ code: 'custom', message: words.reasonMissing, path: ['reason'] })
      if (value.do === 'add' && value.handling === '1' && closeness < 2)
        ctx.addIssue({ code: 'custom', message: words.notInCircle, path: ['handling'] })
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { reason, handling } = read.value
  const of = { sitting: here.sitting, subject }
  if (read.value.do === 'off') await putOff(ask.tx, ask.house.keys, here.worker, of, reason, here.now)
  else {
    const why = due.map((one) => one.why)
    const adding = { why, reason, handling: handling === '1' ? 1 : 0 } as const
    await addItem(ask.tx, ask.house.keys, here.worker, of, adding, here.now)
    // Who puts them on opens their part next, for the purpose that was said at the door.
    if (!(await statedFor(ask.tx, here.worker, subject.id, here.now)))
      await statePurpose(ask.tx, here.worker, subject.id, here.worker.stated, here.now)
  }
  return redirect(here.base)
}

const view = async (ask: Ask, { here, subject, due }: Answering, errors: readonly FieldError[] = []) => {
  const words = ask.w.panels.answer
  const who = (await whoTheyAre(ask.tx, ask.house.keys, here.worker.partnership, [subject.id])).get(subject.id)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: { kind: 'person', id: subject.id, detail: { panel: here.sitting.id, purpose: here.sitting.purpose } },
    body: (
      <>
        <BackLink href={ask.href(here.base)}>{ask.w.panels.kinds[here.sitting.kind]}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={nameOf(who)}>{words.title}</Title>
        <ul class="govuk-list govuk-list--bullet">
          {due.map((one) => (
            <li>{dueLine(ask, one)}</li>
          ))}
        </ul>
        <Form ask={ask} once>
          <Radios
            name="do"
            fieldset={{ legend: { text: words.what, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'do')}
            errorMessage={errorFor(errors, 'do')}
            items={[
              { value: 'add', text: words.add },
              { value: 'off', text: words.off },
            ]}
          />
          <ReasonAndHandling ask={ask} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

export const ReasonAndHandling = (props: { ask: Ask; errors: readonly FieldError[]; label?: string }) => {
  const { ask, errors, label } = props
  const words = ask.w.panels.answer
  return (
    <>
      <Textarea
        name="reason"
        label={{ text: label ?? words.reason, classes: 'govuk-label--s' }}
        hint={label ? undefined : words.reasonHint}
        rows={3}
        value={typed(ask.form, 'reason')}
        errorMessage={errorFor(errors, 'reason')}
      />
      <Radios
        name="handling"
        fieldset={{ legend: { text: words.handling, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'handling') || '0'}
        errorMessage={errorFor(errors, 'handling')}
        items={(['0', '1'] as const).map((value) => ({ value, text: words.handlings[value] }))}
      />
    </>
  )
}

/** Asks an agency that a rule says should be there. */
export const sendAsk: Handler = async (ask) => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return here.answer
  const read = readForm(z.strictObject({ agency: z.uuid(), rule: z.enum(rules) }), ask.form)
  if (read.ok) {
    const { agency, rule } = read.value
    await askAgency(ask.tx, here.worker, here.sitting, { agency, rule }, here.now)
  }
  return redirect(here.base)
}

export const sendCallOff: Handler = async (ask) => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return here.answer
  readForm(z.strictObject({}), ask.form)
  await callOff(ask.tx, here.worker, here.sitting, here.now)
  return redirect(here.base)
}
