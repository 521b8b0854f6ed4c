import { z } from 'zod'
import { asProduct, hasRole, isId, newId, NotFound, type StaffViewer } from '../../platform/index.ts'
import { conflictKinds, declareConflict, tiesOf } from '../../sharing/index.ts'
import {
  Button,
  errorFor,
  Errors,
  Form,
  page,
  Panel,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { approach } from '../approach.ts'

/** Says that one is too close to a person: their record closes at once. */
export const tooClosePage: Handler = (ask) => view(ask)

export const sendTooClose: Handler = async (ask) => {
  const { subject, worker, now } = await reached(ask)
  const { missing } = ask.w.rights.tooClose
  const read = readForm(z.strictObject({ kind: z.enum(conflictKinds, missing) }), ask.form)
  if (!read.ok) return view(ask, read.errors)
  await declareConflict(ask.tx, worker, { subject, kind: read.value.kind, at: now })
  return redirect('/too-close/done')
}

type Reached = { subject: string; worker: StaffViewer; now: Date }
/**
 * Whoever may say so: a worker at the gate of the record, and a guardian, whose alerts and lists of looks name every
 * record whether they work with people or not. @throws {NotFound}
 */
const reached = async (ask: Ask): Promise<Reached> => {
  const id = ask.params['id'] ?? ''
  const { viewer: worker, tx } = ask
  if (!hasRole(worker, 'guardian')) {
    const at = await approach(ask, id)
    return { subject: at.subject.id, worker: at.worker, now: at.now }
  }
  const now = ask.house.now()
  const subject = isId(id) ? id : newId()
  const ties = await tiesOf(tx, worker, subject, now)
  const there = await asProduct(tx, () =>
    tx
      .selectFrom('subject_owner')
      .select('subject_id')
      .where('partnership_id', '=', worker.partnership)
      .where('subject_id', '=', subject)
      .executeTakeFirst(),
  )
  if (!there || ties.conflict) throw new NotFound()
  return { subject, worker, now }
}

/** Names no record: the one it was about is closed. */
export const tooCloseDonePage: Handler = (ask) => {
  const words = ask.w.rights.tooClose
  return page({
    title: words.doneTitle,
    body: (
      <>
        <Panel title={words.doneTitle} />
        <p class="govuk-body">{words.done}</p>
      </>
    ),
  })
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  await reached(ask)
  const words = ask.w.rights.tooClose
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask}>
          <Radios
            name="kind"
            fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--m' } }}
            value={typed(ask.form, 'kind')}
            errorMessage={errorFor(errors, 'kind')}
            items={conflictKinds.map((value) => ({ value, text: words.kinds[value] }))}
          />
          <WarningText>{words.warning}</WarningText>
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.button}
          </Button>
        </Form>
      </>
    ),
  })
}
