import { NotFound } from '../../platform/index.ts'
import { draftsOf, openDraft, startDraft, type Ask, type Draft } from '../../web/index.ts'
import type { Reading } from './read.ts'

/** A file that was read and is not confirmed yet: kept sealed, for whoever sent it alone, until they say what becomes of it. */
export type Begun = { name: string; reading: Reading }
const kind = 'report reading'

export const beginReading = async (ask: Ask, begun: Begun): Promise<string> => (await startDraft(ask, kind, begun))!.id

export const readingsOf = (ask: Ask): Promise<Draft<Begun>[]> => draftsOf<Begun>(ask, kind)

/** @throws {NotFound} for one that is somebody else's, or done */
export const readingIn = async (ask: Ask): Promise<Draft<Begun>> => {
  const draft = await openDraft<Begun>(ask, ask.params['reading'], { lock: true })
  if (draft?.kind !== kind) throw new NotFound()
  return draft
}
