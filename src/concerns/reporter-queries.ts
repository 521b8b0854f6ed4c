import { sql } from 'kysely'
import { become, type Tx, type Viewer } from '../platform/index.ts'

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
export const standingOf = async (tx: Tx, viewer: Viewer, concern: string, at: Date): Promise<Standing | undefined> => {
  const row = await tx
    .selectFrom('concern')
    .select(['reference', 'channel', 'received_at', 'worry', 'place', 'happened'])
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', concern)
    .executeTakeFirst()
  if (!row) return undefined
  const files = await tx
    .selectFrom('attachment')
    .select('name')
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .orderBy('added_at')
    .execute()
  const messages = await tx
    .selectFrom('message')
    .select(['id', 'direction', 'kind', 'words', 'answers_id', 'sent_at'])
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
  const open = steps.find(({ answered_at }) => answered_at === null)
  const { due, ...progress } = await progressOf(tx, viewer, concern, open?.id, at)
  return {
    ...row,
    ...progress,
    files: files.map(({ name }) => name),
    messages: messages as ReporterMessage[],
    stepsTaken: steps.length,
    waiting: open && { step: open.step, due },
  }
}

/**
 * How far it has come. The deciding is the front door's alone to read, so the product itself looks, and takes out of it
 * only what a reporter is told: that somebody has looked, the words for them, and by when a step is to be answered.
 */
const progressOf = async (tx: Tx, viewer: Viewer, concern: string, step: string | undefined, at: Date) => {
  await become(tx, { kind: 'system', partnership: viewer.partnership })
  const { rows } = await sql<{
    looked_at: Date | null
    decided_at: Date | null
    told: string | null
    due: Date | null
  }>`
    select
      (select min(from_at) from holding where partnership_id = ${viewer.partnership} and concern_id = ${concern}) as looked_at,
      d.decided_at, d.told,
      (select due_at from clock_run where partnership_id = ${viewer.partnership} and concern_id = ${concern}
        and of_id = ${step ?? null}::uuid and stopped_at is null limit 1) as due
    from (values (1)) as one
    left join decision d on d.partnership_id = ${viewer.partnership} and d.concern_id = ${concern} and d.replaced_at is null`.execute(
    tx,
  )
  await sql`update message set read_at = ${at} where partnership_id = ${viewer.partnership} and concern_id = ${concern}
    and direction = 'to reporter' and read_at is null`.execute(tx)
  await become(tx, viewer)
  const { looked_at, decided_at, told, due } = rows[0]!
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
export const sentBy = async (tx: Tx, partnership: string, staff: string): Promise<SentItem[]> => {
  const { rows } = await sql<SentItem>`
    select c.id, c.reference, left(c.worry, 200) as worry, c.received_at, c.channel,
      (select count(*) from message m where m.partnership_id = c.partnership_id and m.concern_id = c.id
        and m.direction = 'to reporter' and m.read_at is null) as unread
    from concern c where c.partnership_id = ${partnership} and c.entered_by = ${staff}
    order by c.received_at desc limit 200`.execute(tx)
  return rows
}
