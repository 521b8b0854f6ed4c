import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { openRows, sealerFor } from '../sealed.ts'
import { addAction, type ActionSaid } from './act.ts'
import type { Owner, Part } from './plan.ts'
import { rowOf, type Of } from './write.ts'

export const sources = ['return conversation', 'meeting'] as const
export type Source = (typeof sources)[number]

/** Something to be done that somebody found who does not keep the plan, and what was thought of besides. */
export type Proposal = {
  id: string
  source: Source
  source_id: string
  words: string
  part: Part | null
  owner_id: string | null
  owner_name: string
  owner_agency_id: string | null
  due_on: string | null
  proposed_by: string
  proposed_at: Date
  data_class: 'D4' | 'D5' | 'D6' | 'D7'
  handling: 0 | 1
  /** Null while nobody has answered. */
  answered_at: Date | null
  answered_by: string | null
  action_id: string | null
}

type Guard = { data_class: 'D4' | 'D5' | 'D6' | 'D7'; handling: '0' | '1' }
export type Proposing = { words: string; part?: Part; owner?: Owner; due_on?: string }

/** Lays something beside the plan for whoever keeps it. Who sees it goes by where it came from. @returns its id */
export const propose = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, source, guard }: { subject: Of; source: { kind: Source; id: string }; guard: Guard },
  { words, part, owner, due_on }: Proposing,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_proposal', row: id })
      await inner
        .insertInto('plan_proposal')
        .values({
          ...rowOf(viewer, subject, id),
          source: source.kind,
          source_id: source.id,
          words_sealed: seal('words', words),
          key_id,
          part: part ?? null,
          owner_id: owner?.staff ?? null,
          owner_name_sealed: owner && owner.staff === null ? seal('owner_name', owner.name) : null,
          owner_agency_id: owner?.agency ?? null,
          due_on: due_on ?? null,
          proposed_by: viewer.staff,
          proposed_at: at,
          ...guard,
        })
        .execute()
      await record(inner, viewer, 'plan action proposed', { kind: 'person', id: subject.id }, { proposal: id })
      return id
    }),
  )

type Row = Omit<Proposal, 'words' | 'owner_name'> & {
  key_id: string
  words_sealed: Buffer
  owner_name_sealed: Buffer | null
}

/** What was proposed for the plan of a person, the first first, as far as this viewer may see. */
export const proposalsOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Proposal[]> => {
  const { rows } = await sql<Row>`
    select p.id, p.source, p.source_id, p.words_sealed, p.key_id, p.part, p.owner_id, p.owner_name_sealed, p.owner_agency_id,
      p.due_on::text as due_on, p.proposed_by, p.proposed_at, p.data_class, p.handling::int as handling,
      a.answered_at, a.answered_by, a.action_id
    from plan_proposal p left join plan_proposal_answer a on a.partnership_id = p.partnership_id and a.proposal_id = p.id
    where p.partnership_id = ${partnership} and p.subject_id = ${subject} order by p.proposed_at, p.id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'plan_proposal', columns: ['words', 'owner_name'] }, rows)
}

export const isWaiting = ({ answered_at }: Pick<Proposal, 'answered_at'>): boolean => answered_at === null

type Answering = { keys: Keys; subject: Of; proposal: Proposal }

/** One of the circle takes it on: an action like any other, with its one owner and day. */
export const takeOn = (
  tx: Tx,
  viewer: StaffViewer,
  of: Answering,
  said: ActionSaid,
  at: Date,
): Promise<'kept' | 'answered before'> => answer(tx, viewer, of, { action: said }, at)

/** Or says why it is not for the plan. */
export const turnDown = (
  tx: Tx,
  viewer: StaffViewer,
  of: Answering,
  why: string,
  at: Date,
): Promise<'kept' | 'answered before'> => answer(tx, viewer, of, { why }, at)

const answer = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, proposal }: Answering,
  said: { action: ActionSaid } | { why: string },
  at: Date,
): Promise<'kept' | 'answered before'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = viewer
      // Two who answer at once come one after the other.
      await sql`select from plan_proposal where partnership_id = ${partnership} and id = ${proposal.id} for update`.execute(
        inner,
      )
      const { rows } = await sql`select from plan_proposal_answer where partnership_id = ${partnership}
        and proposal_id = ${proposal.id}`.execute(inner)
      if (rows.length > 0) return 'answered before'
      const id = newId()
      const action = 'action' in said ? await addAction(inner, keys, viewer, subject, said.action, at) : null
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, {
        table: 'plan_proposal_answer',
        row: id,
      })
      const { adult_from: _, ...row } = rowOf(viewer, subject, id)
      await inner
        .insertInto('plan_proposal_answer')
        .values({
          ...row,
          proposal_id: proposal.id,
          action_id: action,
          ...('why' in said && { why_sealed: seal('why', said.why), key_id }),
          answered_by: viewer.staff,
          answered_at: at,
          data_class: proposal.data_class,
          handling: String(proposal.handling),
        })
        .execute()
      const detail = { proposal: proposal.id, outcome: action ? 'taken' : 'not taken' }
      await record(inner, viewer, 'plan proposal answered', { kind: 'person', id: subject.id }, detail)
      return 'kept'
    }),
  )
