import { sql } from 'kysely'
import { dataKeys, openText, type Keys, type Tx } from '../../platform/index.ts'
import { openWords } from '../sealed.ts'
import type { Relationship } from './relationship.ts'

type Row = Omit<Relationship, 'name' | 'words' | 'continuity_why' | 'why_ended'> & {
  name_sealed: Buffer | null
  words_sealed: Buffer | null
  continuity_why_sealed: Buffer | null
  key_id: string
  end_id: string | null
  end_sealed: Buffer | null
}

/**
 * Who matters to a person, as far as row-level security shows it to this viewer: the newest version of every tie, those
 * that are over too, in the order in which they were first written.
 * @param every also what was said before
 */
export const relationshipsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  { every = false } = {},
): Promise<Relationship[]> => {
  const { rows } = await sql<Row>`
    select r.id, r.tie_id, r.agency_id, r.kind, r.through_id, r.other_subject_id, r.staff_id, r.gender, r.born_year,
      r.died_year, r.has_died, r.effect, r.strength, r.contact, r.lives_with, r.since_year, r.continuity, r.said_by,
      r.handling::int as handling, r.entered_by, r.entered_at, r.replaced_at, r.name_sealed, r.words_sealed,
      r.continuity_why_sealed, r.key_id, e.id as end_id, e.until_on::text as until_on, e.ended_at, e.why_sealed as end_sealed
    from relationship r
      left join relationship f on f.partnership_id = r.partnership_id and f.id = r.tie_id
      left join relationship_end e on e.partnership_id = r.partnership_id and e.tie_id = r.tie_id
    where r.partnership_id = ${partnership} and r.subject_id = ${subject} and (${every} or r.replaced_at is null)
    order by coalesce(f.entered_at, r.entered_at), r.tie_id, r.entered_at desc`.execute(tx)
  const ends = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  const whyEnded = ({ end_id, end_sealed, key_id }: Row): string => {
    const key = ends.get(key_id)
    return key && end_id && end_sealed
      ? openText(key, { table: 'relationship_end', column: 'why', row: end_id }, end_sealed)
      : ''
  }
  const why = new Map(rows.map((row) => [row.id, whyEnded(row)]))
  const columns = ['name', 'words', 'continuity_why'] as const
  const opened = await openWords(tx, keys, partnership, {
    table: 'relationship',
    columns,
    rows: rows.map(({ end_id: _, ...row }) => row),
  })
  return opened.map((row) => ({ ...row, why_ended: why.get(row.id) ?? '' }))
}
