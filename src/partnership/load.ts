import { become, newId, type Tx } from '../platform/index.ts'
import type { PartnershipFile } from './file.ts'
import { shippedClocks, shippedHolidays } from './shipped.ts'

/**
 * Makes a partnership from its file, with the clocks and holidays that ship with the product. Runs as the product
 * itself, in the caller's transaction. `problemsIn` says beforehand what is wrong with a file.
 * @returns its id
 * @throws {Error} naming the code that something refers to and nothing has
 */
export const loadPartnership = async (
  tx: Tx,
  file: PartnershipFile,
  { isDefault = false, demo = false } = {},
): Promise<string> => {
  const partnership_id = newId()
  await tx
    .insertInto('partnership')
    .values({
      id: partnership_id,
      slug: file.slug,
      name: file.name,
      place: file.county,
      zone: file.timeZone,
      hosts: file.hosts.map((host) => host.toLowerCase()),
      languages: file.languages,
      is_default: isDefault,
      demo,
    })
    .execute()
  await become(tx, { kind: 'system', partnership: partnership_id })
  const within = { partnership_id }
  const areas = await loadAreas(tx, file, within)
  const agencies = await loadAgencies(tx, file, within, areas)
  await loadBoards(tx, file, within, agencies)
  await loadContacts(tx, file, within)
  await loadClocks(tx, within)
  return partnership_id
}

type Within = { partnership_id: string }
type IdOf = (code: string) => string

const loadAreas = async (tx: Tx, { areas }: PartnershipFile, within: Within): Promise<IdOf> => {
  const id = idsFor(areas, 'area')
  await insert(
    tx,
    'area',
    parentsFirst(areas).map((area) => ({
      ...within,
      id: id(area.code),
      gss: area.code,
      kind: area.kind,
      name: area.name,
      parent_id: area.parent ? id(area.parent) : null,
      valid_from: area.validFrom,
      valid_to: area.validTo,
      planned_end: area.plannedEnd,
      succession_note: area.successionNote,
    })),
  )
  const begins = new Map(areas.map((area) => [area.code, area.validFrom]))
  await insert(
    tx,
    'area_succession',
    areas.flatMap((area) =>
      area.successors.map((to) => ({
        ...within,
        area_id: id(area.code),
        successor_id: id(to),
        from_date: area.plannedEnd ?? begins.get(to),
      })),
    ),
  )
  return id
}

const loadAgencies = async (tx: Tx, { agencies }: PartnershipFile, within: Within, area: IdOf): Promise<IdOf> => {
  const id = idsFor(agencies, 'agency')
  await insert(
    tx,
    'agency',
    parentsFirst(agencies).map((agency) => ({
      ...within,
      id: id(agency.code),
      code: agency.code,
      name: agency.name,
      kind: agency.kind,
      sector: agency.sector,
      statutory_role: agency.statutoryRole,
      parent_id: agency.parent ? id(agency.parent) : null,
      valid_from: agency.validFrom,
      valid_to: agency.validTo,
      planned_end: agency.plannedEnd,
      succession_note: agency.successionNote,
      invented: agency.invented,
    })),
  )
  const identifiers = agencies.flatMap((agency) =>
    agency.ids.map(({ scheme, value, gk }) => ({ ...within, agency_id: id(agency.code), scheme, value, checked: !gk })),
  )
  await insert(tx, 'agency_identifier', identifiers)
  const begins = new Map(agencies.map((agency) => [agency.code, agency.validFrom]))
  const successions = successionsOf(agencies).map(([from, to]) => ({
    ...within,
    agency_id: id(from),
    successor_id: id(to),
    from_date: begins.get(to),
  }))
  await insert(tx, 'agency_succession', successions)
  const served = agencies.flatMap((agency) =>
    [...new Set(agency.areas)].map((code) => ({ ...within, agency_id: id(agency.code), area_id: area(code) })),
  )
  await insert(tx, 'agency_area', served)
  return id
}

/** Who followed whom, as [before, after]. A file may say it at either end, or at both. */
export const successionsOf = (agencies: PartnershipFile['agencies']): [string, string][] => {
  const pairs = agencies.flatMap((agency) => [
    ...agency.succeededBy.map((after): [string, string] => [agency.code, after]),
    ...agency.successorOf.map((before): [string, string] => [before, agency.code]),
  ])
  return [...new Map(pairs.map((pair) => [pair.join('\n'), pair])).values()]
}

const loadBoards = async (tx: Tx, { boards }: PartnershipFile, within: Within, agency: IdOf): Promise<void> => {
  const id = idsFor(boards, 'board')
  await insert(
    tx,
    'body',
    parentsFirst(boards).map((board) => ({
      ...within,
      id: id(board.code),
      code: board.code,
      name: board.name,
      kind: board.kind,
      parent_id: board.parent ? id(board.parent) : null,
      statutory_basis: board.statutoryBasis,
      front_door: board.frontDoor,
      note: board.note,
      checked: !board.gk,
    })),
  )
  const members = boards.flatMap((board) =>
    board.members.map((code, position) => ({
      ...within,
      id: newId(),
      body_id: id(board.code),
      agency_id: agency(code),
      position,
    })),
  )
  await insert(tx, 'membership', members)
}

const loadContacts = (tx: Tx, { contacts }: PartnershipFile, within: Within): Promise<void> =>
  insert(
    tx,
    'contact_point',
    contacts.map(({ key, text, ...contact }, position) => ({
      ...within,
      id: newId(),
      code: key,
      text_number: text,
      position,
      ...contact,
    })),
  )

const loadClocks = async (tx: Tx, within: Within): Promise<void> => {
  const clocks = shippedClocks().map((clock) => ({
    ...within,
    id: newId(),
    code: clock.code,
    label: clock.label,
    amount: clock.amount,
    unit: clock.unit,
    starts_when: clock.startsWhen,
    basis: clock.basis,
    at_risk_fraction: clock.atRiskFraction,
    // Before everything: whatever is entered later about an earlier day finds a clock.
    valid_from: new Date(0),
  }))
  await insert(tx, 'clock', clocks)
  await insert(
    tx,
    'holiday',
    shippedHolidays().map((holiday) => ({ ...within, ...holiday })),
  )
}

const idsFor = (items: readonly { code: string }[], what: string): IdOf => {
  const ids = new Map(items.map(({ code }) => [code, newId()]))
  return (code) => {
    const id = ids.get(code)
    if (!id) throw new Error(`The partnership's file names the ${what} "${code}", but holds none of that code.`)
    return id
  }
}

/** Foreign keys want a parent to be there before its children. */
const parentsFirst = <T extends { code: string; parent?: string | null }>(items: readonly T[]): T[] => {
  const byCode = new Map(items.map((item) => [item.code, item]))
  const depth = (item: T | undefined, left: number): number =>
    item?.parent && left > 0 ? 1 + depth(byCode.get(item.parent), left - 1) : 0
  return items.toSorted((a, b) => depth(a, items.length) - depth(b, items.length))
}

type Table =
  | 'area'
  | 'area_succession'
  | 'agency'
  | 'agency_identifier'
  | 'agency_succession'
  | 'agency_area'
  | 'body'
  | 'membership'
  | 'contact_point'
  | 'clock'
  | 'holiday'

const insert = async (tx: Tx, table: Table, rows: object[]): Promise<void> => {
  // A few hundred rows at a time: a statement takes at most 65,535 values.
  for (let i = 0; i < rows.length; i += 500)
    await tx
      .insertInto(table)
      .values(rows.slice(i, i + 500) as never)
      .execute()
}
