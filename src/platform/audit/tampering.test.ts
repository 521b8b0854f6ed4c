import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { check, deeds, dice, makeLog, type Event } from '../../../test/tampering.ts'
import { newId } from '../id.ts'
import { record } from '../event.ts'
import { logKeys, type LogKeys } from './checkpoint.ts'
import { makeLogGrower } from './grow-log.ts'
import { leavesIn } from './read-log.ts'
import { speakUtc } from './leaf.ts'

let house: TestHouse
let keys: LogKeys
let events: Event[]
let partnership: string
beforeAll(async () => {
  house = await openTestHouse()
  partnership = house.cast.partnership
  keys = logKeys(house.house.keys, partnership)
  const dena = house.as('dena')
  await house.seen(dena, async (tx) => {
    for (let n = 0; n < 290; n++) await record(tx, dena, 'concern opened', { kind: 'concern', id: newId() }, { n })
  })
  await makeLogGrower(house.db, house.house.keys)('now')
  events = []
  await house.seen(house.system, async (tx) => {
    await speakUtc.execute(tx)
    for await (const { row, salt } of leavesIn(tx, partnership)) events.push({ row: row!, salt: salt! })
  })
})
afterAll(() => house.close())

/** A log of some of the real events, signed at some sizes and at its end. */
const someLog = (roll: (below: number) => number) => {
  const from = roll(40)
  const chosen = events.slice(from, from + (roll(50) ? 3 + roll(20) : 257))
  const sizes = [...new Set([1 + roll(chosen.length), 1 + roll(chosen.length), chosen.length])]
  return {
    log: makeLog(partnership, keys, chosen, sizes),
    again: (rows: Event[]) => makeLog(partnership, keys, rows, [...sizes, rows.length]),
  }
}
const now = () => new Date()

test('a thousand tamperings, of every kind, are all found with the last checkpoint that was kept elsewhere', () => {
  const kinds = Object.entries(deeds)
  const missed: string[] = []
  const found: Record<string, number> = {}
  for (let seed = 1; seed <= 1000; seed++) {
    const roll = dice(seed)
    const { log, again } = someLog(roll)
    const outside = log.checkpoints.at(-1)!.note
    const [name, deed] = kinds[seed % kinds.length]!
    deed(log, roll, again)
    const { findings } = check(partnership, keys, log, [outside], now())
    if (findings.length) found[name] = (found[name] ?? 0) + 1
    else missed.push(`${name}, seed ${seed}`)
  }
  expect(missed).toEqual([])
  expect(Object.keys(found)).toHaveLength(kinds.length)
})

test('a thousand clean logs raise no alarm, with all kinds of checkpoints, late events and some that wait', () => {
  const alarms: string[] = []
  for (let seed = 1; seed <= 1000; seed++) {
    const roll = dice(seed)
    const { log } = someLog(roll)
    if (roll(2)) log.waiting = log.leaves.splice(log.checkpoints.at(-1)!.size).map(({ row }) => row!)
    const outside = log.checkpoints.filter(() => roll(2)).map(({ note }) => note)
    const { findings } = check(partnership, keys, log, outside, now())
    if (findings.length) alarms.push(`seed ${seed}: ${findings.join(' ')}`)
  }
  expect(alarms).toEqual([])
})

test('an edit that was covered up is still named, by the mark that needs the key', () => {
  const log = makeLog(partnership, keys, events.slice(0, 50), [20, 50])
  deeds['an edit whose leaf was made anew']!(log, dice(7), () => log)
  const { findings } = check(partnership, keys, log, [], now())
  expect(findings[0]).toMatch(/^Put in, moved or exchanged: the event \S+ \(position \d+, /)
  expect(findings[1]).toMatch(/^Exchanged: the checkpoint of /)
})

test('the rows that were read are those of the database, each column of them', async () => {
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ n: number }>`select count(*) as n from event`.execute(tx),
  )
  expect(events).toHaveLength(rows[0]!.n)
  expect(Object.keys(events[0]!.row).sort()).toEqual([
    'about_id',
    'about_kind',
    'agency_id',
    'at',
    'client_id',
    'data_class',
    'detail',
    'handling',
    'id',
    'kind',
    'partnership_id',
    'played',
    'recorded_at',
    'salt',
    'seq',
    'staff_id',
    'viewer',
  ])
})
