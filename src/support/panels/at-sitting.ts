import { become, hasRole, localDate, NotFound, type StaffViewer, type Stated } from '../../platform/index.ts'
import { workers } from '../../subjects/index.ts'
import type { Answer, Ask } from '../../web/index.ts'
import { declarationPage } from './pages/declaration.tsx'
import { declaredUntil, sittingFor } from './queries.ts'
import type { Sitting } from './sitting.ts'

export type AtSitting = {
  kind: 'at'
  sitting: Sitting
  /** With the purpose of the sitting: the transaction runs as them from here on. */
  worker: StaffViewer & { stated: Stated }
  now: Date
  today: string
  /** The day of the sitting. */
  on: string
  zone: string
  base: string
}

/** As far as the door of a sitting: its time and place, and nobody who is on it. @throws {NotFound} */
export const toSitting = async (ask: Ask): Promise<{ viewer: StaffViewer; sitting: Sitting; now: Date }> => {
  const { viewer } = ask
  if (!hasRole(viewer, ...workers)) throw new NotFound()
  return { viewer, sitting: await sittingFor(ask.tx, viewer.partnership, ask.params['panel']), now: ask.house.now() }
}

/** Into a sitting: whoever has not declared today is asked to first. @throws {NotFound} */
export const atSitting = async (ask: Ask): Promise<AtSitting | { kind: 'answer'; answer: Answer }> => {
  const { viewer, sitting, now } = await toSitting(ask)
  const until = await declaredUntil(ask.tx, viewer, sitting.id, now)
  if (!until) return { kind: 'answer', answer: await declarationPage(ask, sitting) }
  return inside(ask, { viewer, sitting, now, until })
}

/** From here on the transaction asks for the purpose of the sitting. */
export const inside = async (
  ask: Ask,
  { viewer, sitting, now, until }: { viewer: StaffViewer; sitting: Sitting; now: Date; until: Date },
): Promise<AtSitting> => {
  const { purpose, basis, condition } = sitting
  const worker = { ...viewer, stated: { purpose, basis, condition, until } }
  await become(ask.tx, worker, { now, zone: ask.place.zone })
  const { zone } = ask.place
  return {
    kind: 'at',
    sitting,
    worker,
    now,
    today: localDate(now, zone),
    on: localDate(sitting.starts_at, zone),
    zone,
    base: `/meetings/${sitting.id}`,
  }
}
