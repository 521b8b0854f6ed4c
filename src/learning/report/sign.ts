import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { sidesOf, type Side } from './sides.ts'
import { lockReport } from './write.ts'

export type Signature = {
  id: string
  /** Null of one that a file had. */
  version: number | null
  side: Side
  account_id: string | null
  name: string
  role: string
  body: string
  signed_on: string | null
  /** Whether they agreed to be named where anybody reads it; null while nobody asked. */
  named: boolean | null
}

/** Every signature of a report, of whatever version: the last first, those that a file had at the end. */
export const signaturesOf = async (tx: Tx, partnership: string, report: string): Promise<Signature[]> => {
  const { rows } = await sql<Signature>`
    select s.id, s.version, s.side, s.account_id, s.name, s.role, s.body, s.signed_on::text as signed_on,
      (select n.agreed from signatory_naming n where n.partnership_id = s.partnership_id and n.signature_id = s.id
        order by n.said_at desc, n.id desc limit 1) as named
    from report_signature s where s.partnership_id = ${partnership} and s.report_id = ${report}
    order by s.version desc nulls last, s.side, s.kept_at, s.id`.execute(tx)
  return rows
}

/** Somebody who signed here says it themself; who signed a file is asked by whoever works on the report. */
export const maySayNaming = (viewer: StaffViewer, { account_id }: Signature): boolean =>
  account_id === null || account_id === viewer.staff

type Signing = {
  report: string
  /** What was read: a version that somebody changed meanwhile is not signed. */
  version: number
  side: Side
  name: string
  role: string
  body: string
  named: boolean
  /** Today, as an ISO day. */
  day: string
}
export type NotNow = 'changed meanwhile' | 'two texts' | 'not your side' | 'before'

/** Signs the version that stands, for one side, once by each person. */
export const signReport = (tx: Tx, viewer: StaffViewer, signing: Signing, at: Date): Promise<'signed' | NotNow> =>
  ofStanding(tx, viewer, signing, async (inner) => {
    const { report, version, side, name, role, body, named, day } = signing
    const id = newId()
    const { numAffectedRows } = await sql`
      insert into report_signature (partnership_id, id, report_id, version, side, account_id, name, role, body, signed_on, kept_at)
      values (${viewer.partnership}, ${id}, ${report}, ${version}, ${side}, ${viewer.staff}, ${name}, ${role}, ${body}, ${day}, ${at})
      on conflict do nothing`.execute(inner)
    if (numAffectedRows !== 1n) return 'before'
    await insertNaming(inner, viewer, { report, signature: id, agreed: named }, at)
    await record(inner, viewer, 'learning report signed', { kind: 'learning report', id: report }, { version, side })
    return 'signed'
  })

/** Agrees for one side that the version that stands may be published. */
export const consentToPublish = (
  tx: Tx,
  viewer: StaffViewer,
  consent: { report: string; version: number; side: Side },
  at: Date,
): Promise<'agreed' | NotNow> =>
  ofStanding(tx, viewer, consent, async (inner) => {
    const { report, version, side } = consent
    const { numAffectedRows } = await sql`
      insert into report_consent (partnership_id, id, report_id, version, side, given_by, given_at)
      values (${viewer.partnership}, ${newId()}, ${report}, ${version}, ${side}, ${viewer.staff}, ${at})
      on conflict do nothing`.execute(inner)
    if (numAffectedRows !== 1n) return 'before'
    const about = { kind: 'learning report', id: report }
    await record(inner, viewer, 'publication of learning report agreed', about, { version, side })
    return 'agreed'
  })

/** Takes back what a side agreed to. What is published already is withdrawn by an act of its own. */
export const takeConsentBack = (
  tx: Tx,
  viewer: StaffViewer,
  consent: { report: string; version: number; side: Side },
  at: Date,
): Promise<'taken back' | NotNow> =>
  ofStanding<'taken back'>(tx, viewer, consent, async (inner) => {
    const { report, version, side } = consent
    await sql`update report_consent set withdrawn_by = ${viewer.staff}, withdrawn_at = ${at}
      where partnership_id = ${viewer.partnership} and report_id = ${report} and version = ${version} and side = ${side}
        and withdrawn_at is null`.execute(inner)
    const about = { kind: 'learning report', id: report }
    await record(inner, viewer, 'publication of learning report no longer agreed', about, { version, side })
    return 'taken back'
  })

/** Keeps whether a signatory agrees to be named: they themself, or whoever asked one who signed a file. */
export const sayNaming = (
  tx: Tx,
  viewer: StaffViewer,
  naming: { report: string; signature: string; agreed: boolean },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      await insertNaming(inner, viewer, naming, at)
      const about = { kind: 'learning report', id: naming.report }
      await record(inner, viewer, 'naming of signatory said', about, { agreed: naming.agreed })
    }),
  )

const insertNaming = (
  tx: Tx,
  viewer: StaffViewer,
  { report, signature, agreed }: { report: string; signature: string; agreed: boolean },
  at: Date,
) =>
  tx
    .insertInto('signatory_naming')
    .values({
      partnership_id: viewer.partnership,
      id: newId(),
      report_id: report,
      signature_id: signature,
      agreed,
      said_by: viewer.staff,
      said_at: at,
    })
    .execute()

/** An act of one side about the version that was read, while it still stands and nobody writes. */
const ofStanding = <T extends string>(
  tx: Tx,
  viewer: StaffViewer,
  { report, version, side }: { report: string; version: number; side: Side },
  act: (tx: Tx) => Promise<T | NotNow>,
): Promise<T | NotNow> =>
  inTransaction(tx, async (inner) => {
    const allowed = await sidesOf(inner, viewer, report, version)
    if (!allowed.includes(side)) return 'not your side'
    return asProduct(inner, async () => {
      await lockReport(inner, report)
      const { rows } = await sql<{ number: number; two: boolean }>`
        select max(number) as number, exists (select from report_text t where t.partnership_id = ${viewer.partnership}
          and t.report_id = ${report} and t.replaced_at is null group by t.field having count(*) > 1) as two
        from report_version where partnership_id = ${viewer.partnership} and report_id = ${report}`.execute(inner)
      if (rows[0]?.number !== version) return 'changed meanwhile'
      if (rows[0].two) return 'two texts'
      return act(inner)
    })
  })
