import { dataKeys, type DataKey, type Keys, type Tx } from '../../platform/index.ts'
import type { DataClass, Handling, Resource } from '../../sharing/index.ts'
import type { Words } from '../../web/index.ts'
import { frameOn } from '../subject.ts'
import type { AccessRequest } from './request.ts'
import { decideByRight, type AtHolder } from './right.ts'

/** The column of decisions holds the same list. */
export const itemKinds = [
  'identity',
  'entry',
  'disclosure',
  'meeting',
  'supplier',
  'involvement',
  'asked',
  'glass',
  'glass review',
  'put off',
  'request',
  'story',
  'story note',
  'voice',
  'voice answer',
  'not heard',
  'own outcome',
  'plan',
  'missing',
  'pack',
  'assessment',
  'transition',
  'panel',
  'threshold',
  'warning',
  'own message',
  'own message answer',
  'own way',
  'relationship',
  'trusted adult',
  'handover',
] as const

/** One thing that the pack is about. `supplier` is another agency, to which the person is referred. */
export type Item = {
  kind: (typeof itemKinds)[number]
  id: string
  title: string
  /** When it happened, or was written; null of another agency. */
  at: Date | null
  /** Null where it is sealed and this viewer is not named for it. */
  text: string | null
  /** What `decide` is asked about; there is none of another agency, whose name alone is told. */
  resource: (Resource & { id: string }) | null
}
/** Whose items of whom are looked for, and in whose words they are told. */
export type Sought = { keys: Keys; at: AtHolder; request: AccessRequest; words: Words; today: string }

/** A row that may be an item, before its words are opened. */
export type Held = { id: string; kind: string; at: Date; data_class: DataClass; handling: Handling; key_id: string }

export const keysOf = (tx: Tx, keys: Keys, at: AtHolder, rows: readonly Held[]): Promise<Map<string, DataKey>> =>
  dataKeys(
    tx,
    keys,
    at.viewer.partnership,
    rows.map(({ key_id }) => key_id),
  )

/** The item, without its text where this viewer may not read it. */
export const readable = (
  { at, today, request }: Sought,
  item: Omit<Item, 'resource' | 'text'> & { text: string },
  dataClass: DataClass,
  handling: Handling,
): Item => {
  const age = frameOn(at.subject.adult_from, today)
  const resource = { id: item.id, supplier: request.agency_id, dataClass, age, handling }
  const told = decideByRight(at, 'view', resource)
  return { ...item, resource, text: told.effect === 'allow' ? item.text : null }
}
