// Two people write on one assessment while the server is killed with signal 9 again and again; then everything that was
// shown to them as saved is looked for. Prints how many texts were shown and how many are there.
//   npm run bench -- kill-writing embedded|postgres [minutes] [kills]
import { inTransaction, openKeys } from '../src/platform/index.ts'
import { enter } from '../test/cast.ts'
import { lostOf, prepareWriting, Writer } from '../test/writer.ts'
import { makeGround, startServer, type Where } from './server.ts'

const where = (process.argv[2] ?? 'embedded') as Where
const minutes = Number(process.argv[3] ?? 10)
const kills = Number(process.argv[4] ?? 20)

const ground = await makeGround(where)
const keys = openKeys(`${ground.folder}/keys.json`)
const first = await ground.owner()
const cast = await inTransaction(first.db, enter)
const writing = await prepareWriting(first.db, keys, cast, 2)
await first.close()

const port = 20_000 + (process.pid % 20_000)
const url = `http://127.0.0.1:${port}`
const writers = writing.sessions.map((session, n) => new Writer(`w${n}x`, session, writing.path))
let server = await startServer(ground, port)
const began = performance.now()
const fields = ['place_home', 'place_peers']
const work = writers.map((writer, n) => writer.write(() => url, fields[n]!, 'place_area'))
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
for (let kill = 1; kill <= kills; kill++) {
  // Somewhere in its share of the time, so that the blow falls in the middle of anything.
  const until = began + ((kill - 1 + Math.random()) / kills) * minutes * 60_000
  await wait(Math.max(0, until - performance.now()))
  await server.stop('SIGKILL')
  server = await startServer(ground, port)
}
await wait(Math.max(0, began + minutes * 60_000 - performance.now()))
for (const writer of writers) writer.going = false
await Promise.all(work)
await server.stop()

const last = await ground.owner()
const { lost, gone, versions } = await lostOf(last.db, keys, writing, writers)
await last.close()
await ground.clear()
const shown = writers.reduce((sum, writer) => sum + writer.shown.length, 0)
const refused = writers.reduce((sum, writer) => sum + writer.refused, 0)
console.log(
  `${where}, server killed ${kills} times in ${((performance.now() - began) / 60_000).toFixed(1)} minutes of two writing: ${shown} texts shown as saved, ${lost.length} lost; ${gone.length} of the last words stand nowhere; ${versions} versions kept; ${refused} tries met a dead server and were made again`,
)
process.exit(lost.length + gone.length === 0 ? 0 : 1)
