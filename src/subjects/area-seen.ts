import { areasFor } from '../partnership/index.ts'
import type { Tx } from '../platform/index.ts'
import type { IdentitySaid } from './subject.ts'

export const elsewhere = 'elsewhere'
export type AreaSeen = {
  area_id: string | null
  /** Somebody chose it, the address names it, or the postcode begins otherwise than the one before. */
  area_how: 'chosen' | 'named' | 'postcode' | null
  over_border: boolean
}

/**
 * In which area an address lies, as far as it can be told, and whether that is over the border of the agency that writes
 * it down. What somebody chose counts before what the address names, and that before the letters of a postcode.
 * @param before what the same agency knew, with the postcode in its address: what was seen of a postcode stays until
 * somebody chooses, or it is written as it was
 */
export const areaSeen = async (
  tx: Tx,
  { partnership, agency }: { partnership: string; agency: string },
  { address, postcode, area }: Pick<IdentitySaid, 'address' | 'postcode' | 'area'>,
  before?: { address: string } & AreaSeen,
): Promise<AreaSeen> => {
  if (area === elsewhere) return { area_id: null, area_how: 'chosen', over_border: true }
  if (!area && !address && !postcode) return nothing
  const areas = await areasFor(tx, partnership, agency)
  const chosen = areas.find(({ id }) => id === area)
  if (chosen) return { area_id: chosen.id, area_how: 'chosen', over_border: !chosen.isOwn }
  const named = areas.filter(({ name }) => names(address, name))
  const one = named.find(({ isOwn }) => isOwn) ?? named[0]
  if (one) return { area_id: one.id, area_how: 'named', over_border: !one.isOwn }
  const [was, is] = [lettersOf(before?.address ?? ''), lettersOf(`${address} ${postcode}`)]
  if (before?.area_how === 'postcode' && was === is) return { area_id: null, area_how: 'postcode', over_border: true }
  return was && is && was !== is ? { area_id: null, area_how: 'postcode', over_border: true } : nothing
}

const nothing: AreaSeen = { area_id: null, area_how: null, over_border: false }

/** A line of the address that is the area, alone or after a comma: a street called after a town is not in it. */
const names = (address: string, area: string): boolean =>
  address.split(/[\n,]/).some((part) => part.trim().toLocaleLowerCase('en-GB') === area.toLocaleLowerCase('en-GB'))

/** The letters that a British postcode begins with: CV of CV21 2AB. */
const lettersOf = (text: string): string | undefined =>
  /\b([a-z]{1,2})\d[a-z\d]? ?\d[a-z]{2}\b/i.exec(text)?.[1]?.toUpperCase()
