import { sql } from 'kysely'
import { asViewer, inTransaction, newId, NotFound, record, type Db, type Tx, type Viewer } from '../platform/index.ts'
import { compile } from './compile.ts'
import { aboutAgreement, clausesOf, lockAgreement } from './draft.ts'
import { shippedCodes, shippedStanding } from './file.ts'
import { loadCodes } from './load.ts'

/** The Care Act’s section 42 came into force that day, the youngest of the duties these terms rest on. */
const since = new Date('2015-04-01T00:00:00+01:00')

/**
 * Puts in force what the law already asks of a front door: a partnership receives concerns and decides about them before
 * anybody has signed anything. Runs as the product; `compile` still has to be called.
 */
export const loadStanding = async (tx: Tx, partnership_id: string, at: Date): Promise<void> => {
  const { code, title, summary, tier, clauses } = shippedStanding()
  const agreement_id = newId()
  const version_id = newId()
  await tx.insertInto('agreement').values({ partnership_id, id: agreement_id, code, title, tier }).execute()
  const inForce = { drafted_at: at, offered_at: at, live_at: at, effective_from: since }
  await tx
    .insertInto('agreement_version')
    .values({ partnership_id, id: version_id, agreement_id, number: 1, summary, ...inForce })
    .execute()
  await tx
    .insertInto('clause')
    .values(
      clauses.map(({ handling, ...clause }) => ({
        ...clause,
        partnership_id,
        id: newId(),
        version_id,
        handling: String(handling),
      })),
    )
    .execute()
}

/** The same for every partnership that is older than these terms, with the words they use. */
export const loadMissingStanding = async (db: Db): Promise<void> => {
  const all = await asViewer(db, { kind: 'public', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').select('id').execute(),
  )
  for (const { id } of all)
    await asViewer(db, { kind: 'system', partnership: id }, async (tx) => {
      // Of two processes that start at once the second waits here and finds them.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`standing ${id}`}, 0))`.execute(tx)
      const there = await tx
        .selectFrom('agreement')
        .select('id')
        .where('partnership_id', '=', id)
        .where('tier', '=', 0)
        .executeTakeFirst()
      if (there) return
      await loadStanding(tx, id, new Date())
      await loadMissingCodes(tx, id)
      await compile(tx, id)
    })
}

const loadMissingCodes = async (tx: Tx, partnership: string): Promise<void> => {
  const used = shippedStanding().clauses.flatMap((clause) => [
    ...clause.purposes,
    ...clause.bases,
    ...clause.conditions,
    ...clause.gateways,
    ...clause.classes,
    ...clause.obligations,
  ])
  const rows = await tx
    .selectFrom('sharing_code')
    .select(['list', 'code'])
    .where('partnership_id', '=', partnership)
    .execute()
  const known = new Set(rows.map(({ list, code }) => `${list} ${code}`))
  const missing = shippedCodes().filter(({ list, code }) => used.includes(code) && !known.has(`${list} ${code}`))
  if (missing.length) await loadCodes(tx, partnership, missing)
}

/**
 * Puts the standing terms in force again after somebody ended them: a next version with the same words, from now on.
 * @throws {NotFound} for an agreement that is signed
 */
export const standAgain = (tx: Tx, viewer: Viewer, agreement: string, at: Date): Promise<'stands' | 'stands already'> =>
  inTransaction(tx, async (inner) => {
    const { partnership } = viewer
    if ((await lockAgreement(inner, viewer, agreement)).tier !== 0) throw new NotFound()
    const last = await inner
      .selectFrom('agreement_version')
      .select(['id', 'number', 'summary', 'effective_to'])
      .where('partnership_id', '=', partnership)
      .where('agreement_id', '=', agreement)
      .orderBy('number', 'desc')
      .executeTakeFirstOrThrow()
    if (!last.effective_to || last.effective_to > at) return 'stands already'
    const version = newId()
    const number = last.number + 1
    const of = { partnership_id: partnership, id: version, agreement_id: agreement, number, summary: last.summary }
    await inner
      .insertInto('agreement_version')
      .values({ ...of, drafted_at: at, offered_at: at, live_at: at, effective_from: at })
      .execute()
    for (const { clause: _, handling, ...facts } of await clausesOf(inner, partnership, last.id))
      await inner
        .insertInto('clause')
        .values({ ...facts, partnership_id: partnership, id: newId(), version_id: version, handling: String(handling) })
        .execute()
    await compile(inner, partnership)
    const about = aboutAgreement(agreement)
    await record(inner, viewer, 'agreement live', about, { version, number, from: at.toISOString() })
    return 'stands'
  })
