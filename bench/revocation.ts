// An agency takes its signature back while a hundred of its reads run, again and again on PostgreSQL: how many reads
// that began after the commit still found something (none may).
//   npm run bench -- revocation [rounds]
import { inTransaction, openPostgres } from '../src/platform/index.ts'
import { enter } from '../test/cast.ts'
import { makeManyAgencies } from '../test/many-agencies.ts'
import { revokeDuringReads } from '../test/revocation.ts'
import { makeGround } from './server.ts'

const rounds = Number(process.argv[2] ?? 1000)
const ground = await makeGround('postgres')
const owner = await ground.owner()
const { partnership } = await inTransaction(owner.db, enter)
const many = await makeManyAgencies(owner.db, partnership, 2, { clause: 'all', entries: 2 })
await owner.close()
const app = openPostgres(ground.env['DATABASE_URL']!, 12)
const began = performance.now()
const figures = await revokeDuringReads(app.db, many, { rounds })
console.log(
  `${figures.rounds} withdrawals during ${figures.reads} reads in ${((performance.now() - began) / 1000).toFixed(1)} s: ` +
    `${figures.before} reads found something, ${figures.late} of them began after the commit`,
)
await app.close()
await ground.clear()
if (figures.late > 0) process.exitCode = 1
