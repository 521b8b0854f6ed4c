import { sql } from 'kysely'
import { asProduct, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { openWords } from '../sealed.ts'
import type { Absence, Reply, Stage, Voice } from './voice.ts'

/** What the person said, as far as row-level security shows it to this viewer, the newest first, with what came of it. */
export const voicesOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Voice[]> => {
  const of = sql`partnership_id = ${partnership} and subject_id = ${subject}`
  type Row = Pick<Voice, 'id' | 'stage' | 'channel' | 'heard_on' | 'entered_by'> & {
    words_sealed: Buffer
    wanted_sealed: Buffer | null
    language_sealed: Buffer | null
    heard_by_sealed: Buffer | null
    key_id: string
  }
  const { rows } = await sql<Row>`select id, stage, channel, heard_on::text as heard_on, entered_by,
      words_sealed, wanted_sealed, language_sealed, heard_by_sealed, key_id
    from voice where ${of} order by heard_on desc, entered_at desc, id`.execute(tx)
  const columns = ['words', 'wanted', 'language', 'heard_by'] as const
  const heard = await openWords(tx, keys, partnership, { table: 'voice', columns, rows })
  const replies = await repliesOf(tx, keys, partnership, subject)
  return heard.map((one) => ({ ...one, replies: replies.filter(({ voice_id }) => voice_id === one.id) }))
}

const repliesOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Reply[]> => {
  const { rows } = await sql<Omit<Reply, 'did'> & { did_sealed: Buffer; key_id: string }>`
    select id, voice_id, did_sealed, key_id, explained, explained_on::text as explained_on from voice_reply
    where partnership_id = ${partnership} and subject_id = ${subject} order by entered_at, id`.execute(tx)
  return openWords(tx, keys, partnership, { table: 'voice_reply', columns: ['did'], rows })
}

/** When and why they were not heard, the newest first. */
export const absencesOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Absence[]> => {
  const { rows } = await sql<Omit<Absence, 'why'> & { why_sealed: Buffer; key_id: string }>`
    select id, stage, reason, why_sealed, key_id, next_try_on::text as next_try_on, entered_at from voice_absence
    where partnership_id = ${partnership} and subject_id = ${subject} order by entered_at desc, id`.execute(tx)
  return openWords(tx, keys, partnership, { table: 'voice_absence', columns: ['why'], rows })
}

/** How many things they said there are, whoever reads them. */
export const voiceCount = (tx: Tx, partnership: string, subject: string): Promise<number> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from voice
      where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
    return rows[0]!.count
  })

export type ToHear = { subject_id: string; reference: string; stage: Stage; next_try_on: string }
/** Whoever of these people could not be heard at a stage and has not been since: the first due first, by reference. */
export const toHear = (tx: Tx, viewer: StaffViewer, subjects: readonly string[]): Promise<ToHear[]> =>
  asProduct(tx, async () => {
    if (subjects.length === 0) return []
    const { rows } = await sql<ToHear>`
      select distinct on (a.subject_id, a.stage) a.subject_id, s.reference, a.stage, a.next_try_on::text as next_try_on
      from voice_absence a join subject s on s.partnership_id = a.partnership_id and s.id = a.subject_id
      where a.partnership_id = ${viewer.partnership} and a.subject_id = any(${[...subjects]}::uuid[]) and s.erased_at is null
        and not exists (select from voice v where v.partnership_id = a.partnership_id and v.subject_id = a.subject_id
          and v.stage = a.stage and v.entered_at >= a.entered_at)
        and not exists (select from conflict c where c.partnership_id = a.partnership_id and c.subject_id = a.subject_id
          and c.staff_id = ${viewer.staff} and c.lifted_at is null)
      order by a.subject_id, a.stage, a.entered_at desc`.execute(tx)
    return rows.sort((a, b) => a.next_try_on.localeCompare(b.next_try_on))
  })
