import type { ComponentChildren } from 'preact'
import { manyPages, wordPages, type Flowing } from '../../../guidance/index.ts'
import { aboutMeeting, atMeeting } from '../../../subjects/index.ts'
import { BackLink, fill, page, type Ask, type Download, type Handler } from '../../../web/index.ts'
import { atSitting, toSitting, type AtSitting } from '../at-sitting.ts'
import { calendarOf, type CalendarEvent } from '../calendar.ts'
import { packFor, type Line, type Pack } from '../pack.ts'

const aboutPack = ({ sitting }: AtSitting) => ({ kind: 'panel', id: sitting.id, detail: { purpose: sitting.purpose } })

/** The pack on a page, to be printed. */
export const packPage: Handler = async (ask) => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return here.answer
  const pack = await packFor(ask, here, 'page')
  return page({
    title: pack.title,
    frame: 'staff',
    about: aboutPack(here),
    body: (
      <>
        <BackLink href={ask.href(here.base)}>{ask.w.panels.kinds[here.sitting.kind]}</BackLink>
        {pack.lines.map(written)}
        <p class="govuk-hint">{ask.w.panels.pack.unchecked}</p>
      </>
    ),
  })
}

const written = ({ role, words }: Line): ComponentChildren => {
  if (role === 'H1') return <h1 class="govuk-heading-l">{words}</h1>
  if (role === 'H2') return <h2 class="govuk-heading-m">{words}</h2>
  if (role === 'H3') return <h3 class="govuk-heading-s">{words}</h3>
  return (
    <p class="govuk-body trellis-words" dir="auto">
      {words}
    </p>
  )
}

const infoOf = ({ title }: Pack, made: Date) => ({ title, author: '', lang: 'en-GB', made })
const sayAll =
  ({ lines }: Pack) =>
  (paper: Flowing) => {
    for (const { role, words } of lines) paper.say(role, words)
  }

export const packPdf: Handler = async (ask) => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return here.answer
  const pack = await packFor(ask, here, 'pdf')
  const foot = (at: number, of: number): string => pack.foot(String(at), String(of))
  const bytes = await manyPages(infoOf(pack, here.now), foot, sayAll(pack))
  return { kind: 'download', type: 'application/pdf', name: nameOf(here, 'pdf'), bytes, about: aboutPack(here) }
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const packWord: Handler = async (ask) => {
  const here = await atSitting(ask)
  if (here.kind === 'answer') return here.answer
  const pack = await packFor(ask, here, 'word')
  const bytes = wordPages(infoOf(pack, here.now), pack.foot, sayAll(pack))
  return { kind: 'download', type: wordType, name: nameOf(here, 'docx'), bytes, about: aboutPack(here) }
}

const nameOf = ({ sitting }: AtSitting, ending: string): string => `${sitting.reference.toLowerCase()}.${ending}`

/** When and where a panel sits, for a calendar: kind and reference, and nothing of anybody. */
export const sittingCalendar: Handler = async (ask) => {
  const { sitting } = await toSitting(ask)
  const { kinds, calendar } = ask.w.panels
  return asCalendar(ask, {
    uid: sitting.id,
    summary: fill(calendar.summary, { kind: kinds[sitting.kind], reference: sitting.reference }),
    location: sitting.place,
    starts_at: sitting.starts_at,
    ends_at: sitting.ends_at,
    changed_at: sitting.called_off_at ?? sitting.called_at,
    cancelled: sitting.called_off_at !== null,
  })
}

/** The same of a meeting about one person, by their reference; where it is stays here, since it can be somebody's home. */
export const meetingCalendar: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return there.answer
  const { meeting, at } = there
  const kind = ask.w.subjects.meetings.kinds[meeting.kind]
  const event = {
    uid: meeting.id,
    summary: fill(ask.w.panels.calendar.summary, { kind, reference: at.subject.reference }),
    location: undefined,
    starts_at: meeting.starts_at,
    ends_at: undefined,
    changed_at: meeting.ended?.at ?? meeting.called_at,
    cancelled: meeting.outcome === 'called off',
  }
  return { ...asCalendar(ask, event), about: aboutMeeting(there) }
}

const asCalendar = (ask: Ask, { uid, ...event }: CalendarEvent): Download => {
  const bytes = calendarOf({ uid: `${uid}@${ask.place.slug}.trellis`, ...event })
  // What is told never changes but by this: the moment of the last change, and whether it takes place.
  const etag = `"${event.changed_at.getTime().toString(36)}${event.cancelled ? 'x' : ''}"`
  return { kind: 'download', type: 'text/calendar; charset=utf-8', name: 'meeting.ics', bytes, etag }
}
