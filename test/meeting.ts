import { addAttendee, callMeeting } from '../src/subjects/meetings/call.ts'
import type { TestHouse } from './house.ts'

/** A meeting of Mina's about a child, with somebody of each kind in it: an address for each page of it. */
export const meetingAddresses = async (house: TestHouse, subject: string): Promise<[string, string[]][]> => {
  const mina = house.as('mina')
  const { keys } = house.house
  const at = house.clock.now
  const found = await house.seen(house.system, async (tx) => {
    const id = await callMeeting(
      tx,
      keys,
      mina,
      { id: subject, adult_from: '2028-06-01' },
      {
        kind: 'strategy discussion',
        purpose: 'child-safeguarding',
        basis: 'public-task',
        condition: '',
        place: 'Room 4',
        handling: 1,
        starts_at: at,
      },
      at,
    )
    const meeting = { id, subject_id: subject, agency_id: mina.agency, outcome: null }
    await addAttendee(tx, keys, mina, meeting, { staff: house.as('wes').staff }, at)
    await addAttendee(tx, keys, mina, meeting, { name: 'Averylongfamilynamewithoutabreak Voss', agency: null }, at)
    return tx
      .selectFrom('meeting_attendee')
      .select(['id', 'meeting_id'])
      .where('meeting_id', '=', id)
      .executeTakeFirstOrThrow()
  })
  const path = '/people/:id/meetings/:meeting'
  const one = `/people/${subject}/meetings/${found.meeting_id}`
  return [
    [path, [one]],
    [`${path}/add`, [`${one}/add`, `${one}/add?agency=police`, `${one}/add?agency=none`]],
    [`${path}/declare/:attendee`, [`${one}/declare/${found.id}`]],
    [`${path}/end`, [`${one}/end`]],
  ]
}
