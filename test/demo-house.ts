import { jobsWith } from '../src/app.ts'
import { loadDemo } from '../src/demo.ts'
import { runDueJobs } from '../src/platform/index.ts'
import { openTestHouse, type TestHouse } from './house.ts'

/** A house with the demo in it, as somebody finds it who has just started Trellis to try it; and what its worker does. */
export const openDemoHouse = async (): Promise<TestHouse & { work: () => Promise<void> }> => {
  const house = await openTestHouse({ demo: true })
  // The demo is at this machine's address, where the cast's county was.
  await house.seen(house.system, (tx) =>
    tx.updateTable('partnership').set({ is_default: false }).where('id', '=', house.cast.partnership).execute(),
  )
  await loadDemo(house.house)
  const jobs = jobsWith(house.house.keys, house.house.now)
  const work = async (): Promise<void> => {
    await runDueJobs(house.db, jobs, (kind, error) => {
      throw new Error(`${kind}: ${String(error)}`)
    })
  }
  return { ...house, work }
}
