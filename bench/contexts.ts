// 50 users over 10 pooled connections of PostgreSQL, each under their own agency, with transactions that break off and
// statements that run out of time: how many rows of another's were seen (none may be).
//   npm run bench -- contexts [requests]
import { inTransaction, openPostgres } from '../src/platform/index.ts'
import { enter } from '../test/cast.ts'
import { makeManyAgencies } from '../test/many-agencies.ts'
import { mixContexts } from '../test/viewer-context.ts'
import { makeGround } from './server.ts'

const requests = Number(process.argv[2] ?? 200_000)
const ground = await makeGround('postgres')
const owner = await ground.owner()
const { partnership } = await inTransaction(owner.db, enter)
const many = await makeManyAgencies(owner.db, partnership, 50, { clause: 'own', entries: 3 })
await owner.close()
const app = openPostgres(ground.env['DATABASE_URL']!, 10)
const began = performance.now()
const figures = await mixContexts(app.db, many, requests)
const seconds = (performance.now() - began) / 1000
console.log(
  `${figures.requests} requests of 50 users over 10 connections in ${seconds.toFixed(1)} s: ${figures.rows} rows seen, ` +
    `${figures.strangers} of another's; ${figures.aborted} transactions broken off, ${figures.timedOut} out of time`,
)
await app.close()
await ground.clear()
if (figures.strangers > 0) process.exitCode = 1
