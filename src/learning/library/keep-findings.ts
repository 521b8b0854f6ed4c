import { newId, type Tx } from '../../platform/index.ts'
import type { Finding } from './entry.ts'

/**
 * The findings of one edition, as the product. One that says the same as in the edition before is the same finding, with
 * its address and whoever took it up; one that is not in this edition stays for them, and is read no more.
 */
export const keepFindings = async (
  tx: Tx,
  partnership: string,
  entry: string,
  edition: number,
  findings: readonly Finding[],
  at: Date,
): Promise<void> => {
  const before = await tx
    .selectFrom('library_finding')
    .select(['id', 'number', 'words'])
    .where('partnership_id', '=', partnership)
    .where('entry_id', '=', entry)
    .execute()
  let last = Math.max(0, ...before.map(({ number }) => number))
  const left = [...before]
  for (const { source, themes, ...finding } of findings) {
    const row = { ...finding, ...source, themes: [...themes], edition }
    const same = left.findIndex(({ words }) => words === finding.words)
    const [known] = same === -1 ? [] : left.splice(same, 1)
    if (known)
      await tx
        .updateTable('library_finding')
        .set(row)
        .where('partnership_id', '=', partnership)
        .where('id', '=', known.id)
        .execute()
    else
      await tx
        .insertInto('library_finding')
        .values({ ...row, partnership_id: partnership, id: newId(), entry_id: entry, number: ++last, first_at: at })
        .execute()
  }
}
