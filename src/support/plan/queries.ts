import { sql } from 'kysely'
import { asProduct, isId, type Keys, type Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import type { Action, Goal, Plan, Progress, Review } from './plan.ts'

/** The plan of a person, where row-level security shows this viewer one. */
export const planOf = async (tx: Tx, partnership: string, subject: string): Promise<Plan | undefined> => {
  const { rows } = await sql<Plan>`select id, kind, review_on::text as review_on, started_by, started_at, agency_id
    from plan where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
  return rows[0]
}

type Sealed = { key_id: string; words_sealed: Buffer }

/** What the person wants and what protects them, the oldest first, as far as this viewer may see. */
export const goalsOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Goal[]> => {
  const { rows } = await sql<Omit<Goal, 'words'> & Sealed>`
    select g.id, g.part, g.whose, g.words_sealed, g.key_id, g.agency_id, g.entered_by, g.entered_at, e.outcome from plan_goal g
    left join plan_goal_end e on e.partnership_id = g.partnership_id and e.goal_id = g.id
    where g.partnership_id = ${partnership} and g.subject_id = ${subject} order by g.entered_at, g.id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'plan_goal', columns: ['words'] }, rows)
}

type ActionRow = Omit<Action, 'words' | 'owner_name'> & Sealed & { owner_name_sealed: Buffer | null }
const actionColumns = sql`a.id, a.part, a.goal_id, a.words_sealed, a.key_id, a.agency_id, a.owner_id, a.owner_name_sealed,
  a.owner_agency_id, a.due_on::text as due_on, a.entered_by, a.entered_at, p.said, p.said_id`
const lastSaid = sql`join lateral (select said, id as said_id from plan_progress p where p.partnership_id = a.partnership_id
  and p.action_id = a.id order by p.said_at desc, p.id desc limit 1) p on true`
const columns = { table: 'plan_action', columns: ['words', 'owner_name'] as const }

/** The actions of a plan that this viewer may see, or one of them, the next due first. */
export const actionsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  only?: string,
): Promise<Action[]> => {
  const { rows } = await sql<ActionRow>`select ${actionColumns} from plan_action a ${lastSaid}
    where a.partnership_id = ${partnership} and a.subject_id = ${subject}
      and (${only === undefined} or a.id = ${only && isId(only) ? only : null}::uuid)
    order by a.due_on, a.entered_at, a.id`.execute(tx)
  return openRows(tx, keys, partnership, columns, rows)
}

export type OwnAction = Action & { subject: string }

/** What somebody has to do for whomever it is, the next due first: seen as what their agency took on. */
export const actionsOwnedBy = async (tx: Tx, keys: Keys, partnership: string, staff: string): Promise<OwnAction[]> => {
  const { rows } = await sql<ActionRow & { subject: string }>`
    select ${actionColumns}, a.subject_id as subject from plan_action a ${lastSaid}
    where a.partnership_id = ${partnership} and a.owner_id = ${staff} and p.said not in ('done', 'not done')
    order by a.due_on, a.entered_at, a.id limit 200`.execute(tx)
  return openRows(tx, keys, partnership, columns, rows)
}

/** How many open actions somebody, or everybody at an agency, has to do: nobody is closed without being told. */
export const actionsLeft = (
  tx: Tx,
  partnership: string,
  whose: { account: string } | { agency: string },
): Promise<number> =>
  asProduct(tx, async () => {
    const theirs = 'account' in whose ? sql`a.owner_id = ${whose.account}` : sql`a.owner_agency_id = ${whose.agency}`
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from plan_action a ${lastSaid}
      where a.partnership_id = ${partnership} and ${theirs} and p.said not in ('done', 'not done')`.execute(tx)
    return rows[0]!.count
  })

/** Everything that was said of one action, the oldest first. */
export const progressOf = async (tx: Tx, keys: Keys, partnership: string, action: string): Promise<Progress[]> => {
  const { rows } = await sql<
    Omit<Progress, 'words' | 'owner_name'> & {
      key_id: string
      words_sealed: Buffer | null
      owner_name_sealed: Buffer | null
    }
  >`select id, said, words_sealed, owner_name_sealed, key_id, owner_id, due_on::text as due_on, said_by, said_at
    from plan_progress where partnership_id = ${partnership} and action_id = ${action} order by said_at, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'plan_progress', columns: ['words', 'owner_name'] }, rows)
}

/** The reviews that were held, the latest first. */
export const reviewsOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Review[]> => {
  const words = ['changed', 'view', 'unheard', 'decisions'] as const
  type Row = Omit<Review, (typeof words)[number]> & { key_id: string } & Record<
      `${(typeof words)[number]}_sealed`,
      Buffer | null
    >
  const { rows } = await sql<Row>`select id, kind, held_on::text as held_on, next_on::text as next_on, changed_sealed,
      view_sealed, unheard_sealed, decisions_sealed, key_id, held_by, held_at
    from plan_review where partnership_id = ${partnership} and subject_id = ${subject}
    order by held_at desc, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'plan_review', columns: words }, rows)
}
