import { sql } from 'kysely'
import { calendarOf } from '../partnership/index.ts'
import {
  asProduct,
  BadRequest,
  dataKeyOf,
  dueAt,
  inTransaction,
  localDate,
  newId,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
  type WorkingCalendar,
} from '../platform/index.ts'
import { codesOf, codeProblem } from './codes.ts'
import { decide, type AgeFrame, type Closeness, type DataClass, type Decided, type Handling } from './decide.ts'
import { answerDuties } from './duty.ts'
import { nameFor } from './named.ts'
import { registerOf, type Register } from './register.ts'

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
/** That an adult agrees, or the ground on which it is shared without. */
export const consents = [
  'agrees',
  'lacks capacity',
  'coercion',
  'risk to others',
  'serious crime',
  'vital interest',
  'public interest',
] as const

type About = {
  subject: string
  /** The agency that would get it, and who there. */
  recipient: string
  name: string
  role: string
  classes: readonly [DataClass, ...DataClass[]]
  purpose: string
  basis: string
  condition: string
  /** What an adult wants to happen; null for a child. */
  wishes: string | null
  why: string
  at: Date
}
export type Sharing = About & {
  method: (typeof methods)[number]
  consent: (typeof consents)[number] | null
  /** Why the person was not told; null when they were. */
  notTold: string | null
  /** Why it goes outside the agreement; null when a clause lets the recipient have all of it. */
  outside: string | null
  expires: string | null
}
export type NotSharing = About & {
  reason: (typeof reasonsNotToShare)[number]
  /** The manager who is named to answer it, where it speaks of what is for named people only. */
  second?: string | null
}
/** What a decision asks besides: of the subject, of how closely it is kept, of the recipient's tie to the subject. */
export type Frame = { age: AgeFrame; handling: Handling; closeness: Closeness }

export type Answered = { dataClass: DataClass; told: Decided }

/** What the agreement answers the recipient for each class, as if they asked for it themselves. */
export const answersFor = (
  {
    recipient,
    classes,
    purpose,
    basis,
    condition,
    at,
  }: Pick<About, 'recipient' | 'classes' | 'purpose' | 'basis' | 'condition' | 'at'>,
  of: Frame & { supplier: string; register: Register },
): Answered[] =>
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

/**
 * Writes down that something was told to another agency. Whoever calls came through the gate.
 * @returns its id; or, with nothing written, that the agreement says no to part of it and a reason of its own is needed
 * @throws {BadRequest} for a purpose, basis, condition or class that the code lists do not have on the day
 */
export const share = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  sharing: Sharing,
  frame: Frame,
): Promise<{ id: string } | 'outside needed'> =>
  inTransaction(db, async (tx) => {
    const answers = await answered(tx, viewer, sharing, frame)
    const denied = answers.some(({ told }) => told.effect === 'deny')
    if (denied && !sharing.outside) return 'outside needed'
    // Where the agreement lets them have all of it there is nothing to excuse.
    const { method, consent, notTold, expires } = sharing
    const outside = denied ? sharing.outside : null
    const kept = {
      outcome: 'shared',
      method,
      consent,
      notTold,
      outside,
      expires,
      reason: null,
      secondDue: null,
      second: null,
    } as const
    return { id: await keep(tx, keys, viewer, sharing, { ...kept, answers, frame }) }
  })

/**
 * Writes down a decision not to share. With `moreHarmful` it waits for a second manager, for one working day.
 * @returns its id
 * @throws {BadRequest} as `share`
 */
export const decideNotToShare = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  not: NotSharing,
  frame: Frame,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const answers = await answered(tx, viewer, not, frame)
    const secondDue = not.reason === moreHarmful ? secondDueAt(not.at, await calendarOf(tx, viewer.partnership)) : null
    const kept = {
      outcome: 'not shared',
      method: null,
      consent: null,
      notTold: null,
      outside: null,
      expires: null,
    } as const
    const second = not.reason === moreHarmful ? (not.second ?? null) : null
    return keep(tx, keys, viewer, not, { ...kept, reason: not.reason, secondDue, second, answers, frame })
  })

/** One working day, as for every second pair of eyes. */
const secondDueAt = (at: Date, calendar: WorkingCalendar): Date =>
  dueAt(at, { amount: 1, unit: 'working-days' }, calendar)

const answered = async (tx: Tx, viewer: StaffViewer, about: About, frame: Frame): Promise<Answered[]> => {
  const codes = await codesOf(tx, viewer.partnership)
  const today = localDate(about.at, (await calendarOf(tx, viewer.partnership)).zone)
  const used = [
    ['purpose', about.purpose],
    ['basis', about.basis],
    ...(about.condition ? [['condition', about.condition] as const] : []),
    ...about.classes.map((code) => ['class', code] as const),
  ] as const
  for (const [list, code] of used)
    if (codeProblem(codes, list, code, today)) throw new BadRequest('The code lists do not have that on this day.')
  return answersFor(about, { ...frame, supplier: viewer.agency, register: await registerOf(tx, viewer.partnership) })
}

type Kept = Pick<Sharing, 'consent' | 'notTold' | 'outside' | 'expires'> & {
  outcome: 'shared' | 'not shared'
  method: Sharing['method'] | null
  reason: NotSharing['reason'] | null
  secondDue: Date | null
  second: string | null
  answers: readonly Answered[]
  frame: Frame
}

const keep = async (tx: Tx, keys: Keys, viewer: StaffViewer, about: About, kept: Kept): Promise<string> => {
  const id = newId()
  const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: about.subject })
  const sealed = (column: string, text: string | null): Buffer | null =>
    text === null ? null : sealText(key, { table: 'disclosure', column, row: id }, text)
  const told = kept.outcome === 'shared' ? kept.notTold === null : null
  await asProduct(tx, async () => {
    await sql`insert into disclosure (partnership_id, id, subject_id, agency_id, recipient_agency_id,
        recipient_name_sealed, recipient_role_sealed, outcome, classes, kept, purpose, basis, condition, method, consent,
        person_told, why_sealed, wishes_sealed, why_not_told_sealed, outside_sealed, key_id, reason, second_due_at,
        decided_by, decided_at, expires_on)
      values (${viewer.partnership}, ${id}, ${about.subject}, ${viewer.agency}, ${about.recipient},
        ${sealed('recipient name', about.name)}, ${sealed('recipient role', about.role)}, ${kept.outcome},
        ${[...about.classes]}::text[]::data_class[], ${kept.frame.handling}, ${about.purpose}, ${about.basis},
        ${about.condition}, ${kept.method}, ${kept.consent}, ${told}, ${sealed('why', about.why)},
        ${sealed('wishes', about.wishes)}, ${sealed('why not told', kept.notTold)}, ${sealed('outside', kept.outside)},
        ${key.id}, ${kept.reason}, ${kept.secondDue}, ${viewer.staff}, ${about.at}, ${kept.expires})`.execute(tx)
    for (const { dataClass, told } of kept.answers)
      await sql`insert into disclosure_answer (partnership_id, disclosure_id, class, subject_id, agency_id, refusal, clause_id)
        values (${viewer.partnership}, ${id}, ${dataClass}, ${about.subject}, ${viewer.agency},
          ${told.effect === 'deny' ? told.reason : null}, ${told.clause?.id ?? null})`.execute(tx)
  })
  const { handling } = kept.frame
  if (handling === 2) {
    const named = [viewer.staff, ...(kept.second ? [kept.second] : [])]
    await nameFor(tx, viewer, { row: id, subject: about.subject }, named, about.at)
  }
  await answerDuties(tx, viewer, id, { stands: kept.reason !== moreHarmful, at: about.at })
  await record(
    tx,
    viewer,
    kept.outcome === 'shared' ? 'information shared' : 'sharing decided against',
    { kind: 'person', id: about.subject },
    { disclosure: id, purpose: about.purpose, outside: kept.outside !== null, told, handling },
  )
  return id
}
