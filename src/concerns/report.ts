import {
  abreast,
  asProduct,
  enqueue,
  firstDataKeyOf,
  inTransaction,
  localDate,
  makeCode,
  newId,
  randomBase32,
  record,
  together,
  type Db,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { calendarOf, clockOf, frontDoorAgency } from '../partnership/index.ts'
import { noteConcern } from '../joining/index.ts'
import { keepFile } from './attachment-store.ts'
import { clockRun } from './clock.ts'
import { frameOn, type Channel, type Frame, type Prepared, type Report } from './concern.ts'
import { hashedKey } from './detail.ts'
import { makeReceipt } from './receipt.ts'
import { placeWords, sealed, type SealedRow } from './sealed.ts'

/** `due`: by when somebody is to decide, where the partnership has a clock for it. */
export type Sent = { concern: string; reference: string; receipt: string; due: Date | undefined }
type How = {
  channel: Channel
  language?: string
  at: Date
  submissionKey?: Buffer
  /** Read one after another, so that five large ones need not be in memory together. */
  files?: Iterable<Prepared> | AsyncIterable<Prepared>
}

/**
 * Takes in what somebody noticed: the concern with everything said, its receipt, its clock, its event and the news for
 * other rooms, in one transaction.
 * @param submissionKey the same key twice is the same submission, and makes one concern
 * @returns the receipt, which is shown once; 'already sent' when this submission was taken before
 */
export const report = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  input: Report,
  how: How,
): Promise<Sent | 'already sent'> =>
  inTransaction(db, async (tx) => {
    const { partnership } = viewer
    const id = newId()
    const [agency, { key, keep }, calendar, code] = await abreast(
      tx,
      () => supplierOf(tx, viewer),
      () => firstDataKeyOf(tx, keys, partnership, { kind: 'concern', id }),
      () => calendarOf(tx, partnership),
      () => makeCode(keys),
    )
    const within = { partnership_id: partnership, agency_id: agency }
    const { people, details, signs, reporter, ...said } = input
    const concern = sealed(key, 'concern', {
      ...within,
      ...said,
      id,
      channel: how.channel,
      language: how.language ?? 'en',
      entered_by: viewer.kind === 'staff' ? viewer.staff : null,
      client_id: viewer.kind === 'client' ? viewer.client : null,
      received_at: how.at,
      place_words: placeWords(keys, partnership, said.place),
    })
    const starting = clocksToStart(frameOn(input.about, people, localDate(how.at, calendar.zone)), input.danger_now)
    // The key first: the concern names it.
    const [, reference, ...rules] = await abreast(
      tx,
      keep,
      () => keepConcern(tx, how.submissionKey, concern),
      ...starting.map((clock) => () => clockOf(tx, partnership, clock, how.at)),
    )
    if (!reference) return 'already sent'
    const of = { ...within, concern_id: id }
    for await (const file of how.files ?? []) await keepFile(tx, key, of, file)
    const described = people.map((person) => ({ ...person, id: newId() }))
    const found = [...details, ...namesAmong(input)].map((detail) => ({ ...detail, id: newId() }))
    const persons = described.map((person, position) => sealed(key, 'concern_person', { ...of, ...person, position }))
    const things = found.map((detail) =>
      sealed(key, 'detail', { ...of, ...detail, key: hashedKey(keys, partnership, detail) }),
    )
    const run = { concern: id, agency, from: how.at }
    const clocks = rules.flatMap((rule) => (rule ? [clockRun(viewer, run, rule, calendar)] : []))
    const red = { ...of, id: newId(), level: 'red', why: 'danger now', at: how.at }
    const [, receipt] = await abreast(
      tx,
      () =>
        together(
          tx,
          tx.insertInto('undecided').values({ ...of, received_at: how.at }),
          ...(persons.length ? [tx.insertInto('concern_person').values(persons)] : []),
          ...(signs.length
            ? [tx.insertInto('concern_sign').values([...new Set(signs)].map((sign) => ({ ...of, sign })))]
            : []),
          ...(things.length ? [tx.insertInto('detail').values(things)] : []),
          ...(reporter ? [tx.insertInto('reporter').values(sealed(key, 'reporter', { ...of, ...reporter }))] : []),
          ...(input.danger_now ? [tx.insertInto('priority').values(sealed(key, 'priority', red))] : []),
          ...(clocks.length ? [tx.insertInto('clock_run').values(clocks)] : []),
        ),
      () => makeReceipt(tx, keys, viewer, { concern: id, agency, at: how.at }, code),
      () => record(tx, viewer, 'concern received', { kind: 'concern', id }, { channel: how.channel }),
      () => enqueue(tx, viewer, 'concern received', { concern: id }),
      () =>
        noteConcern(tx, keys, partnership, {
          concern: id,
          isNew: true,
          agency,
          key,
          at: how.at,
          people: described,
          // Where somebody lives is said with them; it is no place that something was noticed at.
          details: found.filter(
            ({ kind, said }) => kind !== 'postcode' || !people.some((one) => one.postcode === said),
          ),
          place: { id, address: said.place, postcode: said.postcode },
        }),
    )
    return { concern: id, reference, receipt, due: clocks.find(({ clock }) => clock === starting[0])?.due_at }
  })

/**
 * Writes the concern under a reference of its own. The database writes nothing where the reference is taken, or where the
 * submission was taken before; only the second means that this one is already here.
 * @returns the reference; undefined when this submission was taken before
 */
export const keepConcern = async (
  tx: Tx,
  submissionKey: Buffer | undefined,
  concern: SealedRow<
    'concern',
    Omit<Report, 'people' | 'details' | 'signs' | 'reporter'> & {
      partnership_id: string
      agency_id: string
      id: string
      channel: Channel
      language: string
      entered_by: string | null
      client_id: string | null
      received_at: Date
    }
  > & { key_id: string; place_words?: string[] },
  newReference = () => randomBase32(6).replace(/^(...)/, '$1-'),
): Promise<string | undefined> => {
  const { partnership_id } = concern
  for (;;) {
    const reference = newReference()
    const written = await tx
      .insertInto('concern')
      .values({ ...concern, reference, submission_key: submissionKey ?? null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (written.numInsertedOrUpdatedRows === 1n) return reference
    if (submissionKey && (await wasTaken(tx, partnership_id, submissionKey))) return undefined
  }
}

/** Asked as the product: whoever sends something twice may not read what they sent. */
const wasTaken = (tx: Tx, partnership: string, submissionKey: Buffer): Promise<boolean> =>
  asProduct(tx, async () => {
    const taken = await tx
      .selectFrom('concern')
      .select('id')
      .where('partnership_id', '=', partnership)
      .where('submission_key', '=', submissionKey)
      .executeTakeFirst()
    return taken !== undefined
  })

/** What the public says is held by the agency at the front door; an agency's own report is that agency's. */
const supplierOf = async (tx: Tx, viewer: Viewer): Promise<string> =>
  'agency' in viewer ? viewer.agency : frontDoorAgency(tx, viewer.partnership)

/** Names, nicknames, phones and postcodes of people and places are looked for elsewhere like any other detail. */
const namesAmong = ({ people, postcode }: Report) => [
  ...people.flatMap((person) =>
    (
      [
        ['name', person.name],
        ['nickname', person.nickname],
        ['phone', person.phone],
        ['postcode', person.postcode],
      ] as const
    ).flatMap(([kind, said]) => (said ? [{ kind, said, note: '', came: 'given' as const }] : [])),
  ),
  ...(postcode ? [{ kind: 'postcode' as const, said: postcode, note: '', came: 'given' as const }] : []),
]

/** The clock of the decision, then what danger starts. Where nobody knows an age, the shorter one runs until somebody does. */
const clocksToStart = (frame: Frame | 'not known', danger: boolean): string[] => [
  decisionClock(frame),
  ...(danger ? ['first-look-red'] : []),
]

export const decisionClock = (frame: Frame | 'not known'): string =>
  frame === 'context' ? 'context-reply' : frame === 'adult' ? 'adult-decision' : 'child-decision'
export const decisionClocks = ['child-decision', 'adult-decision', 'context-reply'] as const
