import { openHouse } from '../app.ts'
import { loadDemo } from '../demo.ts'
import type { Config } from '../platform/index.ts'
import { analyze, hasPartnership } from './serve.ts'
import { openUpToDate } from './up-to-date.ts'

export const demo = async (config: Config): Promise<void> => {
  const { database } = await openUpToDate(config)
  try {
    const { house, app } = await openHouse(config, database)
    if (await hasPartnership(house.db))
      throw new Error('This database holds a partnership already: the demo needs an empty one.')
    await loadDemo(house)
    await analyze(database)
    await app.close()
    console.log('The demo is loaded: start it with `trellis serve`.')
  } finally {
    await database.close()
  }
}
