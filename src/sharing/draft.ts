import { inTransaction, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { problemsOf, type ClauseFacts, type Ground, type Problem, type StandingBar } from './clause.ts'
import { codesOf } from './codes.ts'
import type { Handling } from './decide.ts'

export const aboutAgreement = (id: string) => ({ kind: 'agreement', id })

/**
 * Starts the next version of an agreement as a copy of the last one: its clauses, parties and contacts. While one is
 * being drafted or signed there is no second.
 * @returns the new version, or the one that is open already
 * @throws {NotFound} for what the law asks anyway: its words come with the product
 */
export const draftVersion = (tx: Tx, viewer: Viewer, agreement: string, at: Date): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const within = { partnership_id: viewer.partnership }
    if ((await lockAgreement(inner, viewer, agreement)).tier === 0) throw new NotFound()
    const versions = await inner
      .selectFrom('agreement_version')
      .selectAll()
      .where('partnership_id', '=', viewer.partnership)
      .where('agreement_id', '=', agreement)
      .orderBy('number', 'desc')
      .execute()
    const open = versions.find(({ live_at }) => live_at === null)
    if (open) return open.id
    const last = versions[0]!
    const id = newId()
    await inner
      .insertInto('agreement_version')
      .values({
        ...within,
        id,
        agreement_id: agreement,
        number: last.number + 1,
        drafted_by: viewer.kind === 'staff' ? viewer.staff : null,
        drafted_at: at,
      })
      .execute()
    const clauses = await clausesOf(inner, viewer.partnership, last.id)
    for (const { clause: _, number, ...facts } of clauses)
      await inner
        .insertInto('clause')
        .values({ ...within, id: newId(), version_id: id, number, ...columns(facts) })
        .execute()
    await copyParties(inner, viewer, last.id, id)
    await record(inner, viewer, 'agreement drafted', aboutAgreement(agreement), {
      version: id,
      number: last.number + 1,
    })
    return id
  })

const copyParties = async (tx: Tx, { partnership }: Viewer, from: string, to: string): Promise<void> => {
  const parties = await tx
    .selectFrom('party')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('version_id', '=', from)
    .execute()
  if (parties.length === 0) return
  await tx
    .insertInto('party')
    .values(parties.map((party) => ({ ...party, version_id: to })))
    .execute()
}

export type WrittenClause = ClauseFacts & { clause: string; number: number }

/** The clauses of a version in their order. */
export const clausesOf = async (tx: Tx, partnership: string, version: string): Promise<WrittenClause[]> => {
  const rows = await tx
    .selectFrom('clause')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('version_id', '=', version)
    .orderBy('number')
    .execute()
  return rows.map(({ id, partnership_id: _, version_id: __, handling, effect, relationship, age, ...row }) => ({
    ...row,
    clause: id,
    effect: effect as ClauseFacts['effect'],
    relationship: relationship as ClauseFacts['relationship'],
    age: age as ClauseFacts['age'],
    handling: Number(handling) as Handling,
  }))
}

const columns = ({ handling, ...facts }: ClauseFacts) => ({ ...facts, handling: String(handling) })

/** What a clause of this version is held against today: agencies, code lists, and the bars that stand beside it. */
export const groundOf = async (
  tx: Tx,
  partnership: string,
  { version, agreement, code }: { version: string; agreement: string; code: string },
  today: string,
  now: Date,
): Promise<Ground> => {
  const others = await tx
    .selectFrom('agreement_version as v')
    .innerJoin('agreement as a', (join) =>
      join.onRef('a.partnership_id', '=', 'v.partnership_id').onRef('a.id', '=', 'v.agreement_id'),
    )
    .select(['v.id', 'a.code'])
    .where('v.partnership_id', '=', partnership)
    .where('v.agreement_id', '<>', agreement)
    .where('v.live_at', 'is not', null)
    .where((where) => where.or([where('v.effective_to', 'is', null), where('v.effective_to', '>', now)]))
    .execute()
  const bars: StandingBar[] = []
  for (const one of [{ id: version, code }, ...others])
    for (const { clause: _, number, ...facts } of await clausesOf(tx, partnership, one.id))
      if (facts.effect === 'bar') bars.push({ ...facts, cite: `${one.code} ${String(number)}` })
  return {
    agencies: await tx
      .selectFrom('agency')
      .select(['id', 'code', 'kind', 'sector'])
      .where('partnership_id', '=', partnership)
      .execute(),
    codes: await codesOf(tx, partnership),
    today,
    bars,
  }
}

export type OpenVersion = { version: string; agreement: string; code: string; number: number; offered_at: Date | null }

/** A version that nobody has made live, locked against another change. @throws {NotFound} when there is none */
export const openVersion = async (
  tx: Tx,
  viewer: Viewer,
  version: string,
): Promise<OpenVersion & { live: boolean }> => {
  const row = await tx
    .selectFrom('agreement_version as v')
    .innerJoin('agreement as a', (join) =>
      join.onRef('a.partnership_id', '=', 'v.partnership_id').onRef('a.id', '=', 'v.agreement_id'),
    )
    .select(['v.id as version', 'a.id as agreement', 'a.code', 'v.number', 'v.offered_at', 'v.live_at'])
    .where('v.partnership_id', '=', viewer.partnership)
    .where('v.id', '=', version)
    .forUpdate('v')
    .executeTakeFirst()
  if (!row) throw new NotFound()
  const { live_at, ...open } = row
  return { ...open, live: live_at !== null }
}

export const lockAgreement = async (tx: Tx, viewer: Viewer, agreement: string): Promise<{ tier: number }> => {
  const row = await tx
    .selectFrom('agreement')
    .select('tier')
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', agreement)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}

/** When and where a change is made, so that "today" is the house's day. */
export type Moment = { now: Date; today: string }

/**
 * Writes a clause of a draft, new without `clause`.
 * @returns its id, what is wrong with it, or that the words are fixed because the version was put to signature
 */
export const saveClause = (
  tx: Tx,
  viewer: Viewer,
  version: string,
  facts: ClauseFacts,
  { now, today }: Moment,
  clause?: string,
): Promise<{ saved: string } | { problems: Problem[] } | 'fixed'> =>
  inTransaction(tx, async (inner) => {
    const open = await openVersion(inner, viewer, version)
    if (open.live || open.offered_at) return 'fixed'
    const problems = problemsOf(facts, await groundOf(inner, viewer.partnership, open, today, now))
    if (problems.length) return { problems }
    const id = clause ?? newId()
    if (clause) await changeClause(inner, viewer, version, clause, facts)
    else await addClause(inner, viewer, version, id, facts)
    await record(inner, viewer, clause ? 'clause changed' : 'clause added', aboutAgreement(open.agreement), {
      version,
      clause: id,
    })
    return { saved: id }
  })

const addClause = async (tx: Tx, viewer: Viewer, version_id: string, id: string, facts: ClauseFacts): Promise<void> => {
  const { last } = await tx
    .selectFrom('clause')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('partnership_id', '=', viewer.partnership)
    .where('version_id', '=', version_id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('clause')
    .values({ partnership_id: viewer.partnership, id, version_id, number: (last ?? 0) + 1, ...columns(facts) })
    .execute()
}

const changeClause = async (
  tx: Tx,
  viewer: Viewer,
  version: string,
  clause: string,
  facts: ClauseFacts,
): Promise<void> => {
  const { numUpdatedRows } = await tx
    .updateTable('clause')
    .set(columns(facts))
    .where('partnership_id', '=', viewer.partnership)
    .where('version_id', '=', version)
    .where('id', '=', clause)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotFound()
}

/** Takes a clause out of a draft. The others keep their numbers, so that what people cite stays the same. */
export const removeClause = (tx: Tx, viewer: Viewer, version: string, clause: string): Promise<'removed' | 'fixed'> =>
  inTransaction(tx, async (inner) => {
    const open = await openVersion(inner, viewer, version)
    if (open.live || open.offered_at) return 'fixed'
    const { numDeletedRows } = await inner
      .deleteFrom('clause')
      .where('partnership_id', '=', viewer.partnership)
      .where('version_id', '=', version)
      .where('id', '=', clause)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'clause removed', aboutAgreement(open.agreement), { version, clause })
    return 'removed'
  })
