import fs from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { asProduct, asViewer, enqueue, newId, projectRoot, record } from '../platform/index.ts'
import type { Db, JobHandler, Tx, Viewer } from '../platform/index.ts'

const rulesFile = z.array(
  z.strictObject({
    code: z.string(),
    label: z.string(),
    agency_kinds: z.array(z.string()).default([]),
    entry_kinds: z.array(z.string()).default([]),
    counts_from: z.enum(['eighteenth birthday', 'last contact', 'closure', 'death']),
    years: z.int(),
    source: z.string(),
  }),
)

/** Puts the rules that ship with the product into a partnership that has none of these codes, none of them checked. */
export const loadRetention = async (tx: Tx, partnership: string): Promise<void> => {
  const file: unknown = JSON.parse(fs.readFileSync(path.join(projectRoot, 'content/retention.json'), 'utf8'))
  await tx
    .insertInto('retention_rule')
    .values(rulesFile.parse(file).map((rule) => ({ partnership_id: partnership, ...rule })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await enqueue(tx, { kind: 'system', partnership }, 'retention looked over', {}, { key: 'retention' })
}

/** The same for every partnership that has no rule at all: one that was opened before there were any. */
export const loadMissingRetention = async (db: Db): Promise<void> => {
  const all = await asViewer(db, { kind: 'public', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').select('id').execute(),
  )
  for (const { id } of all)
    await asViewer(db, { kind: 'system', partnership: id }, async (tx) => {
      const some = await tx
        .selectFrom('retention_rule')
        .select('code')
        .where('partnership_id', '=', id)
        .executeTakeFirst()
      if (!some) await loadRetention(tx, id)
    })
}

export type Due = { subject_id: string; agency_id: string; rule_code: string; due_on: string }

/**
 * Whose record may go on a day, and under which rule: of all rules that apply to a subject the one that keeps it
 * longest. A record is never due while somebody works with the person, before their eighteenth birthday, under a legal
 * hold, or where a rule counts from a birthday that nobody knows.
 */
export const dueOn = async (tx: Tx, partnership: string, today: string, subject?: string): Promise<Due[]> => {
  const { rows } = await sql<Due>`
    with facts as (
      select s.id, s.agency_id, s.adult_from,
        greatest(s.opened_at, (select max(e.happened_at) from entry e
            where e.partnership_id = s.partnership_id and e.subject_id = s.id),
          (select max(e.entered_at) from entry e where e.partnership_id = s.partnership_id and e.subject_id = s.id),
          c.ended)::date as contact,
        c.ended::date as closed,
        (select min(e.happened_at)::date from entry e
          where e.partnership_id = s.partnership_id and e.subject_id = s.id and e.kind = 'death') as died
      from subject s left join lateral (select max(i.to_at) as ended from involvement i
        where i.partnership_id = s.partnership_id and i.subject_id = s.id and i.role <> 'feed') c on true
      where s.partnership_id = ${partnership} and s.erased_at is null
        and (${subject ?? null}::uuid is null or s.id = ${subject ?? null})
        and (s.adult_from is null or s.adult_from <= ${today}::date)
        and not exists (select from involvement i where i.partnership_id = s.partnership_id and i.subject_id = s.id
          and i.role <> 'feed' and (i.to_at is null or i.to_at > ${today}::date))
        and not exists (select from legal_hold h where h.partnership_id = s.partnership_id and h.subject_id = s.id
          and h.lifted_at is null)),
    applies as (
      select f.id, f.agency_id, r.code, r.counts_from,
        (case r.counts_from when 'eighteenth birthday' then f.adult_from when 'last contact' then f.contact
          when 'closure' then f.closed else f.died end + make_interval(years => r.years))::date as due
      from facts f join retention_rule r on r.partnership_id = ${partnership} and r.ended_at is null
      where (r.agency_kinds = '{}' or exists (select from agency g where g.partnership_id = ${partnership}
          and g.kind = any(r.agency_kinds) and (g.id = f.agency_id or g.id in (select e.agency_id from entry e
            where e.partnership_id = ${partnership} and e.subject_id = f.id))))
        and (r.entry_kinds = '{}' or exists (select from entry e where e.partnership_id = ${partnership}
          and e.subject_id = f.id and e.kind = any(r.entry_kinds)))
        -- Where nobody died, or nothing was closed, such a rule says nothing.
        and not (r.counts_from = 'death' and f.died is null or r.counts_from = 'closure' and f.closed is null)),
    longest as (
      select distinct on (id) id, agency_id, code, due from applies order by id, due desc nulls first, code)
    select id as subject_id, agency_id, code as rule_code, due::text as due_on from longest
    where due <= ${today}::date order by due, id`.execute(tx)
  return rows
}

/** Proposes whatever is due on a day and not proposed or put off already. Destroys nothing. @returns how many */
export const proposeDestruction = (tx: Tx, viewer: Viewer, now: Date, today: string): Promise<number> =>
  asProduct(tx, async () => {
    const { partnership } = viewer
    let proposed = 0
    for (const due of await dueOn(tx, partnership, today)) {
      const later = await sql`select from destruction_answer a join destruction_proposal p
        on p.partnership_id = a.partnership_id and p.id = a.proposal_id
        where p.partnership_id = ${partnership} and p.subject_id = ${due.subject_id} and a.until_on > ${today}::date`.execute(
        tx,
      )
      if (later.rows.length > 0) continue
      const id = newId()
      const made = await tx
        .insertInto('destruction_proposal')
        .values({ partnership_id: partnership, id, ...due, proposed_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) continue
      proposed++
      await record(
        tx,
        viewer,
        'destruction proposed',
        { kind: 'person', id: due.subject_id },
        { proposal: id, rule: due.rule_code },
      )
    }
    return proposed
  })

const day = 86_400_000

export const retentionJobs: Record<string, JobHandler> = {
  'retention looked over': async ({ partnership }, db) => {
    const viewer: Viewer = { kind: 'system', partnership }
    const now = new Date()
    await asViewer(db, viewer, async (tx) => {
      await proposeDestruction(tx, viewer, now, now.toISOString().slice(0, 10))
      const at = new Date(now.getTime() + day)
      await enqueue(tx, viewer, 'retention looked over', {}, { key: `retention ${at.toISOString().slice(0, 10)}`, at })
    })
  },
}
