import { asViewer, type Keys, type StaffViewer } from '../src/platform/index.ts'
import { runFor, sayColumns, confirmRun, answerLook } from '../src/joining/feeds/answer.ts'
import { applyRun } from '../src/joining/feeds/apply-run.ts'
import { guessColumns } from '../src/joining/feeds/columns.ts'
import { feedToSend, type Bench } from '../src/joining/feeds/feed.ts'
import { keepFeed, type FeedSaid } from '../src/joining/feeds/keep-feed.ts'
import { readRun } from '../src/joining/feeds/read-run.ts'
import { receive } from '../src/joining/feeds/receive.ts'
import type { Name } from './cast.ts'
import type { TestHouse } from './house.ts'

export const header = 'Pupil ID,Forename,Surname,DOB,Postcode,NHS No,Start date'

/** A feed of the school unless said, as two managers of one agency deal with it. */
export const openFeed = async (
  house: TestHouse,
  said: Partial<FeedSaid> = {},
  names: readonly [Name, Name] = ['priya', 'saul'],
) => {
  const keys: Keys = house.house.keys
  const manager = (name: Name): StaffViewer => ({ ...house.as(name), roles: ['manager'], frontDoor: false })
  const [priya, saul] = [manager(names[0]), manager(names[1])]
  const bench: Bench = {
    keys,
    partnership: house.cast.partnership,
    now: house.clock.now,
    within: (work) => asViewer(house.db, house.system, work),
  }
  const feed = await house.seen(priya, (tx) =>
    keepFeed(
      tx,
      priya,
      undefined,
      { name: 'Pupils', sends: 'whole', contact: '01632 960700', by_system: false, senders: [], ...said },
      house.clock.now,
    ),
  )
  const send = async (text: string | Buffer, who: StaffViewer = priya) => {
    const of = await house.seen(who, (tx) => feedToSend(tx, who, feed))
    return receive(bench, who, of, [typeof text === 'string' ? Buffer.from(text) : text])
  }
  const found = (run: string, who: StaffViewer = priya) => house.seen(who, (tx) => runFor(tx, who, feed, run))
  /** Sends and reads it, saying what the columns hold where it asks for the first time. */
  const read = async (text: string | Buffer): Promise<string> => {
    const sent = await send(text)
    if (!('run' in sent) || sent.outcome !== 'taken') throw new Error(sent.outcome)
    await readRun(bench, sent.run)
    const { run, feed: of } = await found(sent.run)
    if (run.state === 'columns' && !of.columns) {
      const columns = guessColumns(header.split(','), null)
      await house.seen(priya, (tx) => sayColumns(tx, priya, { run, feed: of }, columns))
      await readRun(bench, sent.run)
    }
    return sent.run
  }
  const confirm = (run: string) =>
    house.seen(priya, async (tx) => confirmRun(tx, priya, await runFor(tx, priya, feed, run), house.clock.now))
  const look = (run: string, answer: 'apply' | 'stop', who: StaffViewer = saul) =>
    house.seen(who, async (tx) => answerLook(tx, who, await runFor(tx, who, feed, run), answer, house.clock.now))
  /** All of it, as a night goes by. */
  const apply = async (text: string | Buffer): Promise<string> => {
    const run = await read(text)
    if ((await confirm(run)) === 'second look') await look(run, 'apply')
    await applyRun(bench, run)
    return run
  }
  const list = () =>
    house.seen(priya, (tx) =>
      tx.selectFrom('fed_person').selectAll().where('feed_id', '=', feed).where('ended_at', 'is', null).execute(),
    )
  const leftOut = (run: string) =>
    house.seen(priya, async (tx) => {
      const rows = await tx
        .selectFrom('feed_row')
        .select(['line', 'reason', 'at_column', 'number'])
        .where('run_id', '=', run)
        .where('what', 'in', ['broken', 'again'])
        .orderBy('line')
        .execute()
      return rows.map(({ line, reason, at_column, number }) => [line, reason, at_column ?? number])
    })
  return { feed, bench, priya, saul, send, read, found, confirm, look, apply, list, leftOut }
}

export const csv = (...rows: readonly string[]): string => [header, ...rows].join('\n')
