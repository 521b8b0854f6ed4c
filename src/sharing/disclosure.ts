import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  NotFound,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { decide, type AgeFrame, type Closeness, type DataClass, type Decided, type Handling } from './decide.ts'
import { answerDuties } from './duty.ts'
import type { Register } from './register.ts'

export const methods = ['in person', 'by phone', 'secure email', 'through this service', 'on paper'] as const
/** The reason that a second manager answers before it stands (section 16LA of the Children Act 2004). */
export const moreHarmful = 'more harmful to the child than not sharing'
export const reasonsNotToShare = [
  'no lawful basis',
  'not necessary',
  'person at risk if shared',
  moreHarmful,
  'consent refused and no override',
  'other',
] as const

type About = {
  subject: string
  /** The agency that would get it. */
  recipient: string
  classes: readonly [DataClass, ...DataClass[]]
  purpose: string
  basis: string
  condition: string
  why: string
  at: Date
}
export type Sharing = About & {
  method: (typeof methods)[number]
  /** Why the person was not told; null when they were. */
  notTold: string | null
  /** Why it goes outside the agreement; null when a clause lets the recipient have all of it. */
  outside: string | null
  expires: string | null
}
export type NotSharing = About & { reason: (typeof reasonsNotToShare)[number] }

/** What the agreement answers the recipient for each class, as if they asked for it themselves. */
export const answersFor = (
  { recipient, classes, purpose, basis, condition, at }: Omit<About, 'why' | 'subject'>,
  of: { supplier: string; age: AgeFrame; handling: Handling; closeness: Closeness; register: Register },
): { dataClass: DataClass; told: Decided }[] =>
  classes.map((dataClass) => ({
    dataClass,
    told: decide(
      // A moment after now: a stated purpose that ends now is none.
      { active: true, agency: recipient, stated: { purpose, basis, condition, until: new Date(at.getTime() + 1) } },
      'view',
      { supplier: of.supplier, dataClass, age: of.age, handling: of.handling },
      {
        register: of.register,
        now: at,
        closeness: of.closeness,
        conflict: false,
        named: false,
        brokenGlass: false,
        secondApprover: false,
      },
    ),
  }))

/** Writes down that something was told to another agency. Whoever calls came through the gate. @returns its id */
export const share = (db: Db | Tx, keys: Keys, viewer: StaffViewer, sharing: Sharing): Promise<string> =>
  keep(db, keys, viewer, sharing, {
    outcome: 'shared',
    method: sharing.method,
    notTold: sharing.notTold,
    outside: sharing.outside,
    expires: sharing.expires,
    reason: null,
  })

/** Writes down a decision not to share. With `moreHarmful` it waits for a second manager. @returns its id */
export const decideNotToShare = (db: Db | Tx, keys: Keys, viewer: StaffViewer, not: NotSharing): Promise<string> =>
  keep(db, keys, viewer, not, {
    outcome: 'not shared',
    method: null,
    notTold: null,
    outside: null,
    expires: null,
    reason: not.reason,
  })

type Kept = Pick<Sharing, 'notTold' | 'outside' | 'expires'> & {
  outcome: 'shared' | 'not shared'
  method: Sharing['method'] | null
  reason: NotSharing['reason'] | null
}

const keep = (db: Db | Tx, keys: Keys, viewer: StaffViewer, about: About, kept: Kept): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: about.subject })
    const sealed = (column: string, text: string | null): Buffer | null =>
      text === null ? null : sealText(key, { table: 'disclosure', column, row: id }, text)
    const told = kept.outcome === 'shared' ? kept.notTold === null : null
    await asProduct(tx, () =>
      sql`insert into disclosure (partnership_id, id, subject_id, agency_id, recipient_agency_id, outcome, classes, purpose,
          basis, condition, method, person_told, why_sealed, why_not_told_sealed, outside_sealed, key_id, reason,
          decided_by, decided_at, expires_on)
        values (${viewer.partnership}, ${id}, ${about.subject}, ${viewer.agency}, ${about.recipient}, ${kept.outcome},
          ${[...about.classes]}::text[]::data_class[], ${about.purpose}, ${about.basis}, ${about.condition},
          ${kept.method}, ${told}, ${sealed('why', about.why)}, ${sealed('why not told', kept.notTold)},
          ${sealed('outside', kept.outside)}, ${key.id}, ${kept.reason}, ${viewer.staff}, ${about.at}, ${kept.expires})`.execute(
        tx,
      ),
    )
    await answerDuties(tx, viewer, id, { stands: kept.reason !== moreHarmful, at: about.at })
    await record(
      tx,
      viewer,
      kept.outcome === 'shared' ? 'information shared' : 'sharing decided against',
      { kind: 'person', id: about.subject },
      { disclosure: id, outside: kept.outside !== null },
    )
    return id
  })

/**
 * A second manager of the same agency confirms or overturns a decision not to share that would harm the child more.
 * @throws {NotFound} when it is not theirs to answer, was answered already, or is their own
 */
export const answerSecond = (
  db: Db | Tx,
  viewer: StaffViewer,
  id: string,
  { answer, at }: { answer: 'confirmed' | 'overturned'; at: Date },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    if (!viewer.roles.includes('manager')) throw new NotFound()
    const { rows } = await asProduct(tx, () =>
      sql<{ subject_id: string }>`
        insert into disclosure_second (partnership_id, disclosure_id, subject_id, agency_id, answer, answered_by, answered_at)
        select d.partnership_id, d.id, d.subject_id, d.agency_id, ${answer}::text, ${viewer.staff}::uuid, ${at}::timestamptz
        from disclosure d
        where d.partnership_id = ${viewer.partnership} and d.id = ${id} and d.agency_id = ${viewer.agency}
          and d.reason = ${moreHarmful} and d.decided_by <> ${viewer.staff}
        on conflict do nothing
        returning subject_id`.execute(tx),
    )
    const [answered] = rows
    if (!answered) throw new NotFound()
    if (answer === 'confirmed') await answerDuties(tx, viewer, id, { stands: true, at })
    await record(
      tx,
      viewer,
      'decision not to share answered',
      { kind: 'person', id: answered.subject_id },
      { disclosure: id, answer },
    )
  })
