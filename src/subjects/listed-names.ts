import { become, newId, record, type StaffViewer } from '../platform/index.ts'
import { statementsOf } from '../sharing/index.ts'
import type { Ask } from '../web/index.ts'
import { identitiesOf } from './queries.ts'

/** The names that a list may show: of those for whom the viewer has stated a purpose today. Each counts as looked at. */
export const listedNames = async (
  ask: Ask,
  worker: StaffViewer,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  const names = await namesUnderPurpose(ask, worker, ids)
  await keepListed(ask, worker, [...names.keys()])
  return names
}

/** A name that was shown was looked at: it stands in the person's own log, and once for the list as a whole. */
const keepListed = async (ask: Ask, worker: StaffViewer, named: readonly string[]): Promise<void> => {
  if (named.length === 0) return
  await record(ask.tx, worker, 'people listed', { kind: 'list', id: newId() }, { named: named.length })
  for (const id of named) await record(ask.tx, worker, 'person listed', { kind: 'person', id })
}

/** The names of those for whom a purpose holds: each group of one purpose is asked for once, under that purpose. */
const namesUnderPurpose = async (
  ask: Ask,
  worker: StaffViewer,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  const now = ask.house.now()
  const clock = { now, zone: ask.place.zone }
  const stated = new Map<string, { stated: NonNullable<StaffViewer['stated']>; ids: string[] }>()
  for (const [id, said] of await statementsOf(ask.tx, worker, ids, now)) {
    const key = `${said.purpose} ${said.basis} ${said.condition}`
    stated.set(key, { stated: said, ids: [...(stated.get(key)?.ids ?? []), id] })
  }
  const names = new Map<string, string>()
  for (const group of stated.values()) {
    await become(ask.tx, { ...worker, stated: group.stated }, clock)
    for (const identity of (await identitiesOf(ask.tx, ask.house.keys, worker.partnership, group.ids)).reverse())
      names.set(identity.subject_id, identity.name)
  }
  await become(ask.tx, worker, clock)
  return names
}
