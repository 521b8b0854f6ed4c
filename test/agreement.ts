import { loadAgreements, loadCodes, shippedAgreements, shippedCodes, type Signing } from '../src/sharing/index.ts'
import type { TestHouse } from './house.ts'

const signatories: Signing['agencies'][string]['signatories'] = [
  { name: 'Ines Vale', jobTitle: 'Director' },
  { name: 'Ravi Stott', jobTitle: 'Head of information governance' },
]

/**
 * Puts the agreement that ships with the product into a house, signed by both signatories of every agency of the cast
 * and in force, except by the jobcentre, which has not signed. With `draft` nobody has signed yet.
 */
export const giveAgreement = (house: TestHouse, { draft = false } = {}): Promise<void> =>
  house.seen(house.system, async (tx) => {
    const { partnership, agencies } = house.cast
    await loadCodes(tx, partnership, shippedCodes())
    const signing: Signing = {
      liveDaysAgo: 30,
      reviewInDays: 300,
      lapsesInDays: {},
      agencies: Object.fromEntries(
        Object.keys(agencies).map((code) => [
          code,
          { signatories: code === 'dwp' ? undefined : signatories, igLead: '', steps: [] },
        ]),
      ),
    }
    await loadAgreements(tx, partnership, shippedAgreements(), {
      at: house.house.now(),
      signing: draft ? undefined : signing,
    })
  })
