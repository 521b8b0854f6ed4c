import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'
import type { Kind } from './guidance.ts'

/** A line of an administrator's list. A piece that so far is only a draft has version 0 and no review date. */
export type Listed = {
  kind: Kind
  code: string
  name: string
  version: number
  origin: 'shipped' | 'local'
  review_by: string | null
  withdrawn: boolean
  setting: string | null
  /** Who is writing a draft of it. */
  drafts: string[]
}

/** Everything there is, the longest overdue first. */
export const listPieces = async (tx: Tx, partnership: string): Promise<Listed[]> => {
  const { rows } = await sql<Listed>`
    with named as (
      select 'definition' as kind, code, version, plain as name, null as setting from definition where partnership_id = ${partnership}
      union all select 'type', code, version, name, null from exploitation_type where partnership_id = ${partnership}
      union all select 'setting', code, version, name, null from setting where partnership_id = ${partnership}
      union all select 'sign', code, version, text, setting from sign where partnership_id = ${partnership}
      union all select 'offer', code, version, situation, null from offer where partnership_id = ${partnership}
      union all select 'page', code, version, title, null from guidance_page where partnership_id = ${partnership}
      union all select 'for-you', code, version, title, null from person_page where partnership_id = ${partnership}
    ), written as (
      select kind, code, array_agg(saved_by::text) as drafts, (array_agg(typed))[1] as typed
      from guidance_draft where partnership_id = ${partnership} group by kind, code
    )
    select n.kind, n.code, left(d.name, 160) as name, n.version, n.origin, n.review_by, n.withdrawn, d.setting,
      coalesce(w.drafts, '{}') as drafts, n.position
    from guidance_now n join named d using (kind, code, version) left join written w using (kind, code)
    where n.partnership_id = ${partnership}
    union all
    select w.kind, w.code, left(w.typed->>'text', 160), 0, 'local', null, false, w.typed->>'setting', w.drafts, 0
    from written w
    where not exists (select from publication p where p.partnership_id = ${partnership} and p.kind = w.kind and p.code = w.code)
    order by withdrawn, review_by nulls first, position, code`.execute(tx)
  return rows
}
