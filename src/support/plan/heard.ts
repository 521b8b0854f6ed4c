import type { Keys, StaffViewer, Tx } from '../../platform/index.ts'
import { couldNotHear, hear, type Channel } from '../../subjects/index.ts'
import type { Of } from './write.ts'

/** What the person says, or why they were not heard: one of the two is always there. */
export type Heard = { view: string; channel?: Channel } | { unheard: string }

type Hearing = { stage: 'review' | 'step-down'; person: Heard; heard_on: string; next_try_on: string }

/**
 * What was heard in a review or at closing stands among all that the person said, so that nobody types it again and
 * nobody asks it again. It is of the class of the review it was said in: there it opens to nobody who may not read that.
 */
export const keepHeard = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { stage, person, heard_on, next_try_on }: Hearing,
  at: Date,
): Promise<void> => {
  const data_class = 'D5'
  if ('unheard' in person) {
    const absence = { stage, reason: 'other', why: person.unheard, next_try_on, data_class } as const
    return couldNotHear(tx, keys, viewer, subject, absence, at)
  }
  const { view: words, channel = 'talk' } = person
  const said = { stage, channel, words, wanted: '', language: '', heard_by: '', heard_on, data_class } as const
  await hear(tx, keys, viewer, subject, { ...said, readers: 'circle', agencies: [] }, at)
}
