import { newId, type Tx } from '../src/platform/index.ts'
import { compile } from '../src/sharing/index.ts'

type Clause = {
  title: string
  effect: string
  suppliers: string[]
  recipients: string[]
  purposes: string[]
  bases: string[]
  classes: string[]
  relationship?: string
  handling?: string
  conditions?: string[]
}

/** One small agreement, signed by two people of each agency and in force since `at`. @returns the agreement's id */
export const liveAgreement = async (
  tx: Tx,
  partnership: string,
  {
    code,
    title,
    agencies,
    clauses,
    at,
  }: { code: string; title: string; agencies: readonly string[]; clauses: readonly Clause[]; at: Date },
): Promise<string> => {
  const within = { partnership_id: partnership }
  const agreement = newId()
  const version = newId()
  await tx
    .insertInto('agreement')
    .values({ ...within, id: agreement, code, title, tier: 1 })
    .execute()
  await tx
    .insertInto('agreement_version')
    .values({
      ...within,
      id: version,
      agreement_id: agreement,
      number: 1,
      drafted_at: at,
      offered_at: at,
      live_at: at,
      effective_from: at,
    })
    .execute()
  await tx
    .insertInto('party')
    .values(agencies.map((agency_id) => ({ ...within, version_id: version, agency_id, controller_role: 'controller' })))
    .execute()
  const signed = { ...within, version_id: version, signed_at: at }
  await tx
    .insertInto('signature')
    .values(
      agencies.flatMap((agency_id) =>
        [1, 2].map((seat) => ({ ...signed, id: newId(), agency_id, seat, name: `Signatory ${seat}` })),
      ),
    )
    .execute()
  await tx
    .insertInto('clause')
    .values(clauses.map((clause, i) => ({ ...within, id: newId(), version_id: version, number: i + 1, ...clause })))
    .execute()
  await compile(tx, partnership)
  return agreement
}
