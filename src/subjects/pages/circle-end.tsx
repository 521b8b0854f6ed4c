import { z } from 'zod'
import { NotFound } from '../../platform/index.ts'
import { endInvolvement, endReasons, involvedWith, type Involved } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  Link,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { isContext } from '../contexts/context.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { mayChange, mayEnd } from '../may-change.ts'
import { tellable } from '../tellable.ts'
import { handoverBoxes, HandoverFields, handoverIn } from './matters/handover-fields.tsx'

/** Ends somebody's part in the circle, with the reason and the handover; what it opened closes with it. */
export const circleEndPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await find(ask, at))
}

export const sendCircleEnd: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const one = await find(ask, at)
  const words = ask.w.subjects.circle
  const read = readForm(
    z
      .strictObject({
        reason: z.enum(endReasons, words.reasonMissing),
        why: z.string().trim().max(500, words.whyLong).default(''),
        ...handoverBoxes(ask),
      })
      .transform(({ reason, why, ...said }, ctx) => ({
        reason,
        why,
        handover: handoverIn(ask, said, at, ctx),
      })),
    ask.form,
  )
  if (!read.ok) return view(ask, at, one, read.errors)
  const { reason, why, handover } = read.value
  const ended = await endInvolvement(ask.tx, at.worker, {
    subject: at.subject.id,
    involvement: one.id,
    reason,
    at: at.now,
    said: { keys: ask.house.keys, why },
    handover,
  })
  if (ended === 'say why') return view(ask, at, one, [{ field: 'why', text: words.gapMissing }])
  // Whoever ended their own part may not see the person any more.
  return redirect(one.staff_id === at.worker.staff ? '/people?done=ended' : `/people/${at.subject.id}?done=ended`)
}

/** @throws {NotFound} also for one that the agreement does not let them hear of, or that is not theirs to end */
const find = async (ask: Ask, at: Through): Promise<Involved> => {
  const one = (await tellable(ask, at)).find(({ id }) => id === ask.params['involvement'])
  if (!one || !mayEnd(at, one)) throw new NotFound()
  return one
}

const isLastLead = async (ask: Ask, at: Through, one: Involved): Promise<boolean> => {
  if (one.role !== 'lead') return false
  const live = await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)
  return !live.some(({ id, role }) => role === 'lead' && id !== one.id)
}

const view = async (ask: Ask, at: Through, one: Involved, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.circle
  const last = await isLastLead(ask, at, one)
  const may = await mayChange(ask, at)
  const who = one.staff_id ? (await namesFor(ask.tx, [one.staff_id])).get(one.staff_id) : undefined
  const role = ask.w.subjects.roles[one.role]
  return page({
    title: words.endTitle,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/involved`)}>{ask.w.subjects.involved.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.endTitle}</Title>
        <p class="govuk-body">
          {fill(words.endWho, { role, who: who ? `${who.name}, ${who.agency}` : words.noName })} {words.endIntro}
        </p>
        {last && (
          <>
            <WarningText>{words.gap}</WarningText>
            {may.lead && (
              <p class="govuk-body">
                <Link href={ask.href(`/people/${at.subject.id}/involved/lead`)}>{words.nameTitle.lead}</Link>
              </p>
            )}
          </>
        )}
        <Form ask={ask}>
          <Radios
            name="reason"
            fieldset={{ legend: { text: words.reason, classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={errorFor(errors, 'reason')}
            value={typed(ask.form, 'reason')}
            items={endReasons.map((value) => ({ value, text: words.reasons[value] }))}
          />
          <Textarea
            name="why"
            label={last ? words.gapWhy : words.endWhy}
            rows={3}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          {!isContext(at.subject) && <HandoverFields ask={ask} errors={errors} />}
          <Button preventDoubleClick>{words.endButton}</Button>
        </Form>
      </>
    ),
  })
}
