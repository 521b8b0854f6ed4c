import { newId, type Tx } from '../platform/index.ts'
import { compile } from './compile.ts'
import type { AgreementsFile, CodeFile, Signing } from './file.ts'
import { warnBefore } from './in-force.ts'
import { isAmong, type AgencyRow } from './register.ts'

/** Loads the code lists. Runs as the product, in the caller's transaction. */
export const loadCodes = async (tx: Tx, partnership_id: string, codes: readonly CodeFile[]): Promise<void> => {
  await tx
    .insertInto('sharing_code')
    .values(
      codes.map(({ list, code, label, note, validFrom, validTo, checked }, position) => ({
        partnership_id,
        list,
        code,
        label,
        note,
        position,
        checked,
        ...(validFrom && { valid_from: validFrom }),
        ...(validTo && { valid_to: validTo }),
      })),
    )
    .execute()
}

/**
 * Loads a set of agreements for the agencies that a partnership has. Without `signing` each is a draft to be read,
 * changed and signed, and lets nobody see anything; with it (demo, tests) it is signed and in force.
 * @param at the moment that the days of `signing` count from
 */
export const loadAgreements = async (
  tx: Tx,
  partnership: string,
  file: AgreementsFile,
  { at = new Date(), signing }: { at?: Date; signing?: Signing } = {},
): Promise<void> => {
  const today = at.toISOString().slice(0, 10)
  const agencies = await tx
    .selectFrom('agency')
    .select(['id', 'code', 'kind', 'sector'])
    .where('partnership_id', '=', partnership)
    .where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>=', today)]))
    .orderBy('code')
    .execute()
  const ids = new Map(file.agreements.map(({ code }) => [code, newId()]))
  const inOrder = [...file.agreements].sort((a, b) => a.tier - b.tier)
  for (const agreement of inOrder) await loadOne(tx, partnership, agreement, { ids, agencies, at, signing })
  await compile(tx, partnership)
}

type Loading = { ids: ReadonlyMap<string, string>; agencies: readonly AgencyRow[]; at: Date; signing?: Signing }

const day = 86_400_000
const later = (at: Date, days: number): Date => new Date(at.getTime() + days * day)

const loadOne = async (
  tx: Tx,
  partnership_id: string,
  agreement: AgreementsFile['agreements'][number],
  { ids, agencies, at, signing }: Loading,
): Promise<void> => {
  const id = ids.get(agreement.code)!
  const version_id = newId()
  const within = { partnership_id }
  await tx
    .insertInto('agreement')
    .values({
      ...within,
      id,
      code: agreement.code,
      title: agreement.title,
      tier: agreement.tier,
      under_id: agreement.under ? ids.get(agreement.under) : null,
    })
    .execute()
  const lapses = signing?.lapsesInDays[agreement.code]
  await tx
    .insertInto('agreement_version')
    .values({
      ...within,
      id: version_id,
      agreement_id: id,
      number: 1,
      summary: agreement.summary,
      drafted_at: signing ? later(at, -signing.liveDaysAgo - 60) : at,
      review_on: later(at, signing?.reviewInDays ?? agreement.reviewMonths * 30)
        .toISOString()
        .slice(0, 10),
      ...(signing && {
        offered_at: later(at, -signing.liveDaysAgo - 40),
        live_at: later(at, -signing.liveDaysAgo),
        effective_from: later(at, -signing.liveDaysAgo),
        effective_to: lapses === undefined ? null : later(at, lapses),
      }),
    })
    .execute()
  const parties = agencies.filter(
    (agency) => isAmong(agreement.parties, agency) && (!signing || signing.agencies[agency.code]),
  )
  await loadParties(tx, { partnership_id, version_id }, agreement.controllerRole, parties, at, signing)
  await tx
    .insertInto('clause')
    .values(
      agreement.clauses.map(({ handling, ...clause }) => ({
        ...within,
        id: newId(),
        version_id,
        ...clause,
        handling: String(handling),
      })),
    )
    .execute()
  if (lapses !== undefined)
    await warnBefore(tx, { kind: 'system', partnership: partnership_id }, version_id, later(at, lapses))
  if (signing) await loadSignatures(tx, { partnership_id, version_id, agreement_id: id }, parties, at, signing)
}

const loadParties = async (
  tx: Tx,
  within: { partnership_id: string; version_id: string },
  controller_role: string,
  parties: readonly AgencyRow[],
  at: Date,
  signing?: Signing,
): Promise<void> => {
  if (parties.length === 0) return
  await tx
    .insertInto('party')
    .values(
      parties.map((agency) => {
        const told = signing?.agencies[agency.code]
        return {
          ...within,
          agency_id: agency.id,
          controller_role,
          // Whoever has not signed by the day it went live joins later.
          founding: !signing || told?.signatories !== undefined,
          contact_name: told?.contact?.name ?? '',
          contact_reach: told?.contact?.reach ?? '',
          deputy_name: told?.deputy?.name ?? '',
          deputy_reach: told?.deputy?.reach ?? '',
          contact_until:
            told?.contactInDays === undefined ? null : later(at, told.contactInDays).toISOString().slice(0, 10),
          ig_lead: told?.igLead ?? '',
        }
      }),
    )
    .execute()
}

const loadSignatures = async (
  tx: Tx,
  { partnership_id, version_id, agreement_id }: { partnership_id: string; version_id: string; agreement_id: string },
  parties: readonly AgencyRow[],
  at: Date,
  { agencies, liveDaysAgo }: Signing,
): Promise<void> => {
  const signed = parties.flatMap((agency) =>
    (agencies[agency.code]!.signatories ?? []).map(({ name, jobTitle }, i) => ({
      partnership_id,
      id: newId(),
      version_id,
      agency_id: agency.id,
      seat: i + 1,
      name,
      job_title: jobTitle,
      signed_at: later(at, -liveDaysAgo - 21 + i),
    })),
  )
  if (signed.length) await tx.insertInto('signature').values(signed).execute()
  const steps = parties.flatMap((agency) =>
    agencies[agency.code]!.steps.map((step, i) => ({
      partnership_id,
      agreement_id,
      agency_id: agency.id,
      step,
      done_at: later(at, -liveDaysAgo + 14 + 10 * i),
    })),
  )
  if (steps.length) await tx.insertInto('adoption_step').values(steps).execute()
}
