import { asViewer, type Database } from '../platform/index.ts'

/**
 * The id of the partnership that a command is about: the one called `slug`, or the only one, or the default one.
 * @throws {Error} a sentence, when it is not clear which
 */
export const partnershipCalled = async ({ db }: Database, slug?: string): Promise<string> => {
  const all = await asViewer(db, { kind: 'public', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').select(['id', 'slug', 'is_default']).execute(),
  )
  const one = all.find((p) => (slug === undefined ? p.is_default || all.length === 1 : p.slug === slug))
  if (one) return one.id
  throw new Error(
    slug === undefined ? 'Say which partnership: --partnership SLUG.' : `There is no partnership ${slug}.`,
  )
}
