import {
  asProduct,
  hasRole,
  inTransaction,
  newId,
  record,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { problemsOf, type Problem } from './clause.ts'
import { compile } from './compile.ts'
import { aboutAgreement, clausesOf, groundOf, openVersion, type Moment } from './draft.ts'
import { raiseFrom } from './duty-begun.ts'

export type Offered =
  'offered' | 'already' | 'no clause' | 'no party' | { problems: { number: number; problem: Problem }[] }

/** Puts a draft to its agencies to sign. From here its words are fixed, so every clause is looked at once more. */
export const offer = (tx: Tx, viewer: Viewer, version: string, { now, today }: Moment): Promise<Offered> =>
  inTransaction(tx, async (inner) => {
    const open = await openVersion(inner, viewer, version)
    if (open.live || open.offered_at) return 'already'
    const clauses = await clausesOf(inner, viewer.partnership, version)
    if (clauses.length === 0) return 'no clause'
    const ground = await groundOf(inner, viewer.partnership, open, today, now)
    const problems = clauses.flatMap((clause) =>
      problemsOf(clause, ground).map((problem) => ({ number: clause.number, problem })),
    )
    if (problems.length) return { problems }
    if ((await foundingOf(inner, viewer, version)).length === 0) return 'no party'
    await set(inner, viewer, version, { offered_at: now })
    await record(inner, viewer, 'agreement offered', aboutAgreement(open.agreement), { version, number: open.number })
    return 'offered'
  })

const set = (tx: Tx, viewer: Viewer, version: string, values: { offered_at: Date | null }) =>
  tx
    .updateTable('agreement_version')
    .set(values)
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', version)
    .execute()

const foundingOf = (tx: Tx, viewer: Viewer, version: string) =>
  tx
    .selectFrom('party')
    .select('agency_id')
    .where('partnership_id', '=', viewer.partnership)
    .where('version_id', '=', version)
    .where('founding', '=', true)
    .execute()

/** Takes a version back from signature to be changed: whoever signed, signed other words, so their signatures go. */
export const recall = (tx: Tx, viewer: Viewer, version: string): Promise<'recalled' | 'not offered'> =>
  inTransaction(tx, async (inner) => {
    const open = await openVersion(inner, viewer, version)
    if (open.live || !open.offered_at) return 'not offered'
    const { numDeletedRows } = await inner
      .deleteFrom('signature')
      .where('partnership_id', '=', viewer.partnership)
      .where('version_id', '=', version)
      .executeTakeFirst()
    await set(inner, viewer, version, { offered_at: null })
    await record(inner, viewer, 'agreement recalled', aboutAgreement(open.agreement), {
      version,
      signatures: Number(numDeletedRows),
    })
    return 'recalled'
  })

export type Signatory =
  /** Somebody signs for their own agency, here and now. */
  | { onPaper: false; jobTitle: string }
  /** An administrator writes down who signed on paper. */
  | { onPaper: true; agency: string; name: string; jobTitle: string }
export type Signed =
  'signed' | 'not offered' | 'not a party' | 'both have signed' | 'same person' | 'same hand' | 'not theirs to sign'

/** Whether somebody may sign for their own agency. */
export const maySign = (viewer: Viewer): boolean => hasRole(viewer, 'manager', 'guardian', 'administrator')

/**
 * Signs for an agency. Two different people do, and two different people put it in, on paper or themselves: nobody alone
 * lets an agency in. With the second it is under the agreement, at once where it is in force already.
 */
export const sign = (tx: Tx, viewer: Viewer, version: string, by: Signatory, at: Date): Promise<Signed> =>
  inTransaction(tx, async (inner) => {
    if (viewer.kind !== 'staff') return 'not theirs to sign'
    if (by.onPaper ? !hasRole(viewer, 'administrator') : !maySign(viewer)) return 'not theirs to sign'
    const agency = by.onPaper ? by.agency : viewer.agency
    const name = by.onPaper ? by.name.trim() : viewer.name
    const outcome = await asProduct(inner, async () => {
      const open = await openVersion(inner, viewer, version)
      if (!open.offered_at) return 'not offered'
      const before = await seatsTaken(inner, viewer, version, agency)
      if (!before) return 'not a party'
      if (before.length === 2) return 'both have signed'
      const own = !by.onPaper && before.some(({ staff_id }) => staff_id === viewer.staff)
      if (own || before.some((other) => plain(other.name) === plain(name))) return 'same person'
      if (await isSameHand(inner, viewer, before)) return 'same hand'
      await inner
        .insertInto('signature')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          version_id: version,
          agency_id: agency,
          seat: before.some(({ seat }) => seat === 1) ? 2 : 1,
          staff_id: by.onPaper ? null : viewer.staff,
          name,
          job_title: by.jobTitle.trim(),
          signed_at: at,
          entered_by: viewer.staff,
        })
        .execute()
      if (open.live && before.length === 1) {
        await compile(inner, viewer.partnership)
        await raiseFrom(inner, viewer, agency, at)
      }
      return open
    })
    if (typeof outcome === 'string') return outcome
    await record(inner, viewer, 'agreement signed', aboutAgreement(outcome.agreement), {
      version,
      agency,
      on_paper: by.onPaper,
    })
    return 'signed'
  })

/** "Ines Vale" and "ines  vale" are one hand. */
const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Whether the viewer put in one of these already, with this account or with another that is plainly their own. */
const isSameHand = async (tx: Tx, viewer: StaffViewer, before: readonly { entered_by: string | null }[]) => {
  const hands = before.flatMap(({ entered_by }) => entered_by ?? [])
  if (hands.length === 0) return false
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'name', 'email'])
    .where('partnership_id', '=', viewer.partnership)
    .where('id', 'in', [...hands, viewer.staff])
    .execute()
  const mine = accounts.find(({ id }) => id === viewer.staff)
  return accounts.some(
    ({ id, name, email }) =>
      hands.includes(id) &&
      (id === viewer.staff ||
        (mine !== undefined && (plain(mine.name) === plain(name) || mailbox(mine.email) === mailbox(email)))),
  )
}

/** "ada+second@county.example" is delivered to "ada@county.example". */
const mailbox = (email: string): string => plain(email).replace(/\+[^@]*(?=@)/, '')

const seatsTaken = async (tx: Tx, viewer: Viewer, version: string, agency: string) => {
  const party = await tx
    .selectFrom('party')
    .select('agency_id')
    .where('partnership_id', '=', viewer.partnership)
    .where('version_id', '=', version)
    .where('agency_id', '=', agency)
    .executeTakeFirst()
  if (!party) return undefined
  return tx
    .selectFrom('signature')
    .select(['seat', 'staff_id', 'entered_by', 'name'])
    .where('partnership_id', '=', viewer.partnership)
    .where('version_id', '=', version)
    .where('agency_id', '=', agency)
    .execute()
}
