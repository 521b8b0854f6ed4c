import type { HandoverSaid } from '../src/sharing/index.ts'
import type { Said } from '../src/subjects/relationships/relationship.ts'

/** A handover as it should be: all three met, and the person said something. */
export const handedOver = (met_on: string): HandoverSaid => ({
  met_on,
  without: null,
  view: 'It is all right',
  unheard: '',
  stays: 'Colm, every Tuesday',
  adult_from: null,
})
/** The same as a form sends it. */
export const handoverTyped = {
  met: 'yes',
  'met_on-day': '20',
  'met_on-month': '11',
  'met_on-year': '2026',
  heard: 'yes',
  view: 'It is all right',
  stays: 'Colm, every Tuesday',
}

/** Somebody who matters, of whom little is known. */
export const somebody: Said = {
  kind: 'friend',
  through: null,
  gender: 'not known',
  born_year: null,
  died_year: null,
  has_died: false,
  effect: 'not known',
  words: '',
  strength: 'not known',
  contact: 'not known',
  lives_with: false,
  since_year: null,
  continuity: 'not known',
  continuity_why: '',
  said_by: 'a worker',
  handling: 0,
}
