import { expect, test } from 'vitest'
import { openGround } from '../test/ground.ts'
import { openHouse } from './app.ts'
import { hasPartnership } from './commands/serve.ts'
import { openUpToDate } from './commands/up-to-date.ts'
import { loadDemo } from './demo.ts'

test('a demo that was stopped half-way leaves an empty database, which the next start fills', async () => {
  const ground = await openGround()
  const { database } = await openUpToDate(ground.config)
  const { house, app } = await openHouse(ground.config, database)
  let asked = 0
  const stopped = {
    ...house,
    now: () => {
      if (++asked > 5) throw new Error('stopped here')
      return house.now()
    },
  }
  await expect(loadDemo(stopped)).rejects.toThrow('stopped here')
  expect(await hasPartnership(house.db)).toBe(false)
  await app.close()
  await database.close()
  await ground.clear()
})
