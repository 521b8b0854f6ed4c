import type { Closeness } from '../sharing/index.ts'
import { namesFor } from '../staff/index.ts'
import type { Ask } from '../web/index.ts'
import type { Through } from './gate.ts'
import { tellable } from './tellable.ts'

/**
 * How close somebody of another agency is to a subject, as far as this viewer may hear of it: an involvement that they
 * may not be told of counts as none, so that the agreement's answer tells them nothing new.
 */
export const closenessOf = async (
  ask: Ask,
  at: Through,
  { agency, name }: { agency: string; name: string },
): Promise<Closeness> => {
  const theirs = (await tellable(ask, at)).filter(({ agency_id }) => agency_id === agency)
  const names = await namesFor(
    ask.tx,
    theirs.flatMap(({ staff_id }) => staff_id ?? []),
  )
  const asked = name.trim().toLocaleLowerCase('en-GB')
  const own = theirs.filter(({ staff_id }) => names.get(staff_id ?? '')?.name.toLocaleLowerCase('en-GB') === asked)
  if (own.some(({ role }) => role === 'lead' || role === 'trusted adult')) return 3
  return own.length > 0 ? 2 : theirs.length > 0 ? 1 : 0
}
