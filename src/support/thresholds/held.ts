import type { House } from '../../web/index.ts'
import { fill } from '../../web/index.ts'
import { thresholdsOf } from './queries.ts'
import { offerLabel, testLabel } from './threshold.ts'

/** What an agency wrote down of tests that were not met for a person. */
export const thresholdsHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) =>
  (await thresholdsOf(tx, keys, partnership, subject))
    .filter(({ agency_id }) => agency_id === agency)
    .map(({ id, test, why, offer, offered, entered_by, entered_at }) => ({
      kind: 'threshold',
      id,
      title: fill(words.rights.access.kinds.threshold, { part: testLabel(test) }),
      at: entered_at,
      text: [why, fill(words.gaps.thresholds.instead, { offer: offerLabel(offer) }), offered].join('\n'),
      data_class: 'D5',
      handling: 0,
      workers: entered_by ? [entered_by] : [],
    }))
