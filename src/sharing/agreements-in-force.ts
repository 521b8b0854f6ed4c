import { asProduct, type Tx } from '../platform/index.ts'
import { currentOf, versionsOf } from './standing.ts'

/** The agreements of which a version is in force now. Their titles are no secret; who reads them whole is another matter. */
export const agreementsInForce = (tx: Tx, partnership: string, now: Date): Promise<{ id: string; title: string }[]> =>
  asProduct(tx, async () => {
    const versions = await versionsOf(tx, partnership, now)
    return [...Map.groupBy(versions, ({ agreement_id }) => agreement_id).values()]
      .map(currentOf)
      .filter(({ state }) => state === 'in force' || state === 'ending')
      .map(({ agreement_id, title }) => ({ id: agreement_id, title }))
  })
