import { sql } from 'kysely'
import { calendarOf, clockOf } from '../partnership/index.ts'
import { asProduct, atRiskAt, dueAt, enqueue, localDate, newId, record } from '../platform/index.ts'
import type { StaffViewer, Tx, Viewer } from '../platform/index.ts'
import type { AgeFrame, Closeness, DataClass, Handling } from './decide.ts'
import { hasDuties, owed, type Holding, type Owed } from './duty-held.ts'
import { registerOf } from './register.ts'

/** The partnership's clock for "share, or say why not". */
export const dutyClock = 'duty-to-share'

/** An agency has added something to a subject: whatever a duty clause obliges it to share of that waits from now on. */
export const raiseForRow = async (
  tx: Tx,
  viewer: StaffViewer,
  subject: string,
  row: { dataClass: DataClass; handling: Handling },
  at: Date,
): Promise<void> => {
  const { agency: supplier, staff } = viewer
  await raise(tx, viewer, { subject, staff, at }, ({ age }) => [{ ...row, supplier, age }])
}

/**
 * An agency has become involved with a subject: it knows who that is, and others hold things that clauses for those
 * involved oblige them to tell it. What was raised once, answered or not, is not raised again by this.
 */
export const raiseForInvolved = async (
  tx: Tx,
  viewer: StaffViewer,
  { subject, agency, staff }: { subject: string; agency: string; staff: string | null },
  at: Date,
): Promise<void> => {
  await raise(
    tx,
    viewer,
    { subject, staff, at },
    ({ age, held }) => [{ supplier: agency, dataClass: 'D3', handling: 0, age }, ...held],
    async () => {
      const before = await raisedBefore(tx, viewer, subject)
      return (one) => (one.supplier === agency || one.recipient === agency) && !before.has(keyOf(one))
    },
  )
}

/**
 * Clauses count now that did not before: what agencies hold of a subject already, and have neither shared nor decided to
 * keep back, waits from now on. Done twice it raises nothing more.
 */
export const raiseForHeld = async (tx: Tx, viewer: Viewer, subject: string, at: Date): Promise<void> => {
  await raise(
    tx,
    viewer,
    { subject, staff: null, at },
    ({ held }) => held,
    async () => {
      const { open, told } = await settledOf(tx, viewer, subject)
      return (one) =>
        !open.has(`${keyOf(one)} ${one.dataClass}`) &&
        !told.has(`${one.supplier} ${one.recipient} ${one.purpose} ${one.dataClass}`)
    },
  )
}

type Raising = { subject: string; staff: string | null; at: Date }
type Known = { age: AgeFrame; held: Holding[] }

const raise = async (
  tx: Tx,
  viewer: Viewer,
  { subject, staff, at }: Raising,
  holdingsOf: (known: Known) => Holding[],
  newOf?: () => Promise<(owed: Owed) => boolean>,
): Promise<void> => {
  const register = await registerOf(tx, viewer.partnership)
  if (!hasDuties(register)) return
  await asProduct(tx, async () => {
    const { zone } = await calendarOf(tx, viewer.partnership)
    const known = await holdingsAbout(tx, viewer, subject, localDate(at, zone))
    const near = await closenessOf(tx, viewer, subject, at)
    const all = owed(register, holdingsOf(known), (agency) => near.get(agency) ?? 0, at)
    const due = newOf && all.length > 0 ? all.filter(await newOf()) : all
    for (const group of Map.groupBy(due, keyOf).values()) await raiseOne(tx, viewer, { subject, staff, at }, group)
  })
}

const keyOf = ({ supplier, recipient, rule }: Owed): string => `${supplier} ${recipient} ${rule.cite}`

const holdingsAbout = async (tx: Tx, { partnership }: Viewer, subject: string, today: string): Promise<Known> => {
  const { rows } = await sql<Holding>`
    select distinct agency_id as supplier, data_class as "dataClass", handling::int as handling,
      age_frame(adult_from, ${today}::date) as age
    from subjects_facts where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
  return { age: rows[0]?.age ?? 'unknown', held: rows }
}

/** How near the nearest person of each agency is to the subject. */
const closenessOf = async (tx: Tx, { partnership }: Viewer, subject: string, at: Date) => {
  const { rows } = await sql<{ agency_id: string; closeness: Closeness }>`
    select agency_id, max(case when staff_id is null then 1 when role in ('lead', 'trusted adult') then 3 else 2 end) as closeness
    from involvement where partnership_id = ${partnership} and subject_id = ${subject} and role <> 'feed'
      and from_at <= ${at} and (to_at is null or to_at > ${at})
    group by agency_id`.execute(tx)
  return new Map(rows.map(({ agency_id, closeness }) => [agency_id, closeness]))
}

const raisedBefore = async (tx: Tx, { partnership }: Viewer, subject: string): Promise<Set<string>> => {
  const rows = await tx
    .selectFrom('share_duty')
    .select(['agency_id', 'recipient_agency_id', 'cite'])
    .where('partnership_id', '=', partnership)
    .where('subject_id', '=', subject)
    .execute()
  return new Set(rows.map((row) => `${row.agency_id} ${row.recipient_agency_id} ${row.cite}`))
}

/** What waits already of a subject, and what was told or kept back for a reason that stands, kind by kind. */
const settledOf = async (tx: Tx, { partnership }: Viewer, subject: string) => {
  const { rows } = await sql<{ open: boolean; key: string }>`
    select true as open, concat_ws(' ', agency_id, recipient_agency_id, cite, unnest(classes)) as key
      from share_duty where partnership_id = ${partnership} and subject_id = ${subject} and ended_at is null
    union all select false, concat_ws(' ', d.agency_id, d.recipient_agency_id, d.purpose, unnest(d.classes))
      from disclosure d where d.partnership_id = ${partnership} and d.subject_id = ${subject}
        and not exists (select from disclosure_second s where s.partnership_id = d.partnership_id
          and s.disclosure_id = d.id and s.answer = 'overturned')`.execute(tx)
  const keys = (which: boolean) => new Set(rows.filter(({ open }) => open === which).map(({ key }) => key))
  return { open: keys(true), told: keys(false) }
}

/** One task for a clause and a recipient while it is open; more of it that comes in is added to it. */
const raiseOne = async (tx: Tx, viewer: Viewer, { subject, staff, at }: Raising, group: Owed[]): Promise<void> => {
  const { supplier, recipient, purpose, rule } = group[0]!
  const clock = await clockOf(tx, viewer.partnership, dutyClock, at)
  const calendar = await calendarOf(tx, viewer.partnership)
  const due = clock ? dueAt(at, clock, calendar) : null
  const atRisk = clock && due ? atRiskAt(at, due, clock, calendar) : null
  const { rows } = await sql<{ id: string; raised: boolean }>`
    insert into share_duty as t (partnership_id, id, subject_id, agency_id, recipient_agency_id, cite, clause_id, purpose,
      classes, for_staff_id, raised_at, held_at, at_risk_at, due_at)
    values (${viewer.partnership}, ${newId()}, ${subject}, ${supplier}, ${recipient}, ${rule.cite}, ${rule.id}, ${purpose},
      ${group.map(({ dataClass }) => dataClass)}::text[]::data_class[],
      coalesce((select i.staff_id from involvement i where i.partnership_id = ${viewer.partnership} and i.subject_id = ${subject}
          and i.agency_id = ${supplier} and i.role = 'lead' and i.staff_id is not null and i.from_at <= ${at}
          and (i.to_at is null or i.to_at > ${at}) order by i.from_at limit 1),
        (select a.id from account a where a.partnership_id = ${viewer.partnership} and a.id = ${staff} and a.agency_id = ${supplier})),
      ${at}, ${at}, ${atRisk}, ${due})
    on conflict (partnership_id, subject_id, agency_id, recipient_agency_id, cite) where ended_at is null do update
      set classes = array(select distinct c from unnest(t.classes || excluded.classes) c order by c), clause_id = excluded.clause_id,
        held_at = greatest(t.held_at, excluded.held_at)
    returning t.id, t.xmax = 0 as raised`.execute(tx)
  const [task] = rows
  if (!task?.raised) return
  if (due) await enqueue(tx, viewer, 'duty to share due', { duty: task.id }, { key: `duty ${task.id}`, at: due })
  await record(tx, viewer, 'duty to share raised', { kind: 'person', id: subject }, { duty: task.id, clause: rule.id })
}

/**
 * Lets a disclosure or a decision not to share answer what waits for it: the same subject, recipient and purpose. What
 * it leaves out of a task stays open; while a second manager has not answered, all of it does.
 * @param stands false for a decision that a second manager has still to answer
 */
export const answerDuties = async (
  tx: Tx,
  viewer: StaffViewer,
  disclosure: string,
  { stands, at }: { stands: boolean; at: Date },
): Promise<void> =>
  asProduct(tx, async () => {
    await sql`
      insert into share_duty_answer (partnership_id, share_duty_id, disclosure_id, subject_id, agency_id)
      select t.partnership_id, t.id, d.id, t.subject_id, t.agency_id
      from disclosure d join share_duty t on t.partnership_id = d.partnership_id and t.subject_id = d.subject_id
        and t.agency_id = d.agency_id and t.recipient_agency_id = d.recipient_agency_id and t.purpose = d.purpose
      where d.partnership_id = ${viewer.partnership} and d.id = ${disclosure}
        and t.ended_at is null and t.classes && d.classes and t.raised_at <= d.decided_at
      on conflict do nothing`.execute(tx)
    if (!stands) return
    await sql`
      update share_duty t set classes = case when rest.classes = '{}' then t.classes else rest.classes end,
        ended_at = case when rest.classes = '{}' then ${at}::timestamptz end
      from share_duty_answer a join disclosure d on d.partnership_id = a.partnership_id and d.id = a.disclosure_id
        join share_duty o on o.partnership_id = a.partnership_id and o.id = a.share_duty_id,
        lateral (select array(select unnest(o.classes) except select unnest(d.classes) order by 1) as classes) rest
      where a.partnership_id = ${viewer.partnership} and a.disclosure_id = ${disclosure}
        and t.partnership_id = o.partnership_id and t.id = o.id and t.ended_at is null and t.held_at <= d.decided_at`.execute(
      tx,
    )
  })

/** Tells the managers that nobody shared it or said why not in time, once. What was answered meanwhile is left alone. */
export const escalateDuty = async (tx: Tx, viewer: Viewer, duty: string, now: Date): Promise<boolean> => {
  const late = await tx
    .updateTable('share_duty')
    .set({ escalated_at: now })
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', duty)
    .where('due_at', '<=', now)
    .where('ended_at', 'is', null)
    .where('escalated_at', 'is', null)
    .returning('subject_id')
    .executeTakeFirst()
  if (!late) return false
  await record(tx, viewer, 'duty to share overdue', { kind: 'person', id: late.subject_id }, { duty })
  return true
}
