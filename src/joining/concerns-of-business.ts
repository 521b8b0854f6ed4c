import { asProduct, type Keys, type Tx } from '../platform/index.ts'
import { isNamed } from './business.ts'
import { keysOf } from './keys.ts'
import { lookUp } from './look-up.ts'
import { standardThing } from './standard.ts'
import { weigh } from './weigh.ts'

/**
 * Concerns that name a business which may be this one, the likeliest first. Nothing is kept of the asking: what of each
 * concern a viewer may see is asked of the concern.
 */
export const concernsOfBusiness = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { name, where }: { name: string; where: string },
): Promise<string[]> => {
  const business = standardThing('business', name, { address: where })
  if (business?.kind !== 'business' || !isNamed(business)) return []
  const hashes = keysOf(keys, partnership, business)
  const [found] = await asProduct(tx, () => lookUp(tx, keys, partnership, [{ kind: 'business', hashes }]))
  const weighed = weigh(
    business,
    found!.map(({ standard }) => standard),
  )
  const likely = found!
    .map(({ concern_id }, i) => ({ concern_id, ...weighed[i]! }))
    .filter(({ band }) => band !== 'below')
    .sort((x, y) => y.weight - x.weight)
  return [...new Set(likely.flatMap(({ concern_id }) => concern_id ?? []))]
}
