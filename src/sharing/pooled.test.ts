import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { makeManyAgencies } from '../../test/many-agencies.ts'
import { revokeDuringReads } from '../../test/revocation.ts'
import { mixContexts } from '../../test/viewer-context.ts'

/** Small turns of two proofs; `npm run bench -- contexts` and `-- revocation` run them in full. */
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

test('users who share connections never see a row of another, though transactions break off and run out of time', async () => {
  const many = await makeManyAgencies(house.db, house.cast.partnership, 12, { clause: 'own', entries: 3 })
  const figures = await mixContexts(house.db, many, 600)
  expect(figures).toMatchObject({ strangers: 0 })
  expect(figures.rows).toBeGreaterThan(1000)
  expect(figures.aborted).toBeGreaterThan(5)
})

test('no read that begins after a signature was taken back finds anything', async () => {
  const other = await openTestHouse()
  const many = await makeManyAgencies(other.db, other.cast.partnership, 2, { clause: 'all', entries: 2 })
  const figures = await revokeDuringReads(other.db, many, { rounds: 5 })
  await other.close()
  expect(figures.late).toBe(0)
  expect(figures.before).toBeGreaterThan(0)
  expect(figures.before).toBeLessThan(figures.reads)
})
