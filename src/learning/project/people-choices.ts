import { agencyNames } from '../../partnership/index.ts'
import { agenciesWithPeople, accountsOfAgency } from '../../staff/index.ts'
import { roles } from '../../platform/index.ts'
import type { Ask } from '../../web/index.ts'

export type PersonChoice = { id: string; name: string; jobTitle: string; agency: string; agency_id: string }

/** Everybody of the partnership who can sign in now, by agency and name. */
export const everybody = async (ask: Ask): Promise<PersonChoice[]> => {
  const ids = [...(await agenciesWithPeople(ask.tx, roles))]
  const names = await agencyNames(ask.tx, ids)
  const found: PersonChoice[] = []
  for (const agency_id of ids)
    for (const { id, name, jobTitle } of await accountsOfAgency(ask.tx, agency_id))
      found.push({ id, name, jobTitle, agency: names.get(agency_id) ?? '', agency_id })
  return found.sort((a, b) => a.name.localeCompare(b.name))
}
