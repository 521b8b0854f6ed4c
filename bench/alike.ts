// Are answers that say the same given in the same time? Receipts that are wrong, unknown and half; passwords of nobody and
// of somebody. Turn and turn about in one run: what the machine does besides falls on all of them alike.
//   npm run bench -- alike [turns, usually 300]
import { reportSchema } from '../src/concerns/concern.ts'
import { openReceipt } from '../src/concerns/receipt.ts'
import { report } from '../src/concerns/report.ts'
import { become, inTransaction, openKeys, openPostgres, type Viewer } from '../src/platform/index.ts'
import { hashPassword, isPassword } from '../src/staff/password.ts'
import { enter } from '../test/cast.ts'
import { makeGround, quantile } from './server.ts'

const turns = Number(process.argv[2] ?? 300)
const ground = await makeGround('postgres')
const owner = await ground.owner()
const { partnership } = await inTransaction(owner.db, enter)
await owner.close()
const app = openPostgres(ground.env['DATABASE_URL']!, 2)
const keys = openKeys(`${ground.folder}/keys.json`)
const anyone: Viewer = { kind: 'public', partnership }
const at = new Date()
const sent = await inTransaction(app.db, async (tx) => {
  await become(tx, anyone)
  return report(tx, keys, anyone, reportSchema.parse({ worry: 'Something is not right' }), { channel: 'public', at })
})
if (sent === 'already sent') throw new Error(sent)
const opened = (typed: string) =>
  inTransaction(app.db, async (tx) => {
    await become(tx, anyone)
    return openReceipt(tx, keys, partnership, typed, at)
  })
const stored = await hashPassword('hammock quartz violin')

/** Asks each in turn and prints how long each took, and how often the second of two took longer than the first. */
const compare = async (what: string, ways: Record<string, () => Promise<unknown>>) => {
  const took = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]))
  for (let turn = -10; turn < turns; turn++)
    for (const [name, way] of Object.entries(ways)) {
      const began = performance.now()
      await way()
      if (turn >= 0) took[name]!.push(performance.now() - began)
    }
  const [first, ...others] = Object.keys(ways)
  for (const name of Object.keys(ways))
    console.log(`${what}, ${name}: median ${quantile(took[name]!, 0.5).toFixed(2)} ms`)
  for (const name of others) {
    const pairs = took[first!]!.flatMap((a) => took[name]!.map((b) => (b > a ? 1 : b === a ? 0.5 : 0)))
    const longer = pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length
    console.log(`${what}, ${name} took longer than ${first} in ${(longer * 100).toFixed(0)} of 100 pairs (50: alike)`)
  }
}

await compare('receipt', {
  wrong: () => opened(sent.receipt.slice(0, 4) + 'Z'.repeat(16)),
  unknown: () => opened('Z'.repeat(20)),
  half: () => opened(sent.receipt.slice(0, 12)),
})
await compare('password', {
  'of somebody, wrong': () => isPassword(stored, 'hammock quartz viola'),
  'of nobody': () => isPassword(undefined, 'hammock quartz viola'),
})
await app.close()
await ground.clear()
