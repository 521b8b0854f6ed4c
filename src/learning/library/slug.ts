import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'

/** Addresses below /library that are pages of their own. */
const taken = new Set([
  'findings',
  'themes',
  'theme',
  'like-ours',
  'new',
  'data',
  'feed',
  'about',
  'search',
  'assets',
  'index',
])

/** A free address for a title, kept for as long as the library stands. Two who ask at once take turns. */
export const slugFor = async (tx: Tx, title: string): Promise<string> => {
  const wanted = plain(title)
  await sql`select pg_advisory_xact_lock(hashtext('library slug'))`.execute(tx)
  const used = await tx
    .selectFrom('library_entry')
    .select('slug')
    .where('slug', 'like', `${wanted}%`)
    .union(tx.selectFrom('library_tombstone').select('slug').where('slug', 'like', `${wanted}%`))
    .execute()
  const isFree = (slug: string): boolean => !taken.has(slug) && !used.some((one) => one.slug === slug)
  if (isFree(wanted)) return wanted
  for (let number = 2; ; number++) if (isFree(`${wanted}-${number}`)) return `${wanted}-${number}`
}

const plain = (title: string): string => {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’‘]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let slug = ''
  for (const word of words)
    if (`${slug}-${word}`.length <= 61) slug = slug === '' ? word.slice(0, 60) : `${slug}-${word}`
  return slug === '' ? 'entry' : slug
}
