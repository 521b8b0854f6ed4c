import { become, newId } from '../src/platform/index.ts'
import { endOfDay } from '../src/sharing/index.ts'
import { meetingFor, subjectFacts } from '../src/subjects/index.ts'
import { addItem } from '../src/support/panels/agenda.ts'
import { callSitting } from '../src/support/panels/call-sitting.ts'
import { declareAt } from '../src/support/panels/declare.ts'
import { decideAt, documentOf } from '../src/support/panels/minutes.ts'
import { sayPart } from '../src/support/panels/part.ts'
import { sittingFor } from '../src/support/panels/queries.ts'
import { write } from '../src/support/writing/index.ts'
import type { TestHouse } from './house.ts'
import { safeguarding } from './signed-for-cast.ts'

/** A panel of Mina's with somebody on its agenda, minutes that two wrote at once, a decision and the person's part. */
export const panelWith = async (house: TestHouse, subject: string): Promise<{ panel: string; meeting: string }> => {
  const mina = house.as('mina')
  const { keys } = house.house
  const at = house.clock.now
  const calling = {
    kind: 'mace',
    body: null,
    ...safeguarding,
    starts_at: new Date('2027-03-01T14:00:00Z'),
    ends_at: new Date('2027-03-01T16:00:00Z'),
    place: 'Room 4',
  } as const
  const { panel, meeting } = await house.seen(mina, async (tx) => {
    const id = await callSitting(tx, mina, calling, { at, zone: 'Europe/London' })
    const sitting = await sittingFor(tx, mina.partnership, id)
    const facts = (await subjectFacts(tx, mina.partnership, subject))!
    const why = { why: ['review'], reason: 'A new car', handling: 0 } as const
    const added = await addItem(tx, keys, mina, { sitting, subject: facts }, why, at)
    if (added === 'on already') throw new Error(added)
    const stated = { ...safeguarding, until: await endOfDay(tx, at, 'Europe/London') }
    await become(tx, { ...mina, stated }, { now: at, zone: 'Europe/London' })
    await declareAt(tx, keys, { ...mina, stated }, sitting, at)
    return { panel: id, meeting: added.meeting }
  })
  const whole = await house.seen(house.system, (tx) => meetingFor(tx, keys, mina.partnership, { subject, id: meeting }))
  await house.seen(mina, async (tx) => {
    const facts = (await subjectFacts(tx, mina.partnership, subject))!
    for (const words of ['A grey car', 'A blue van']) {
      const typed = [{ field: 'known', words, read: [] }]
      const sat = { sitting: newId(), typed, event: 'meeting minutes written', at }
      await write(tx, keys, mina, documentOf(whole, facts), sat)
    }
    const decision = { words: 'Not alone', why: 'The car', todo: { entry: 'Ring her aunt' } }
    await decideAt(tx, keys, mina, { meeting: whole, subject: facts }, decision, at)
    const said = { said: 'explained', how: 'by phone', on_day: '2026-11-23', words: 'She nodded' } as const
    await sayPart(tx, keys, mina, whole, said, at)
  })
  return { panel, meeting }
}

/** An address for each page of it, by route. */
export const panelAddresses = async (house: TestHouse, subject: string): Promise<[string, string[]][]> => {
  const { panel, meeting } = await panelWith(house, subject)
  const path = '/people/:id/meetings/:meeting'
  const one = `/people/${subject}/meetings/${meeting}`
  return [
    ...['', '/pack'].map((end): [string, string[]] => [`/meetings/:panel${end}`, [`/meetings/${panel}${end}`]]),
    ['/meetings/:panel/due/:id', [`/meetings/${panel}/due/${subject}`]],
    ...['/minutes', '/decide', '/part'].map((end): [string, string[]] => [path + end, [one + end]]),
    [`${path}/minutes/:answer`, [`${one}/minutes/known`]],
  ]
}
