import type { House } from '../web/index.ts'
import { assessmentsHeld } from './assessment/held.ts'
import { closuresHeld } from './closure/held.ts'
import { missingHeld } from './missing/held.ts'
import { panelsHeld } from './panels/held.ts'
import { disruptionHeld } from './disruption/held.ts'
import { packsHeld } from './packs/held.ts'
import { planHeld } from './plan/held.ts'
import { disputesHeld } from './boundary/held.ts'
import { thresholdsHeld } from './thresholds/held.ts'
import { transitionHeld } from './transition/held.ts'

/** What this room holds about a person that an agency supplied, for what the person is given of it. Runs as the product. */
export const heldOf: House['heldAbove'] = async (tx, keys, of) => [
  ...(await assessmentsHeld(tx, keys, of)),
  ...(await planHeld(tx, keys, of)),
  ...(await closuresHeld(tx, keys, of)),
  ...(await transitionHeld(tx, keys, of)),
  ...(await missingHeld(tx, keys, of)),
  ...(await panelsHeld(tx, keys, of)),
  ...(await thresholdsHeld(tx, keys, of)),
  ...(await disputesHeld(tx, keys, of)),
  ...(await packsHeld(tx, keys, of)),
  ...(await disruptionHeld(tx, keys, of)),
]
