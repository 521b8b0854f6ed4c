import { asViewer, become, enqueue, type Db, type Tx, type Viewer } from '../../platform/index.ts'

/** Leaves a look over all concerns for the worker. Asked for twice, it is done once. */
export const lookLater = (tx: Tx, viewer: Viewer, at?: Date): Promise<void> =>
  at
    ? enqueue(tx, viewer, 'patterns looked for', {}, { key: `patterns ${at.toISOString().slice(0, 10)}`, at })
    : enqueue(tx, viewer, 'patterns looked for', {})

/** Four in the morning, when nobody waits and what was linked again by night is there. */
export const nextLook = (now: Date): Date => {
  const at = new Date(now)
  at.setUTCHours(4, 0, 0, 0)
  if (at <= now) at.setUTCDate(at.getUTCDate() + 1)
  return at
}

/** Leaves the first look for the coming night, in every partnership. */
export const startLooks = (db: Db, now: Date): Promise<void> =>
  asViewer(db, { kind: 'system', partnership: 'any' }, async (tx) => {
    for (const { id } of await tx.selectFrom('partnership').select('id').execute()) {
      const viewer = { kind: 'system', partnership: id } as const
      await become(tx, viewer)
      await lookLater(tx, viewer, nextLook(now))
    }
  })
