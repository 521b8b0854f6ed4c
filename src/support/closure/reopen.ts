import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../../platform/index.ts'
import { involvedWith } from '../../sharing/index.ts'
import { sealerFor } from '../sealed.ts'

type Standing = { id: string; agency_id: string; keeper_id: string }

/** The closure that stands, or waits, held until the transaction ends: two who reopen at once do it once. */
const standingOf = async (tx: Tx, partnership: string, subject: string): Promise<Standing | undefined> => {
  const { rows } = await sql<Standing>`select id, agency_id, keeper_id from plan_closure
    where partnership_id = ${partnership} and subject_id = ${subject} and ended_at is null for update`.execute(tx)
  return rows[0]
}

/** Opens a closed plan again: one step and one reason. @returns false where nothing was closed */
export const reopen = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  why: string,
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const closure = await standingOf(inner, viewer.partnership, subject)
      if (!closure) return false
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject, { table: 'plan_reopening', row: id })
      await end(
        inner,
        viewer,
        { closure, subject, at },
        {
          id,
          cause: 'asked',
          agency_id: viewer.agency,
          key_id,
          why_sealed: seal('why', why),
          reopened_by: viewer.staff,
        },
      )
      return true
    }),
  )

/** A concern about somebody whose plan is closed opens it at once, by nobody's leave. @returns whether anything was closed */
export const reopenForConcern = (
  tx: Tx,
  partnership: string,
  { subject, concern }: { subject: string; concern: string },
  at: Date,
): Promise<boolean> =>
  asProduct(tx, async () => {
    const closure = await standingOf(tx, partnership, subject)
    if (!closure) return false
    const row = { id: newId(), cause: 'concern', agency_id: closure.agency_id, concern_id: concern } as const
    await end(tx, { kind: 'system', partnership }, { closure, subject, at }, row)
    return true
  })

type Ending = { closure: Standing; subject: string; at: Date }
type Cause = { id: string; agency_id: string } & (
  { cause: 'asked'; key_id: string; why_sealed: Buffer; reopened_by: string } | { cause: 'concern'; concern_id: string }
)

const end = async (tx: Tx, viewer: Viewer, { closure, subject, at }: Ending, cause: Cause): Promise<void> => {
  const { partnership } = viewer
  await sql`update plan_closure set ended_at = ${at} where partnership_id = ${partnership} and id = ${closure.id}`.execute(
    tx,
  )
  await tx
    .insertInto('plan_reopening')
    .values({ partnership_id: partnership, closure_id: closure.id, subject_id: subject, reopened_at: at, ...cause })
    .execute()
  await record(
    tx,
    viewer,
    'plan open again',
    { kind: 'person', id: subject },
    { closure: closure.id, cause: cause.cause },
  )
  const concern = cause.cause === 'concern' ? cause.concern_id : null
  await tell(tx, partnership, { closure, subject, kind: 'open again', concern, at })
}

/**
 * A concern came in that is very likely about somebody whose plan is closed. That is a question to the keeper, who asks
 * the front door; nothing is opened by a likeness.
 */
export const askKeepers = (
  tx: Tx,
  partnership: string,
  { subject, concern }: { subject: string; concern: string },
  at: Date,
): Promise<void> =>
  asProduct(tx, async () => {
    const closure = await standingOf(tx, partnership, subject)
    if (closure) await tell(tx, partnership, { closure, subject, kind: 'may be about them', concern, at })
  })

type Telling = Ending & { kind: 'open again' | 'may be about them'; concern: string | null }

/** To the keeper, whoever leads and the trusted adult, each once. */
const tell = async (tx: Tx, partnership: string, { closure, subject, kind, concern, at }: Telling): Promise<void> => {
  const live = await involvedWith(tx, partnership, subject, at)
  const near = live.filter(({ role }) => role === 'lead' || role === 'trusted adult')
  const staff = [...new Set([closure.keeper_id, ...near.flatMap(({ staff_id }) => staff_id ?? [])])]
  await sql`insert into plan_notice (partnership_id, id, subject_id, agency_id, staff_id, kind, closure_id, concern_id, told_at)
    select a.partnership_id, gen_random_uuid(), ${subject}, a.agency_id, a.id, ${kind}, ${closure.id}, ${concern}::uuid, ${at}
    from account a where a.partnership_id = ${partnership} and a.id = any(${staff}::uuid[])
    on conflict do nothing`.execute(tx)
}

/** Somebody has read what they were told. Ids that are not theirs change nothing. */
export const keepRead = (tx: Tx, viewer: StaffViewer, ids: readonly string[], at: Date): Promise<void> =>
  asProduct(tx, async () => {
    await sql`update plan_notice set read_at = ${at} where partnership_id = ${viewer.partnership}
      and staff_id = ${viewer.staff} and read_at is null and id = any(${ids}::uuid[])`.execute(tx)
  })
