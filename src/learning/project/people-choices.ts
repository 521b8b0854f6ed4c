import { namesFor, standingOf, type Named } from '../../staff/index.ts'
import type { Ask } from '../../web/index.ts'

export type PersonChoice = Named & { id: string; agency_id: string }

/** Everybody of the partnership who can sign in now, by name. */
export const everybody = async (ask: Ask): Promise<PersonChoice[]> => {
  const seen = await ask.tx
    .selectFrom('account')
    .select(['id', 'agency_id'])
    .where('partnership_id', '=', ask.viewer.partnership)
    .execute()
  const ids = seen.map(({ id }) => id)
  const names = await namesFor(ask.tx, ids)
  const standing = await standingOf(ask.tx, ids, ask.house.now())
  return seen
    .flatMap(({ id, agency_id }) => {
      const named = names.get(id)
      return named && standing.get(id)?.isOpen ? [{ ...named, id, agency_id }] : []
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}
