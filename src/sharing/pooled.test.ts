import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { makeManyAgencies } from '../../test/many-agencies.ts'
import { revokeDuringReads } from '../../test/revocation.ts'
import { mixContexts } from '../../test/viewer-context.ts'
import { become, inTransaction, newId, type Viewer } from '../platform/index.ts'
import { compile } from './compile.ts'
import { declareConflict } from './conflict.ts'

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

test('within one transaction too: what was open is neither kept past the withdrawal, nor for another, nor believed when made up', async () => {
  const other = await openTestHouse()
  const many = await makeManyAgencies(other.db, other.cast.partnership, 3, { clause: 'all', entries: 2 })
  const [first, second] = many.viewers
  const now = new Date('2026-06-01T10:00:00Z')
  await inTransaction(other.db, async (tx) => {
    const count = async (viewer: Viewer, at = now): Promise<number> => {
      await become(tx, viewer, { now: at, zone: 'Europe/London' })
      return (await tx.selectFrom('entry').select('id').where('subject_id', 'in', many.subjects).execute()).length
    }
    const { stated, ...nothingStated } = first!
    expect(await count(first!)).toBe(6)
    expect(await count(first!)).toBe(6)
    expect(await count(nothingStated)).toBe(0)
    expect(await count({ ...first!, stated: { ...stated!, purpose: 'housing' } })).toBe(0)
    expect(await count(first!, new Date('2025-12-31T23:59:59Z'))).toBe(0)
    expect(await count(first!)).toBe(6)
    const { rows } = await sql<{ kept: string }>`select current_setting('trellis.cells', true) as kept`.execute(tx)
    await become(tx, { kind: 'system', partnership: many.partnership })
    await tx
      .insertInto('agreement_withdrawal')
      .values({
        partnership_id: many.partnership,
        id: newId(),
        agreement_id: many.agreement,
        agency_id: first!.agency,
        why: 'proof',
        withdrawn_at: now,
      })
      .execute()
    await compile(tx, many.partnership)
    expect(await count(first!)).toBe(0)
    expect(await count(second!)).toBe(4)
    const putBack = () => sql`select set_config('trellis.cells', ${rows[0]!.kept}, true)`.execute(tx)
    await putBack()
    expect(await count(first!)).toBe(0)
    await putBack()
    expect(await count(first!)).toBe(0)
  })
  await other.close()
})

test('who is too close to a person is told nothing from the very next read on, and what was taken back is as if it never was', async () => {
  const other = await openTestHouse()
  const many = await makeManyAgencies(other.db, other.cast.partnership, 3, { clause: 'all', entries: 2 })
  const first = many.viewers[0]!
  const now = new Date('2026-06-01T10:00:00Z')
  await inTransaction(other.db, async (tx) => {
    const count = async (): Promise<number> => {
      await become(tx, first, { now, zone: 'Europe/London' })
      return (await tx.selectFrom('entry').select('id').where('subject_id', 'in', many.subjects).execute()).length
    }
    const declare = (subject: string) => declareConflict(tx, first, { subject, kind: 'declared', at: now })
    expect(await count()).toBe(6)
    await declare(many.subjects[0]!)
    expect(await count()).toBe(4)
    const broken = inTransaction(tx, async () => {
      await declare(many.subjects[1]!)
      expect(await count()).toBe(2)
      throw new Error('Taken back')
    })
    await expect(broken).rejects.toThrow('Taken back')
    expect(await count()).toBe(4)
  })
  await other.close()
})
