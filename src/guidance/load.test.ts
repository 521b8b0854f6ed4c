import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { loadGuidance } from './load.ts'
import { publish, withdraw } from './publish.ts'
import { readGuidance } from './published.ts'
import { shippedPieces, type Shipped } from './shipped.ts'
import { versionsOf } from './version.ts'
import type { SignWords } from './guidance.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const load = (pieces = shippedPieces()) => house.seen(house.system, (tx) => loadGuidance(tx, house.system, pieces))
const newer = (piece: Shipped): Shipped => ({
  ...piece,
  version: piece.version + 1,
  words: { ...(piece.words as SignWords), text: 'Renewed by the product' },
})
const pieceOf = (code: string) => shippedPieces().find((piece) => piece.kind === 'sign' && piece.code === code)!
const versions = (code: string) =>
  house.seen(house.anyone, (tx) => versionsOf(tx, house.cast.partnership, 'sign', code))

test('everything shipped arrives once, however often it is loaded', async () => {
  expect(await load()).toEqual({ added: shippedPieces().length, renewed: 0 })
  expect(await load()).toEqual({ added: 0, renewed: 0 })
  const guidance = await house.seen(house.anyone, (tx) => readGuidance(tx, house.cast.partnership))
  expect(guidance.settings).toHaveLength(19)
  expect(guidance.signs.length).toBeGreaterThan(200)
  expect(guidance.definition?.approved_on).toBeNull()
})

test('a newer shipped version renews what nobody here has touched, and keeps the old one', async () => {
  expect(await load([newer(pieceOf('TX01'))])).toEqual({ added: 0, renewed: 1 })
  const [now, before] = await versions('TX01')
  expect(now).toMatchObject({ version: 2, shipped_version: 2, origin: 'shipped', text: 'Renewed by the product' })
  expect(before?.text).toBe((pieceOf('TX01').words as SignWords).text)
})

test('words written here are never overwritten, and what was taken down stays down', async () => {
  const ada = house.as('ada')
  await house.seen(ada, async (tx) => {
    const words = { ...(pieceOf('TX02').words as SignWords), text: 'Our own words' }
    const given = { kind: 'sign', code: 'TX02', basedOn: 1, writtenBy: ada.staff, reviewBy: '2027-11-23' } as const
    expect(await publish(tx, ada, { ...given, words, why: 'local' })).toBe('published')
    expect(await withdraw(tx, ada, { kind: 'sign', code: 'TX03' }, 'does not fit here')).toBe('withdrawn')
  })
  expect(await load([newer(pieceOf('TX02')), newer(pieceOf('TX03'))])).toEqual({ added: 0, renewed: 0 })
  expect((await versions('TX02'))[0]?.text).toBe('Our own words')
})

test('each partnership has its own: one cannot read or write the other’s', async () => {
  const { otto } = house.cast.people
  const oakshire = { kind: 'system', partnership: otto.partnership } as const
  const seen = await house.seen(oakshire, (tx) => tx.selectFrom('publication').selectAll().execute())
  expect(seen).toEqual([])
  await expect(
    house.seen(oakshire, (tx) =>
      loadGuidance(tx, { kind: 'system', partnership: house.cast.partnership }, [newer(pieceOf('TX04'))]),
    ),
  ).rejects.toThrow('row-level security')
})

test('nobody may change or remove a published version, not even the product itself', async () => {
  for (const viewer of [house.as('ada'), house.system])
    for (const table of ['publication', 'sign', 'guidance_withdrawal'] as const) {
      await expect(house.seen(viewer, (tx) => tx.deleteFrom(table).execute())).rejects.toThrow('permission denied')
      await expect(house.seen(viewer, (tx) => tx.updateTable(table).set({ code: 'x' }).execute())).rejects.toThrow(
        'permission denied',
      )
    }
})

test('a duty worker and a visitor cannot publish, whatever a page would let through', async () => {
  for (const viewer of [house.as('dena'), house.as('priya'), house.anyone])
    await expect(
      house.seen(viewer, (tx) => loadGuidance(tx, viewer, [{ ...newer(pieceOf('TX05')), code: 'TX99' }])),
    ).rejects.toThrow('row-level security')
})
