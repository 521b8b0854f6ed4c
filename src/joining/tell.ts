import { sql } from 'kysely'
import { frontDoorAgency } from '../partnership/index.ts'
import { asProduct, newId, record, type Tx, type Viewer } from '../platform/index.ts'
import { registerOf, waysTo } from '../sharing/index.ts'
import type { Kind } from './standard.ts'

type Joined = { kind: Kind; agency: string; concern: string; other: string }

/**
 * Tells the agencies whose concerns were joined of each other: that the other knows something of the same, and nothing of
 * what. Each is answered by the agreement as any agency that is involved asks for the directory (D2). An agency that has
 * not signed is neither told nor told of. The front door decided, so it knows.
 */
export const tellOfJoin = (tx: Tx, partnership: string, decision: string, at: Date): Promise<void> =>
  asProduct(tx, async () => {
    const viewer: Viewer = { kind: 'system', partnership }
    const { rows } = await sql<Joined>`
      select p.kind, p.agency_id as agency, p.concern_id as concern, q.agency_id as other
      from join_decision d
      join noted_record p on p.partnership_id = d.partnership_id and p.id in (d.a_id, d.b_id)
      join noted_record q on q.partnership_id = d.partnership_id and q.id in (d.a_id, d.b_id) and q.id <> p.id
      where d.partnership_id = ${partnership} and d.id = ${decision} and d.answer = 'same' and d.undone_at is null
        and p.concern_id is not null and q.concern_id is not null and p.agency_id <> q.agency_id`.execute(tx)
    if (rows.length === 0) return
    const register = await registerOf(tx, partnership)
    const decides = await frontDoorAgency(tx, partnership)
    for (const { kind, agency, concern, other } of rows) {
      if (agency === decides) continue
      const resource = { supplier: other, dataClass: 'D2', age: 'unknown', handling: 0 } as const
      // Whoever sent a concern about somebody is involved with them.
      const ties = { closeness: 1, brokenGlass: false, conflict: false } as const
      const [way] = waysTo(register, { agency }, resource, ties, at).open
      const about = { kind: 'concern', id: concern }
      if (!way) {
        await record(tx, viewer, 'agency not told of a join', about, { told: agency })
        continue
      }
      await sql`insert into join_notice (partnership_id, id, decision_id, agency_id, concern_id, kind, other_agency_id, cite, told_at)
        values (${partnership}, ${newId()}, ${decision}, ${agency}, ${concern}, ${kind}, ${other}, ${way.cite}, ${at})
        on conflict do nothing`.execute(tx)
      await record(tx, viewer, 'agency told of a join', about, { told: agency, cite: way.cite })
    }
  })

/** What was told by an answer that is taken back is true no more. */
export const endNotices = (tx: Tx, partnership: string, decision: string, at: Date) =>
  tx
    .updateTable('join_notice')
    .set({ ended_at: at })
    .where('partnership_id', '=', partnership)
    .where('decision_id', '=', decision)
    .where('ended_at', 'is', null)
    .execute()

export type JoinNotice = { id: string; kind: Kind; agency: string; told_at: Date; cite: string }

/** What an agency was told about a concern of its own, while the answer behind it stands. */
export const noticesFor = async (tx: Tx, viewer: Viewer, concern: string): Promise<JoinNotice[]> => {
  const rows = await tx
    .selectFrom('join_notice')
    .select(['id', 'kind', 'other_agency_id as agency', 'told_at', 'cite'])
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .where('ended_at', 'is', null)
    .orderBy('told_at', 'desc')
    .execute()
  // Two things that tie the same two agencies are told once.
  const seen = new Set<string>()
  return (rows as JoinNotice[]).filter(({ agency }) => !seen.has(agency) && seen.add(agency))
}
