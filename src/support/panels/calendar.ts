/** What a calendar is told of a meeting: no name, and no word of what it is about. */
export type CalendarEvent = {
  uid: string
  summary: string
  location: string | undefined
  starts_at: Date
  ends_at: Date | undefined
  /** When it was last changed. */
  changed_at: Date
  cancelled: boolean
}

/**
 * One meeting as iCalendar (RFC 5545). Times are moments, in UTC (3.3.5, form 2): 14:00 in London is 14:00 on both sides
 * of a change of the clocks, whatever zone the reader's calendar is in, and no table of zones has to travel with it.
 */
export const calendarOf = (event: CalendarEvent): Buffer => {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Trellis//Meetings//EN',
    `METHOD:${event.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${utc(event.changed_at)}`,
    `LAST-MODIFIED:${utc(event.changed_at)}`,
    `SEQUENCE:${event.cancelled ? 1 : 0}`,
    `DTSTART:${utc(event.starts_at)}`,
    ...(event.ends_at ? [`DTEND:${utc(event.ends_at)}`] : []),
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:CONFIDENTIAL',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return Buffer.from(`${lines.map(folded).join('\r\n')}\r\n`)
}

const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '')

/** 3.3.11: what would end a value or begin another. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')

/** 3.1: no line is longer than 75 octets; what follows begins with a space. No character is cut in two. */
const folded = (line: string): string => {
  const parts: string[] = ['']
  for (const character of line) {
    const part = parts.at(-1)!
    const room = parts.length === 1 ? 75 : 74
    if (Buffer.byteLength(part) + Buffer.byteLength(character) <= room) parts[parts.length - 1] = part + character
    else parts.push(character)
  }
  return parts.join('\r\n ')
}
