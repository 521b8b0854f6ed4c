import { sql } from 'kysely'
import { asProduct, type Keys, type Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import { bornOn, isSupported } from './make-tasks.ts'
import { fromMonths, tasks, type Circumstance, type Task, type TransitionOwner } from './transition.ts'

/** The tasks of a person that this viewer may see, or one of them, the first due first, with what was said of each last. */
export const tasksOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  only?: string,
): Promise<Task[]> => {
  type Row = Omit<Task, 'words'> & { key_id: string | null; words_sealed: Buffer | null }
  const { rows } = await sql<Row>`
    select t.id, t.code, t.falls_on::text as falls_on, t.due_on::text as due_on, t.data_class, a.outcome, a.answer,
      a.words_sealed, a.key_id, a.said_by, a.said_at, a.id as said_id
    from transition_task t left join lateral (select * from transition_answer a
      where a.partnership_id = t.partnership_id and a.task_id = t.id order by a.said_at desc, a.id desc limit 1) a on true
    where t.partnership_id = ${partnership} and t.subject_id = ${subject}
      and (${only ?? null}::uuid is null or t.id = ${only ?? null}::uuid)
    order by t.due_on, t.falls_on, t.code`.execute(tx)
  const said = rows.flatMap((row) =>
    row.key_id && row.said_id ? [{ ...row, id: row.said_id, key_id: row.key_id, task: row.id }] : [],
  )
  const place = { table: 'transition_answer', columns: ['words'] as const }
  const words = new Map((await openRows(tx, keys, partnership, place, said)).map((row) => [row.task, row.words]))
  return rows.map((row) => ({ ...row, words: words.get(row.id) ?? '' }))
}

/** Every task that was made for a person, for the product: nothing of what was said of it. */
export const madeTasks = (tx: Tx, partnership: string, subject: string) =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string; code: string; data_class: string; said_id: null }>`
      select id, code, data_class, null as said_id from transition_task
      where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
    return rows
  })

/** Who carries it over 18 now, on either side, as far as this viewer may see. */
export const transitionOwnersOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<TransitionOwner[]> => {
  type Row = Omit<TransitionOwner, 'owner_name'> & { key_id: string; owner_name_sealed: Buffer | null }
  const { rows } = await sql<Row>`
    select id, side, task_id, owner_id, owner_name_sealed, owner_agency_id, key_id from transition_owner
    where partnership_id = ${partnership} and subject_id = ${subject} and ended_at is null order by named_at, id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'transition_owner', columns: ['owner_name'] }, rows)
}

/** What is said to be so for them now, as far as this viewer may see. */
export const circumstancesOf = async (tx: Tx, partnership: string, subject: string): Promise<Circumstance[]> => {
  const { rows } = await sql<Circumstance>`select id, code, said_by, said_at from transition_circumstance
    where partnership_id = ${partnership} and subject_id = ${subject} and ended_at is null order by code`.execute(tx)
  return rows
}

export type Turning = {
  /** The days on which they are as old as tasks ask, by months of age: the first of them is the sixteenth birthday. */
  days: ReadonlyMap<number, string>
  isSupported: boolean
}
/** When each age comes, by the birthday that the record goes by; undefined where none is known. */
export const turningOf = (tx: Tx, partnership: string, subject: string, at: Date): Promise<Turning | undefined> =>
  asProduct(tx, async () => {
    const ages = [...new Set([fromMonths, ...tasks.map(({ months }) => months)])]
    const { rows } = await sql<{ days: string[]; isSupported: boolean }>`
      select array(select age_day(b.born, a.months)::text from unnest(${ages}::int[]) with ordinality as a (months, place)
        order by a.place) as days, ${isSupported(at)} as "isSupported"
      from subject s cross join lateral (select ${bornOn} as born) b
      where s.partnership_id = ${partnership} and s.id = ${subject} and s.kind = 'person' and s.adult_from is not null`.execute(
      tx,
    )
    const [row] = rows
    return row && { days: new Map(ages.map((age, i) => [age, row.days[i]!])), isSupported: row.isSupported }
  })
