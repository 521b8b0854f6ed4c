import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { newId, NotFound } from '../platform/index.ts'
import { answerSecond, answersFor, decideNotToShare, moreHarmful, share } from './disclosure.ts'
import { registerOf } from './register.ts'

let house: TestHouse
const subject = newId()
const planted = 'Her aunt in Leek collects her'
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
})
afterAll(() => house.close())

const about = () => ({
  ...safeguarding,
  subject,
  recipient: house.as('lena').agency,
  classes: ['D4'] as const,
  why: planted,
  at: house.clock.now,
})

test('the recipient is answered by the agreement, class by class, before anything goes', async () => {
  const register = await house.seen(house.system, (tx) => registerOf(tx, house.cast.partnership))
  const of = { supplier: house.as('hal').agency, age: 'child', handling: 0, closeness: 2, register } as const
  const effects = (recipient: string): string[] =>
    answersFor({ ...about(), classes: ['D4', 'D7'], recipient }, of).map(({ told }) =>
      told.effect === 'deny' ? told.reason : told.effect,
    )
  expect(effects(house.as('lena').agency)).toEqual(['allow', 'BARRED'])
  expect(effects(house.as('wes').agency)).toEqual(['NO_CLAUSE', 'BARRED'])
})

test('what was shared is kept sealed, for the agency that shared it', async () => {
  const hal = house.as('hal')
  const { keys } = house.house
  const sharing = {
    ...about(),
    method: 'by phone',
    notTold: 'It would put her at risk',
    outside: null,
    expires: null,
  } as const
  const id = await house.seen(hal, (tx) => share(tx, keys, hal, sharing))
  const seenBy = (name: 'hal' | 'lena' | 'wes') =>
    house.seen(
      house.as(name),
      async (tx) =>
        (
          await sql<{
            row: string
          }>`select encode(why_sealed, 'escape') as row from disclosure where id = ${id}`.execute(tx)
        ).rows,
    )
  const [kept] = await seenBy('hal')
  expect(kept!.row).not.toContain('aunt')
  expect(await seenBy('lena')).toEqual([])
  expect(await seenBy('wes')).toEqual([])
})

test('not sharing because it harms the child more waits for another manager of the agency, once', async () => {
  const hal = house.as('hal')
  const id = await house.seen(hal, (tx) =>
    decideNotToShare(tx, house.house.keys, hal, { ...about(), reason: moreHarmful }),
  )
  const at = house.clock.now
  const answer = (viewer: typeof hal) =>
    house.seen(viewer, (tx) => answerSecond(tx, viewer, id, { answer: 'confirmed', at }))
  await expect(answer({ ...hal, roles: ['manager'] })).rejects.toThrow(NotFound)
  await expect(answer({ ...house.as('lena'), roles: ['manager'] })).rejects.toThrow(NotFound)
  const second = { ...hal, staff: house.as('lena').staff, roles: ['manager'] as const }
  await answer(second)
  await expect(answer(second)).rejects.toThrow(NotFound)
})
