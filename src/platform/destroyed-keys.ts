import { sql } from 'kysely'
import type { Tx } from './db.ts'

type Destroyed = { partnership_id: string; of_kind: string; of_id: string; at: string; by: string | null; why: string }

/** What was erased here. Read before a backup is put in this database's place: an older one still holds those keys. */
export const destroyedKeys = async (tx: Tx): Promise<Destroyed[]> => {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('data_key') is not null as there`.execute(tx)
  if (!rows[0]!.there) return []
  const destroyed =
    await sql<Destroyed>`select partnership_id, of_kind, of_id, destroyed_at::text as at, destroyed_by as by, destroyed_why as why
    from data_key where destroyed_at is not null`.execute(tx)
  return destroyed.rows
}

/** Erases again what a backup brought back. @returns how many keys it had brought back */
export const destroyAgain = async (tx: Tx, destroyed: readonly Destroyed[]): Promise<number> => {
  const outcome = await sql`update data_key d
    set wrapped = null, destroyed_at = g.at, destroyed_by = g.by, destroyed_why = g.why
    from json_to_recordset(${JSON.stringify(destroyed)}::json) as g (partnership_id uuid, of_kind text, of_id uuid, at timestamptz, by uuid, why text)
    where d.partnership_id = g.partnership_id and d.of_kind = g.of_kind and d.of_id = g.of_id and d.destroyed_at is null`.execute(
    tx,
  )
  return Number(outcome.numAffectedRows ?? 0)
}
