import { sql } from 'kysely'
import { asProduct, hasRole, inTransaction, newId, NotFound, randomBase32, record } from '../platform/index.ts'
import type { StaffViewer, Tx } from '../platform/index.ts'

export const startsFrom = ['eighteenth birthday', 'last contact', 'closure', 'death'] as const

export type RetentionRule = {
  code: string
  label: string
  agency_kinds: string[]
  entry_kinds: string[]
  counts_from: (typeof startsFrom)[number]
  years: number
  checked: boolean
  source: string
  ended_at: Date | null
  follows: string | null
  from_at: Date | null
  why: string | null
  changed_by: string | null
}

/** Every rule there is or was, those in force first, each line of them with its newest first. */
export const retentionRules = async (tx: Tx, partnership: string): Promise<RetentionRule[]> => {
  const { rows } = await sql<RetentionRule>`
    select code, label, agency_kinds, entry_kinds, counts_from, years, checked, source, ended_at, follows, from_at, why, changed_by
    from retention_rule where partnership_id = ${partnership}
    order by ended_at is not null, ended_at desc, years, code`.execute(tx)
  return rows
}

export type RuleSaid = Pick<
  RetentionRule,
  'label' | 'agency_kinds' | 'entry_kinds' | 'counts_from' | 'years' | 'checked' | 'source'
>

/**
 * Makes a rule, or puts another in the place of one that is in force; without `said` that one ends. Rows of rules are
 * never changed: what was proposed or destroyed under one goes on pointing at it.
 * @param follows the code of the rule that this ends
 * @returns 'changed meanwhile' when somebody else ended it first
 */
export const changeRule = (
  tx: Tx,
  viewer: StaffViewer,
  { follows, said, why, at }: { follows: string | null; said: RuleSaid | null; why: string; at: Date },
): Promise<'saved' | 'changed meanwhile'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!hasRole(viewer, 'administrator', 'guardian')) throw new NotFound()
      const { partnership } = viewer
      if (follows !== null) {
        const ended = await inner
          .updateTable('retention_rule')
          .set({ ended_at: at })
          .where('partnership_id', '=', partnership)
          .where('code', '=', follows)
          .where('ended_at', 'is', null)
          .executeTakeFirst()
        if (ended.numUpdatedRows === 0n) return 'changed meanwhile'
      }
      const id = newId()
      // The end of a rule is written down as a row too, so that it has its reason: one that is over as it begins.
      const kept = said ?? (await ruleCalled(inner, partnership, follows))
      await inner
        .insertInto('retention_rule')
        .values({
          partnership_id: partnership,
          id,
          code: `${(follows ?? 'rule').replace(/\.[0-9A-Z]{6}$/, '')}.${randomBase32(6)}`,
          ...kept,
          follows,
          from_at: at,
          ended_at: said ? null : at,
          why,
          changed_by: viewer.staff,
        })
        .execute()
      await record(
        inner,
        viewer,
        said ? 'retention rule changed' : 'retention rule ended',
        { kind: 'retention rule', id },
        { rule: follows },
      )
      return 'saved'
    }),
  )

const ruleCalled = async (tx: Tx, partnership: string, code: string | null): Promise<RuleSaid> => {
  const found = (await retentionRules(tx, partnership)).find((rule) => rule.code === code)
  if (!found) throw new NotFound()
  const { label, agency_kinds, entry_kinds, counts_from, years, checked, source } = found
  return { label, agency_kinds, entry_kinds, counts_from, years, checked, source }
}
