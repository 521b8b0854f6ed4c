import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { codesOf, conflictKinds, labelOf } from '../../../sharing/index.ts'
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
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { declare } from '../../meetings/declare.ts'
import { mayClose, mayDeclare, type Attendee } from '../../meetings/meeting.ts'
import { aboutMeeting, atMeeting, calledIn, type AtMeeting } from './at-meeting.ts'

/** What an attendee declares, said by themself or written down for them by whoever keeps the meeting. */
export const declarePage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  return there.kind === 'answer' ? there.answer : view(ask, there, attendeeOf(ask, there))
}

export const sendDeclare: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const attendee = attendeeOf(ask, there)
  const { missing } = ask.w.subjects.meetings.declare
  const read = readForm(
    z.strictObject({ said: z.enum(['confidential', 'conflict', ...conflictKinds], missing) }),
    ask.form,
  )
  if (!read.ok) return view(ask, there, attendee, read.errors)
  const { said } = read.value
  await declare(ask.tx, there.at.worker, { meeting: there.meeting, attendee }, said, there.at.now)
  const isClosed = said !== 'confidential' && said !== 'conflict' && attendee.staff_id === there.at.worker.staff
  return redirect(isClosed ? '/too-close/done' : `${there.base}?done=declared`)
}

const attendeeOf = (ask: Ask, { at, meeting }: AtMeeting): Attendee => {
  const found = meeting.attendees.find(({ id }) => id === ask.params['attendee'])
  if (!found || !(mayDeclare(at.worker, meeting, found) || mayClose(at.worker, meeting, found))) throw new NotFound()
  return found
}

const view = async (ask: Ask, there: AtMeeting, attendee: Attendee, errors: readonly FieldError[] = []) => {
  const { at, meeting, base } = there
  const words = ask.w.subjects.meetings.declare
  const isOwn = attendee.staff_id === at.worker.staff
  const name = (await calledIn(ask, meeting)).attendee(attendee)
  const title = isOwn ? words.own : fill(words.title, { name })
  const codes = await codesOf(ask.tx, ask.place.id)
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <div class="govuk-inset-text">{fill(words.what, { purpose: labelOf(codes, 'purpose', meeting.purpose) })}</div>
        <p class="govuk-hint">{words.unchecked}</p>
        <Form ask={ask} once>
          <Radios
            name="said"
            fieldset={{ legend: { text: isOwn ? words.said : words.saidOf, classes: 'govuk-fieldset__legend--m' } }}
            hint={mayClose(at.worker, meeting, attendee) ? (isOwn ? words.ownKindHint : words.kindHint) : undefined}
            value={typed(ask.form, 'said')}
            errorMessage={errorFor(errors, 'said')}
            items={[
              ...(mayDeclare(at.worker, meeting, attendee)
                ? [{ value: 'confidential', text: words.confidential }]
                : []),
              ...(mayClose(at.worker, meeting, attendee)
                ? conflictKinds.map((value) => ({
                    value,
                    text: (isOwn ? words.ownKinds : words.kinds)[value],
                  }))
                : [
                    {
                      value: 'conflict',
                      text: words.conflict,
                      hint: attendee.staff_id ? words.conflictHint : undefined,
                    },
                  ]),
            ]}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
