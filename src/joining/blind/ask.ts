import { sql } from 'kysely'
import { clkThresholds, diceIndex } from '../../linkage/index.ts'
import { asProduct, inTransaction, newId, record, sealText, type Keys, type Tx } from '../../platform/index.ts'
import type { Asked } from './encodings.ts'
import { knownPeople, type KnownPerson } from './known-people.ts'
import { partnershipKey, secretOf, type Asker } from './permit.ts'

/** An agency may ask about so many people in a day: enough for work, too few to try a telephone book. */
export const most_a_day = 100
const day_ms = 86_400_000

/** `subjects` is for the product: it never reaches a page unless the agreement lets this viewer know them. */
export type Answered = {
  readonly line: number
  readonly answer: 'yes' | 'no' | 'ask'
  readonly subjects: readonly string[]
}
export type Outcome =
  | { readonly kind: 'answered'; readonly answers: readonly Answered[] }
  | { readonly kind: 'no secret' | 'other secret' | 'not ready' }
  | { readonly kind: 'too many'; readonly left: number }

/**
 * Is each of these people known to another agency? Yes, no or ask, and nothing else of whoever is compared with. Every
 * question is counted and has its reason; of a yes the log says of whom, so that the person may learn of it.
 */
export const askBlindly = (
  tx: Tx,
  keys: Keys,
  viewer: Asker,
  permitId: string,
  { checksum, rows, why }: { checksum: string; rows: readonly Asked[]; why: string },
  at: Date,
): Promise<Outcome> =>
  inTransaction(tx, async (inner) => {
    const prepared = await asProduct(inner, async () => {
      // One at a time for an agency: two at once would each see the other's place as free.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`blind ${viewer.agency}`}, 0))`.execute(inner)
      const secret = await secretOf(inner, keys, viewer.partnership, permitId)
      if (!secret) return { kind: 'no secret' } as const
      if (secret.checksum !== checksum) return { kind: 'other secret' } as const
      const left = await leftToday(inner, viewer, at)
      if (rows.length > left) return { kind: 'too many', left } as const
      const known = await knownPeople(inner, keys, viewer.partnership, viewer.agency, secret)
      if (known === 'not ready') return { kind: known } as const
      return { kind: 'ready', known, key: await partnershipKey(inner, keys, viewer.partnership) } as const
    })
    if (prepared.kind !== 'ready') return prepared
    const answers = answersFrom(prepared.known, rows)
    const [yes, ask] = (['yes', 'ask'] as const).map((one) => answers.filter(({ answer }) => answer === one).length)
    const id = newId()
    await inner
      .insertInto('blind_question')
      .values({
        partnership_id: viewer.partnership,
        id,
        permit_id: permitId,
        agency_id: viewer.agency,
        asked_by: viewer.kind === 'staff' ? viewer.staff : null,
        client_id: viewer.kind === 'client' ? viewer.client : null,
        asked_at: at,
        why_sealed: sealText(prepared.key, { table: 'blind_question', column: 'why', row: id }, why),
        key_id: prepared.key.id,
        people: rows.length,
        yes: yes!,
        ask: ask!,
      })
      .execute()
    const about = { kind: 'blind question', id }
    await record(inner, viewer, 'blind question asked', about, { people: rows.length, yes: yes!, ask: ask! })
    for (const subject of new Set(answers.flatMap(({ subjects }) => subjects)))
      await record(inner, viewer, 'known, answered blindly', { kind: 'person', id: subject }, { question: id })
    return { kind: 'answered', answers }
  })

/** How many more people the viewer's agency may ask about now. */
export const leftToday = (tx: Tx, viewer: Asker, now: Date): Promise<number> =>
  asProduct(tx, async () => Math.max(0, most_a_day - (await askedSince(tx, viewer, new Date(now.getTime() - day_ms)))))

const askedSince = async (tx: Tx, { partnership, agency }: Asker, since: Date): Promise<number> => {
  const { rows } = await sql<{ people: number }>`select coalesce(sum(people), 0)::int as people from blind_question
    where partnership_id = ${partnership} and agency_id = ${agency} and asked_at > ${since}`.execute(tx)
  return rows[0]!.people
}

const answersFrom = (known: readonly KnownPerson[], rows: readonly Asked[]): Answered[] => {
  const withPlace = known.filter(({ clk }) => clk.full !== undefined)
  const [full, core] = [diceIndex(withPlace.length), diceIndex(known.length)]
  for (const { clk } of withPlace) full.add(clk.full!)
  for (const { clk } of known) core.add(clk.core)
  return rows.map(({ line, clk }) => {
    const near = clk.full ? full.scan(clk.full, clkThresholds.ask.full) : []
    const subjects = near.filter(({ dice }) => dice >= clkThresholds.yes).map(({ at }) => withPlace[at]!.subject)
    if (subjects.length > 0) return { line, answer: 'yes', subjects: [...new Set(subjects)] }
    const maybe = near.length > 0 || core.scan(clk.core, clkThresholds.ask.core, 1).length > 0
    return { line, answer: maybe ? 'ask' : 'no', subjects: [] }
  })
}
