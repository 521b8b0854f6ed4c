import { expect, test } from 'vitest'
import { calendarOf, type CalendarEvent } from './calendar.ts'

const event: CalendarEvent = {
  uid: 'u@elmshire.trellis',
  summary: 'MACE panel, reference MACE-ABC123',
  location: 'Room 4; Larkrise\\House, by the brook where the old mill stands, Łódź Street, up the stairs',
  starts_at: new Date('2027-03-30T09:00:00Z'),
  ends_at: new Date('2027-03-30T11:00:00Z'),
  changed_at: new Date('2026-11-23T10:00:00Z'),
  cancelled: false,
}
const linesOf = (of: CalendarEvent): string[] => calendarOf(of).toString().split('\r\n')

test('a meeting stands in a calendar at its own moment, with no line longer than 75 octets and nothing broken in two', () => {
  const lines = linesOf(event)
  expect(lines).toContain('DTSTART:20270330T090000Z')
  expect(lines).toContain('DTEND:20270330T110000Z')
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  expect(lines.join('\r\n').replaceAll('\r\n ', '')).toContain(
    'LOCATION:Room 4\\; Larkrise\\\\House\\, by the brook where the old mill stands\\, Łódź Street\\, up the stairs\r\n',
  )
  expect(lines.at(-1)).toBe('')
})

test('one that is called off says so under the same name, as a later word', () => {
  const lines = linesOf({ ...event, cancelled: true, location: undefined, ends_at: undefined })
  for (const said of ['UID:u@elmshire.trellis', 'METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:1'])
    expect(lines).toContain(said)
  expect(lines.some((line) => /^(LOCATION|DTEND)/.test(line))).toBe(false)
})
