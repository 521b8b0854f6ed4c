// A process of its own that links everything anew, as the night does, and kills itself with signal 9 while its part number
// KILL_AT is written, before that commits. Bundled and started by relink-killed.test.ts.
import type { KyselyPlugin } from 'kysely'
import { relinkAll } from '../src/joining/index.ts'
import { openDatabase, openKeys, readConfig } from '../src/platform/index.ts'

const [partnership, keysFile, at, killAt] = process.argv.slice(2) as [string, string, string, string]
let parts = 0
const dies: KyselyPlugin = {
  transformQuery: ({ node }) => {
    const says = node.kind === 'RawNode' ? node.sqlFragments.join('') : ''
    if (says.startsWith('update relink_run set changed') && ++parts === Number(killAt))
      process.kill(process.pid, 'SIGKILL')
    return node
  },
  transformResult: ({ result }) => Promise.resolve(result),
}
const database = await openDatabase(readConfig(process.env))
await relinkAll(database.db.withPlugin(dies), openKeys(keysFile), partnership, new Date(at), { atOnce: 4 })
await database.close()
