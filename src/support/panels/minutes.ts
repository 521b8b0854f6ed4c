import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  newId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { addEntry, mayKeep, type WholeMeeting } from '../../subjects/index.ts'
import { addAction, type ActionSaid } from '../plan/act.ts'
import { guardOf } from '../plan/plan.ts'
import { propose } from '../plan/proposal.ts'
import { openRows, sealerFor } from '../sealed.ts'
import { write, type Document, type Question } from '../writing/index.ts'

/** What minutes say of one person, place or group. */
export const minuteQuestions = [
  { name: 'known', kind: 'words' },
  { name: 'thinking', kind: 'words' },
  { name: 'differed', kind: 'words' },
] as const satisfies readonly Question[]

type Subject = { id: string; adult_from: string | null }

/** The minutes of a meeting as a document that several people write: kept as closely as the meeting. */
export const documentOf = (meeting: WholeMeeting, { id, adult_from }: Subject): Document => ({
  id: meeting.id,
  subject_id: id,
  adult_from,
  data_class: 'D4',
  handling: meeting.handling,
})

export const minuteFields = minuteQuestions.map(({ name }) => name)
export type MinuteField = (typeof minuteFields)[number]

/** Writes minutes that nobody has written before, in one sitting at once. */
export const writeMinutes = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { meeting, subject }: { meeting: WholeMeeting; subject: Subject },
  said: Partial<Record<MinuteField, string>>,
  at: Date,
): Promise<void> => {
  const typed = Object.entries(said).map(([field, words]) => ({ field, words, read: [] }))
  const sat = { sitting: newId(), typed, event: minutesWritten, at }
  await write(tx, keys, viewer, documentOf(meeting, subject), sat)
}
export const minutesWritten = 'meeting minutes written'

export type Decision = {
  id: string
  words: string
  why: string
  action_id: string | null
  entry_id: string | null
  proposal_id: string | null
  decided_by: string
  decided_at: Date
}

/** What was decided in these meetings, the earliest first. */
export const decisionsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  meetings: readonly string[],
): Promise<(Decision & { meeting_id: string })[]> => {
  const { rows } = await sql<
    Omit<Decision, 'words' | 'why'> & { meeting_id: string; words_sealed: Buffer; why_sealed: Buffer; key_id: string }
  >`select id, meeting_id, words_sealed, why_sealed, key_id, action_id, entry_id, proposal_id, decided_by, decided_at from panel_decision
    where partnership_id = ${partnership} and meeting_id = any(${[...meetings]}::uuid[]) order by decided_at, id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'panel_decision', columns: ['words', 'why'] }, rows)
}

/**
 * What is to be done: an action of the plan; without a plan an entry that says who does what by when; and from outside
 * the circle, which does not keep the plan, a proposal to those who do.
 */
export type ToDo = { plan: ActionSaid } | { entry: string } | { proposed: ActionSaid } | undefined

/**
 * Writes down a decision, and what is to be done of it, in one transaction: where either cannot be kept, neither is.
 * @throws {NotFound} when the meeting is not the viewer's to keep, or has ended
 */
export const decideAt = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { meeting, subject }: { meeting: WholeMeeting; subject: Subject },
  { words, why, todo }: { words: string; why: string; todo: ToDo },
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (!mayKeep(viewer, meeting)) throw new NotFound()
    const id = newId()
    const action = todo && 'plan' in todo ? await addAction(inner, keys, viewer, subject, todo.plan, at) : null
    const proposal =
      todo && 'proposed' in todo ? await proposeFrom(inner, keys, viewer, { id, subject }, todo.proposed, at) : null
    const { handling } = meeting
    const said = { kind: 'meeting', happened_at: at, data_class: 'D4', handling, source: '' } as const
    const entry =
      todo && 'entry' in todo
        ? await addEntry(
            inner,
            keys,
            viewer,
            subject,
            { ...said, words: todo.entry },
            { at, about: { kind: 'panel', id } },
          )
        : null
    const last = await asProduct(inner, () =>
      inner
        .selectFrom('panel_decision')
        .select('decided_at')
        .where('partnership_id', '=', viewer.partnership)
        .where('meeting_id', '=', meeting.id)
        .orderBy('decided_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    )
    const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'panel_decision', row: id })
    await asProduct(inner, () =>
      inner
        .insertInto('panel_decision')
        .values({
          partnership_id: viewer.partnership,
          id,
          meeting_id: meeting.id,
          subject_id: subject.id,
          agency_id: viewer.agency,
          words_sealed: seal('words', words),
          why_sealed: seal('why', why),
          key_id,
          action_id: action,
          entry_id: entry,
          proposal_id: proposal,
          decided_by: viewer.staff,
          // What is decided later stands later, also within one tick of the clock.
          decided_at: new Date(Math.max(at.getTime(), (last?.decided_at.getTime() ?? 0) + 1)),
          handling: String(handling),
        })
        .execute(),
    )
    const about = { kind: 'person', id: subject.id }
    await record(inner, viewer, 'meeting decision written', about, {
      meeting: meeting.id,
      decision: id,
      handling: String(handling),
    })
  })

const proposeFrom = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { id, subject }: { id: string; subject: Subject },
  said: ActionSaid,
  at: Date,
): Promise<string> =>
  propose(tx, keys, viewer, { subject, source: { kind: 'meeting', id }, guard: guardOf(said.part) }, said, at)
