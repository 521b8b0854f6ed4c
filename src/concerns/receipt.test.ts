import * as argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { reportSchema } from './concern.ts'
import { becomeReporter, endVisit, openReceipt, startVisit } from './receipt.ts'
import { report } from './report.ts'

// The work behind an answer is counted, not timed: a busy machine must not tell here. `npm run bench -- alike` times it.
vi.mock('@node-rs/argon2', { spy: true })

let house: TestHouse
let receipt: string
let concern: string
beforeAll(async () => {
  house = await openTestHouse()
  const sent = await house.seen(house.anyone, (tx) =>
    report(tx, house.house.keys, house.anyone, reportSchema.parse({ worry: 'Something is not right' }), {
      channel: 'public',
      at: house.clock.now,
    }),
  )
  if (sent === 'already sent') throw new Error(sent)
  ;({ receipt, concern } = sent)
})
afterAll(() => house.close())

const open = (typed: string, at = house.clock.now, partnership = house.cast.partnership) =>
  house.seen(house.anyone, (tx) => openReceipt(tx, house.house.keys, partnership, typed, at))

test('a receipt is twenty characters in fours, none of them mistaken for another', () => {
  expect(receipt).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){4}[0-9A-HJKMNP-TV-Z]{4}$/)
})

test('it opens however it is typed', async () => {
  const slips = receipt.replaceAll('0', 'o').replaceAll('1', 'l')
  for (const typed of [
    receipt,
    receipt.toLowerCase(),
    receipt.replaceAll(' ', ''),
    ` ${receipt.replaceAll(' ', '-')} `,
    slips,
  ])
    expect((await open(typed))?.concern, typed).toBe(concern)
})

test('a wrong, unknown, short or expired one opens nothing', async () => {
  const last = receipt.endsWith('0') ? '1' : '0'
  for (const typed of [receipt.slice(0, -1) + last, 'ZZZZ'.repeat(5), receipt.slice(0, 12), '', `${receipt} AAAA`])
    expect(await open(typed), typed).toBeUndefined()
  expect(await open(receipt, new Date('2028-11-23T10:00:01Z'))).toBeUndefined()
  expect(await open(receipt, new Date('2028-11-23T09:59:59Z'))).toBeDefined()
})

test('it opens nothing in another partnership', async () => {
  expect(await open(receipt, house.clock.now, house.cast.people.otto.partnership)).toBeUndefined()
})

test('the database holds neither the receipt nor anything that opens it without the pepper', async () => {
  const row = await house.seen(house.system, (tx) =>
    tx.selectFrom('receipt').selectAll().where('concern_id', '=', concern).executeTakeFirstOrThrow(),
  )
  expect(row.secret_hash).toMatch(/^\$argon2id\$/)
  expect(JSON.stringify(row)).not.toContain(receipt.replaceAll(' ', '').slice(4))
  const secret = receipt.replaceAll(' ', '').slice(4)
  expect(await argon2.verify(row.secret_hash, secret, { secret: house.house.keys.pepper })).toBe(true)
  expect(await argon2.verify(row.secret_hash, secret)).toBe(false)
})

test('a wrong, an unknown and a half receipt all cost one hash of the same weight', async () => {
  const weight = (stored: string) => /^(\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$)/.exec(stored)![1]
  const spent: string[][] = []
  for (const typed of [receipt.slice(0, 4) + 'Z'.repeat(16), 'Z'.repeat(20), receipt.slice(0, 12), '']) {
    vi.mocked(argon2.verify).mockClear()
    expect(await open(typed)).toBeUndefined()
    spent.push(
      vi.mocked(argon2.verify).mock.calls.map(([stored, secret]) => `${weight(String(stored))} ${secret.length}`),
    )
  }
  expect(spent[0]).toHaveLength(1)
  for (const one of spent) expect(one).toEqual(spent[0])
})

test('afterwards the transaction is a visitor’s again', async () => {
  const seen = await house.seen(house.anyone, async (tx) => {
    await openReceipt(tx, house.house.keys, house.cast.partnership, receipt, house.clock.now)
    return (await tx.selectFrom('concern').select('id').execute()).length
  })
  expect(seen).toBe(0)
})

test('a visit shows its own concern alone, for half an hour of reading, until it is ended', async () => {
  const { keys } = house.house
  const at = (minutes: number) => new Date(house.clock.now.getTime() + minutes * 60_000)
  const visit = (token: string | undefined, minutes: number) =>
    house.seen(house.anyone, async (tx) => {
      const viewer = await becomeReporter(tx, keys, house.cast.partnership, token, at(minutes))
      return viewer && (await tx.selectFrom('concern').select('id').execute()).map(({ id }) => id)
    })
  const agency = house.cast.agencies['childrens']!
  const token = await house.seen(house.anyone, (tx) =>
    startVisit(tx, keys, house.cast.partnership, concern, agency, at(0)),
  )
  expect(await visit(token, 29)).toEqual([concern])
  expect(await visit(token, 58)).toEqual([concern])
  expect(await visit(token, 89)).toBeUndefined()
  expect(await visit('made up', 1)).toBeUndefined()
  expect(await visit(undefined, 1)).toBeUndefined()
  const other = await house.seen(house.anyone, (tx) =>
    startVisit(tx, keys, house.cast.partnership, concern, agency, at(0)),
  )
  await house.seen(house.anyone, (tx) => endVisit(tx, keys, house.cast.partnership, other))
  expect(await visit(other, 1)).toBeUndefined()
})
