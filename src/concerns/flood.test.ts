import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Keys } from '../platform/index.ts'
import { withinBudget } from '../web/index.ts'
import { isProof, waited, waitTicket } from './flood.ts'

const keys: Keys = { version: 1, current: 'k1', keys: { k1: Buffer.alloc(32, 1) }, pepper: Buffer.alloc(32, 2) }
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, seconds))

test('a budget is for everybody together and fills up again evenly', () => {
  let seconds = 0
  const house = { db: {} as never, now: () => at(seconds) }
  const take = () => withinBudget(house, 'reports', 6)
  expect([1, 2, 3, 4, 5, 6, 7].map(take)).toEqual([true, true, true, true, true, true, false])
  seconds = 10
  expect([take(), take()]).toEqual([true, false])
  seconds = 1000
  expect([1, 2, 3, 4, 5, 6, 7].map(take)).toEqual([true, true, true, true, true, true, false])
  expect(withinBudget(house, 'files', 6)).toBe(true)
})

test('a ticket says how long somebody waited, with this report alone, for an hour', () => {
  const ticket = waitTicket(keys, 'report-1', at(0))
  expect(waited(keys, 'report-1', ticket, at(21))).toBe(21_000)
  expect(waited(keys, 'report-2', ticket, at(21))).toBeUndefined()
  expect(waited(keys, 'report-1', ticket, at(3601))).toBeUndefined()
  const [, mac] = ticket.split('.')
  expect(waited(keys, 'report-1', `${at(-30).getTime()}.${mac}`, at(21))).toBeUndefined()
  for (const made of [undefined, '', 'x', `${ticket}x`, '1.2'])
    expect(waited(keys, 'report-1', made, at(21))).toBeUndefined()
})

test('proof is work that belongs to the ticket', () => {
  const ticket = waitTicket(keys, 'report-1', at(0))
  let nonce = 0
  while (createHash('sha256').update(`${ticket}:${nonce}`).digest().readUInt32BE(0) >>> 14) nonce++
  expect(isProof(ticket, String(nonce))).toBe(true)
  expect(isProof(`${ticket}x`, String(nonce))).toBe(false)
  for (const made of [undefined, '', '-1', '1e3', '0x10', ' 5']) expect(isProof(ticket, made)).toBe(false)
})
