import { localDate } from '../../platform/index.ts'
import type { Ask } from '../../web/index.ts'
import { answersTo, standingOf, type Answer, type Standing } from './approve.ts'
import { itemsOf } from './items.ts'
import { requestAt, type AccessRequest } from './request.ts'
import { reviewedItems, type Reviewed } from './review.ts'
import { atHolder, byRight, type AtHolder } from './right.ts'

export type AtRequest = {
  at: AtHolder
  request: AccessRequest
  items: Reviewed[]
  answers: Answer[]
  standing: Standing
}

/** Through the door to one request, with everything that is decided about it so far. @throws {NotFound} */
export const atRequest = async (ask: Ask, { open = false } = {}): Promise<AtRequest> => {
  const at = await atHolder(ask, ask.params['id'])
  const { tx, house, w } = ask
  const request = await requestAt(tx, house.keys, at, ask.params['request'], { open })
  const today = localDate(at.now, ask.place.zone)
  const held = await itemsOf(tx, { keys: house.keys, at, request, words: w, today }, house.heldAbove)
  const items = await reviewedItems(tx, house.keys, at, request, held)
  const answers = await answersTo(tx, house.keys, at, request)
  return { at, request, items, answers, standing: standingOf(items, answers) }
}

/** What a look at a request says in the person's log, with the restricted classes among the items that were shown. */
export const aboutRequest = ({ at, request }: Pick<AtRequest, 'at' | 'request'>, shown: readonly Reviewed[] = []) => {
  const classes = shown.flatMap(({ text, resource }) => (text !== null && resource ? [resource.dataClass] : []))
  const restricted = [...new Set(classes)]
    .filter((one) => one >= 'D5')
    .sort()
    .join(' ')
  const detail = { ...byRight, request: request.id, ...(restricted && { restricted }) }
  return { kind: 'person', id: at.subject.id, detail }
}

export const addressOf = ({ at, request }: Pick<AtRequest, 'at' | 'request'>, end = ''): string =>
  `/people/${at.subject.id}/access/${request.id}${end}`
