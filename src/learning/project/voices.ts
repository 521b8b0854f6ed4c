import { levels, type Group, type Level } from './project.ts'

/** Whose voice nobody has asked for, or nobody has heard. */
export type Missing = {
  /** Agencies that agreed to the project. */
  partners: string[]
  /** The other agencies of the partnership. */
  agencies: string[]
  levels: Level[]
  areas: string[]
}

export type Known = {
  /** Ids of agencies that agreed to the project, and of all there are. */
  partners: readonly string[]
  agencies: readonly string[]
  /** Ids of the areas that it is about. */
  areas: readonly string[]
}

/**
 * Who is missing from a session, of what is known: partners, other agencies, levels from the front line up, people with
 * lived experience, areas. A group counts when somebody of it was invited; after the session only when somebody came.
 */
export const missingVoices = (groups: readonly Group[], { partners, agencies, areas }: Known): Missing => {
  const there = groups.filter(({ invited, came }) => (came ?? invited) > 0)
  const has = (key: 'agency_id' | 'level' | 'area_id') => new Set(there.map((one) => one[key]))
  const [fromAgencies, fromLevels, fromAreas] = [has('agency_id'), has('level'), has('area_id')]
  return {
    partners: partners.filter((id) => !fromAgencies.has(id)),
    agencies: agencies.filter((id) => !partners.includes(id) && !fromAgencies.has(id)),
    levels: levels.filter((level) => !fromLevels.has(level)),
    // Somebody of the whole area speaks for none of its parts.
    areas: areas.filter((id) => !fromAreas.has(id)),
  }
}
