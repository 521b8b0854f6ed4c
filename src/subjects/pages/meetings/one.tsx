import type { ComponentChildren } from 'preact'
import { agenciesUnder, codesOf, labelOf, mayHear, type Code, type Disclosed } from '../../../sharing/index.ts'
import {
  BackLink,
  Button,
  fill,
  NotificationBanner,
  page,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { mayClose, mayDeclare, mayKeep, type Attendee } from '../../meetings/meeting.ts'
import type { WholeMeeting } from '../../meetings/queries.ts'
import { frameOn } from '../../subject.ts'
import { moment } from '../moment.ts'
import { atMeeting, calledIn, disclosed, ownDisclosures, type AtMeeting, type Called } from './at-meeting.ts'

/** One meeting: what it is for, who comes, what each may hear and has declared, what was shared and what came of it. */
export const meetingPage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return there.answer
  const { at, meeting, base } = there
  const ours = (await ownDisclosures(ask, there)).filter(({ id }) => meeting.disclosures.includes(id))
  const called = await calledIn(ask, meeting, ours)
  const codes = await codesOf(ask.tx, ask.place.id)
  const signed = agenciesUnder(at.register, at.now)
  const words = ask.w.subjects.meetings.one
  const kind = ask.w.subjects.meetings.kinds[meeting.kind]
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const keeps = mayKeep(at.worker, meeting)
  return page({
    title: kind,
    frame: 'staff',
    about: {
      kind: 'person',
      id: at.subject.id,
      detail: {
        meeting: meeting.id,
        purpose: at.worker.stated.purpose,
        // The reader came for their own purpose; what the meeting is for is what must not be told by accident.
        for: meeting.purpose,
        handling: String(meeting.handling),
        clause: at.cite,
      },
    },
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/meetings`)}>{words.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title caption={at.subject.reference}>{kind}</Title>
        <Facts ask={ask} meeting={meeting} called={called} codes={codes} />
        <h2 class="govuk-heading-m">{words.who}</h2>
        <ul class="trellis-rows">
          {meeting.attendees.map((one) => (
            <li class="trellis-row">
              <Comes ask={ask} there={there} one={one} called={called} codes={codes} signed={signed} />
            </li>
          ))}
        </ul>
        {keeps && (
          <Button href={ask.href(`${base}/add`)} classes="govuk-button--secondary">
            {words.add}
          </Button>
        )}
        <Shared ask={ask} called={called} codes={codes} ours={ours} others={meeting.disclosures.length - ours.length} />
        {keeps && (
          <p class="govuk-body">
            <a class="govuk-link" href={ask.href(`/people/${at.subject.id}/share`)}>
              {words.share}
            </a>
          </p>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href(`${base}/minutes`)}>
            {words.minutes}
          </a>{' '}
          ·{' '}
          <a class="govuk-link" href={ask.href(`${base}/calendar.ics`)}>
            {words.calendar}
          </a>
        </p>
        <h2 class="govuk-heading-m">{words.outcome}</h2>
        {meeting.ended ? (
          <>
            <p class="govuk-body">
              <Tag classes="govuk-tag--grey">{ask.w.subjects.meetings.states[meeting.outcome!]}</Tag>
            </p>
            <p class="govuk-body trellis-words" dir="auto">
              {meeting.ended.words}
            </p>
            <p class="govuk-hint">
              {fill(words.ended, { name: called.staff(meeting.ended.by), when: moment(ask, meeting.ended.at) })}
            </p>
          </>
        ) : (
          <p class="govuk-body">{words.noOutcome}</p>
        )}
        {keeps && <Button href={ask.href(`${base}/end`)}>{words.write}</Button>}
      </>
    ),
  })
}

const Facts = (props: { ask: Ask; meeting: WholeMeeting; called: Called; codes: readonly Code[] }) => {
  const { ask, meeting, called, codes } = props
  const { one: words, new: asked } = ask.w.subjects.meetings
  const rows: [string, ComponentChildren][] = [
    [words.when, moment(ask, meeting.starts_at)],
    [words.where, meeting.place],
    [words.by, fill(words.person, { name: called.staff(meeting.called_by), agency: called.agency(meeting.agency_id) })],
    [
      words.purpose,
      fill(words.under, {
        purpose: labelOf(codes, 'purpose', meeting.purpose),
        basis: labelOf(codes, 'basis', meeting.basis),
      }),
    ],
    [words.seen, asked.handlings[meeting.handling]],
  ]
  return <SummaryList rows={rows.map(([key, value]) => ({ key, value: <span class="trellis-words">{value}</span> }))} />
}

type Comes = {
  ask: Ask
  there: AtMeeting
  one: Attendee
  called: Called
  codes: readonly Code[]
  signed: ReadonlySet<string>
}

const Comes = ({ ask, there, one, called, codes, signed }: Comes) => {
  const words = ask.w.subjects.meetings.one
  const { at, meeting, base } = there
  const name = called.attendee(one)
  const unsigned = one.of_agency_id !== null && !signed.has(one.of_agency_id)
  const isOut = one.conflict_by !== null
  const declares = isOut ? mayClose(at.worker, meeting, one) : mayDeclare(at.worker, meeting, one)
  return (
    <div>
      <strong dir="auto">{name}</strong> {unsigned && <Tag classes="govuk-tag--red">{words.unsigned}</Tag>}{' '}
      {isOut ? (
        <Tag classes="govuk-tag--red">{words.takesNoPart}</Tag>
      ) : (
        one.confidential_at && <Tag classes="govuk-tag--green">{words.confidential}</Tag>
      )}
      <span class="trellis-row__more">{one.of_agency_id ? called.agency(one.of_agency_id) : words.outsider}</span>
      <span class="trellis-row__more">{hears(ask, there, one, { codes, unsigned })}</span>
      <span class="trellis-row__more">
        {declared(ask, one, called)}{' '}
        {declares && (
          <a
            class="govuk-link"
            href={ask.href(`${base}/declare/${one.id}`)}
            aria-label={fill(words.declareOf, { name })}
          >
            {words.declare}
          </a>
        )}
      </span>
    </div>
  )
}

const declared = (ask: Ask, { staff_id, conflict_by, confirmed, confidential_at }: Attendee, called: Called) => {
  const words = ask.w.subjects.meetings.one
  if (conflict_by === null)
    return confidential_at ? fill(words.declaredOn, { when: moment(ask, confidential_at) }) : words.notYet
  return staff_id && !confirmed && fill(words.unconfirmed, { name: called.staff(conflict_by) })
}

/** What may be said in front of an attendee, and by which clause. */
const hears = (
  ask: Ask,
  { at, meeting }: AtMeeting,
  { of_agency_id, conflict_by }: Attendee,
  { codes, unsigned }: { codes: readonly Code[]; unsigned: boolean },
): string => {
  const words = ask.w.subjects.meetings.one
  if (conflict_by !== null) return words.noPart
  if (of_agency_id === null) return words.hearsOutsider
  if (unsigned) return words.hearsUnsigned
  if (of_agency_id === meeting.agency_id) return words.hearsOwn
  const { purpose, basis, condition } = meeting
  const heard = mayHear(at.register, {
    supplier: meeting.agency_id,
    recipient: of_agency_id,
    purpose,
    basis,
    condition,
    age: frameOn(at.subject.adult_from, at.today),
    at: at.now,
  })
  if (heard.length === 0) return words.hearsNothing
  const what = heard.map(({ dataClass, cite }) =>
    fill(words.heard, { class: labelOf(codes, 'class', dataClass), cite }),
  )
  return fill(words.hears, { what: what.join('; ') })
}

const Shared = ({
  ask,
  called,
  codes,
  ours,
  others,
}: { ask: Ask; called: Called; codes: readonly Code[] } & { ours: Disclosed[]; others: number }) => {
  const words = ask.w.subjects.meetings.one
  return (
    <>
      <h2 class="govuk-heading-m">{words.shared}</h2>
      {ours.length === 0 && others === 0 && <p class="govuk-body">{words.sharedNone}</p>}
      <ul class="govuk-list govuk-list--bullet">
        {ours.map((one) => (
          <li>{disclosed(ask, codes, called, one)}</li>
        ))}
        {others > 0 && (
          <li>{others === 1 ? words.sharedOthers.one : fill(words.sharedOthers.many, { count: others })}</li>
        )}
      </ul>
    </>
  )
}
