import { localDate } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  aboutMeeting,
  atMeeting,
  calledIn,
  comeTo,
  declare,
  isContext,
  mayKeep,
  meetingFor,
  moment,
  voicesOf,
  type AtMeeting,
} from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  Errors,
  fill,
  Form,
  keptPage,
  Link,
  NotificationBanner,
  page,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { keptAnswer, readSent, readWritten, write } from '../../writing/index.ts'
import { doneOf } from '../done-of.ts'
import { decisionsOf, documentOf, minuteQuestions, minutesWritten } from '../minutes.ts'
import { partOf } from '../part.ts'
import { gapsAmong, knownAmong, type Gap } from '../gaps.ts'
import { seatsOf, sittingOfMeeting } from '../queries.ts'
import type { Sitting } from '../sitting.ts'
import { Decisions, GapsHere, TheirPart } from './minutes-parts.tsx'
import { Standing, Writing } from './minutes-writing.tsx'

/** The minutes of a meeting about somebody: what is said as it is said, what is decided, and their own part in it. */
export const minutesPage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  return there.kind === 'answer' ? there.answer : view(ask, there)
}

/** Keeps what was written: pressed, or sent by the page itself while somebody types. Both go the same way. */
export const sendMinutes: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { at, meeting, base } = there
  if (!mayKeep(at.worker, meeting)) return keptPage(ask, 409, ask.w.panels.minutes.endedKept)
  const { sitting, does, typed, wrong } = readSent(ask, minuteQuestions)
  if (wrong.length && does !== 'keep') return view(ask, there, wrong)
  const document = documentOf(meeting, at.subject)
  const sat = { sitting, typed, event: minutesWritten, at: at.now }
  const kept = await write(ask.tx, ask.house.keys, at.worker, document, sat)
  if (does === 'keep') return keptAnswer(ask, kept, typed, wrong, at.now)
  const two = [...kept].find(([, { outcome }]) => outcome === 'beside')
  if (two) return redirect(`${base}/minutes/${two[0]}`)
  const panel = does === 'later' && (await sittingOfMeeting(ask.tx, at.worker.partnership, meeting.id))
  return redirect(panel ? `/meetings/${panel.id}` : `${base}/minutes?done=kept`)
}

/** Somebody who sees the meeting says that they are there for it; with the declaration that they have made. */
export const sendHere: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return there.answer
  const { at, meeting, base } = there
  if (meeting.outcome === null) {
    await comeTo(ask.tx, at.worker, meeting, at.now)
    const now = await meetingFor(ask.tx, ask.house.keys, at.worker.partnership, {
      subject: at.subject.id,
      id: meeting.id,
    })
    const attendee = now.attendees.find(({ staff_id }) => staff_id === at.worker.staff)
    if (attendee && attendee.conflict_by === null)
      await declare(ask.tx, at.worker, { meeting: now, attendee }, 'confidential', at.now)
  }
  return redirect(`${base}/minutes?done=here`)
}

const view = async (ask: Ask, there: AtMeeting, errors: readonly FieldError[] = []) => {
  const { at, meeting, base } = there
  const { partnership } = at.worker
  const { tx } = ask
  const { keys } = ask.house
  const words = ask.w.panels.minutes
  const written = await readWritten(tx, keys, partnership, meeting.id)
  const decisions = await decisionsOf(tx, keys, partnership, [meeting.id])
  const did = await doneOf(ask, partnership, { subject: at.subject.id, decisions })
  const part = await partOf(tx, keys, partnership, meeting.id)
  const voices = await voicesOf(tx, keys, partnership, at.subject.id)
  const heard = voices.filter(({ stage, heard_on }) => stage === 'meeting' && heard_on >= dayBefore(meeting.called_at))
  const sitting = await sittingOfMeeting(tx, partnership, meeting.id)
  const called = await calledIn(ask, meeting)
  const names = await namesFor(tx, [
    ...written.map(({ written_by }) => written_by),
    ...decisions.map(({ decided_by }) => decided_by),
    ...did.actions.flatMap(({ owner_id }) => owner_id ?? []),
  ])
  const keeps = mayKeep(at.worker, meeting)
  const gaps = keeps ? await gapsHere(ask, there, sitting) : []
  const kind = ask.w.subjects.meetings.kinds[meeting.kind]
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const here = meeting.attendees.filter(({ confidential_at, conflict_by }) => confidential_at && conflict_by === null)
  const isHere = here.some(({ staff_id }) => staff_id === at.worker.staff)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    script: 'writing',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(sitting ? `/meetings/${sitting.id}` : base)}>
          {sitting ? words.next : ask.w.common.back}
        </BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Errors ask={ask} errors={errors} />
        <Title caption={fill(words.caption, { kind, when: moment(ask, meeting.starts_at) })}>{words.title}</Title>
        <p class="govuk-body">
          <strong>{words.here}:</strong> {here.map((one) => called.attendee(one)).join(', ') || words.hereNobody}
        </p>
        {!isHere && meeting.outcome === null && (
          <Form ask={ask} action={`${base}/here`}>
            <p class="govuk-hint">{words.hereHint}</p>
            <Button classes="govuk-button--secondary">{words.hereButton}</Button>
          </Form>
        )}
        {gaps.length > 0 && <GapsHere ask={ask} base={base} gaps={gaps} />}
        {sitting && keeps && at.ties.closeness === 3 && (
          <p class="govuk-body">
            <Link href={ask.href(`/people/${at.subject.id}/involved/add`)}>{words.member}</Link>. {words.memberHint}
          </p>
        )}
        {!isContext(at.subject) && <TheirPart ask={ask} base={base} part={part} heard={heard} />}
        {keeps ? (
          <Writing ask={ask} base={base} written={written} names={names} errors={errors} />
        ) : (
          <Standing ask={ask} written={written} ended={meeting.outcome !== null} />
        )}
        <Decisions ask={ask} decisions={decisions} done={did} names={names} />
        <div class="govuk-button-group">
          {keeps && <Button href={ask.href(`${base}/decide`)}>{words.decide}</Button>}
          {keeps && meeting.starts_at <= at.now && <Link href={ask.href(`${base}/end`)}>{words.finish}</Link>}
          <Link href={ask.href(base)}>{words.whole}</Link>
        </div>
      </>
    ),
  })
}

/** Who should be there for this person: of a panel whoever is asked to it counts, and whoever comes to this part. */
const gapsHere = async (ask: Ask, { at, meeting }: AtMeeting, sitting: Sitting | undefined): Promise<Gap[]> => {
  const seats = sitting ? await seatsOf(ask.tx, at.worker.partnership, sitting.id) : []
  const asked = new Set([...seats, ...meeting.attendees].flatMap(({ of_agency_id }) => of_agency_id ?? []))
  const on = localDate(meeting.starts_at, ask.place.zone)
  const here = { ...at, on }
  const { known } = await knownAmong(ask, here, [at.subject.id])
  return gapsAmong(ask, here, { known, asked })
}

/** What was heard on the day before it was called was often why. */
const dayBefore = (at: Date): string => new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10)
