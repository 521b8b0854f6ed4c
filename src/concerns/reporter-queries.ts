import { sql } from 'kysely'
import { become, type DataKey, type Keys, type Tx, type Viewer } from '../platform/index.ts'
import { extract, keysOfRows, opened, openRows, wrappedKey } from './sealed.ts'

export type ReporterMessage = {
  id: string
  direction: 'to reporter' | 'from reporter'
  kind: string
  words: string
  answers_id: string | null
  sent_at: Date
}

/** What whoever said something may read of it: their own words, what was written to them, and how far it has come. */
export type Standing = {
  reference: string
  channel: string
  received_at: Date
  worry: string
  place: string
  happened: string
  files: string[]
  messages: ReporterMessage[]
  lookedAt: Date | undefined
  /** What the decision says to them. Its reasons and who made it are not theirs to read. */
  decided: { at: Date; told: string } | undefined
  /** The step of "I was not heard" that waits for its answer. */
  waiting: { step: number; due: Date | null } | undefined
  stepsTaken: number
}

/** Undefined when the asker may not see the concern. Everything written to them counts as read from here on. */
export const standingOf = async (
  tx: Tx,
  keys: Keys,
  viewer: Viewer,
  concern: string,
  at: Date,
): Promise<Standing | undefined> => {
  const row = await tx
    .selectFrom('concern')
    .select(['id', 'reference', 'channel', 'received_at', 'worry', 'place', 'happened', 'key_id'])
    .select(wrappedKey(viewer.partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', concern)
    .executeTakeFirst()
  if (!row) return undefined
  const open = await keysOfRows(tx, keys, viewer.partnership, [row])
  const files = await tx
    .selectFrom('attachment')
    .select(['id', 'name', 'key_id'])
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .orderBy('added_at')
    .execute()
  const messages = await tx
    .selectFrom('message')
    .select(['id', 'direction', 'kind', 'words', 'answers_id', 'sent_at', 'key_id'])
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .orderBy('sent_at')
    .execute()
  const steps = await tx
    .selectFrom('escalation')
    .select(['id', 'step', 'answered_at'])
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .execute()
  const unanswered = steps.find(({ answered_at }) => answered_at === null)
  const { due, ...progress } = await progressOf(tx, open, viewer, concern, unanswered?.id, at)
  return {
    ...opened(open, 'concern', row),
    ...progress,
    files: files.map((file) => opened(open, 'attachment', file).name),
    messages: messages.map((message) => opened(open, 'message', message)) as ReporterMessage[],
    stepsTaken: steps.length,
    waiting: unanswered && { step: unanswered.step, due },
  }
}

/**
 * How far it has come. The deciding is the front door's alone to read, so the product itself looks, and takes out of it
 * only what a reporter is told: that somebody has looked, the words for them, and by when a step is to be answered.
 */
const progressOf = async (
  tx: Tx,
  open: ReadonlyMap<string, DataKey>,
  viewer: Viewer,
  concern: string,
  step: string | undefined,
  at: Date,
) => {
  await become(tx, { kind: 'system', partnership: viewer.partnership })
  const { rows } = await sql<{
    looked_at: Date | null
    id: string | null
    decided_at: Date | null
    told: Buffer | null
    key_id: string | null
    due: Date | null
  }>`
    select
      (select min(from_at) from holding where partnership_id = ${viewer.partnership} and concern_id = ${concern}) as looked_at,
      d.id, d.decided_at, d.told, d.key_id,
      (select due_at from clock_run where partnership_id = ${viewer.partnership} and concern_id = ${concern}
        and of_id = ${step ?? null}::uuid and stopped_at is null limit 1) as due
    from (values (1)) as one
    left join decision d on d.partnership_id = ${viewer.partnership} and d.concern_id = ${concern} and d.replaced_at is null`.execute(
    tx,
  )
  await sql`update message set read_at = ${at} where partnership_id = ${viewer.partnership} and concern_id = ${concern}
    and direction = 'to reporter' and read_at is null`.execute(tx)
  await become(tx, viewer)
  const { looked_at, decided_at, due, id, ...decision } = rows[0]!
  const { told } = id ? opened(open, 'decision', { ...decision, id }) : {}
  return {
    lookedAt: looked_at ?? decided_at ?? undefined,
    decided: decided_at && told ? { at: decided_at, told } : undefined,
    due,
  }
}

export type SentItem = {
  id: string
  reference: string
  worry: string
  received_at: Date
  channel: string
  unread: number
}

/** What a member of staff has sent, the newest first. */
export const sentBy = async (tx: Tx, keys: Keys, partnership: string, staff: string): Promise<SentItem[]> => {
  const { rows } = await sql<Omit<SentItem, 'worry'> & { worry: Buffer; key_id: string; wrapped: Buffer | null }>`
    select c.id, c.reference, c.worry, c.key_id, ${wrappedKey(partnership, 'c.key_id')} as wrapped, c.received_at, c.channel,
      (select count(*) from message m where m.partnership_id = c.partnership_id and m.concern_id = c.id
        and m.direction = 'to reporter' and m.read_at is null) as unread
    from concern c where c.partnership_id = ${partnership} and c.entered_by = ${staff}
    order by c.received_at desc limit 200`.execute(tx)
  const sent = await openRows(tx, keys, partnership, 'concern', rows)
  return sent.map((item) => ({ ...item, worry: extract(item.worry, 200) }))
}
