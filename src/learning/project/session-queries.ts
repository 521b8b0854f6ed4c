import { sql } from 'kysely'
import { isId, NotFound, type Tx } from '../../platform/index.ts'
import { of } from './queries.ts'
import type { Change, Contribution, Group, Line, Session } from './project.ts'

export const sessionsOf = async (tx: Tx, partnership: string, project: string): Promise<Session[]> => {
  const { rows } = await sql<Session>`select id, held_on::text as held_on, place, purpose, agenda, planned_by
    from project_session where ${of(partnership, project)} order by held_on, planned_at, id`.execute(tx)
  return rows
}

/** @throws {NotFound} */
export const sessionFor = async (tx: Tx, partnership: string, project: string, id: string | undefined) => {
  const found = isId(id ?? '') ? (await sessionsOf(tx, partnership, project)).find((one) => one.id === id) : undefined
  if (!found) throw new NotFound()
  return found
}

/** Who was invited and came to all sessions of a project, in the order of their levels. */
export const groupsOf = async (tx: Tx, partnership: string, project: string): Promise<Group[]> => {
  const { rows } = await sql<Group>`select id, session_id, agency_id, level, area_id, invited, came from session_group
    where ${of(partnership, project)}
    order by array_position(array['executive', 'senior', 'manager', 'front line', 'lived experience'], level), kept_at, id`.execute(
    tx,
  )
  return rows
}

export const linesOf = async (tx: Tx, partnership: string, project: string): Promise<Line[]> => {
  const { rows } = await sql<Line>`select id, session_id, kind, code, words from session_line
    where ${of(partnership, project)} order by said_at, id`.execute(tx)
  return rows
}

/** The co-production log, the newest first, and what changed because of each. */
export const logOf = async (tx: Tx, partnership: string, project: string) => {
  const { rows: contributions } =
    await sql<Contribution>`select id, on_day::text as on_day, invited, contributor, words,
      recorded_by from contribution where ${of(partnership, project)} order by on_day desc, recorded_at desc, id`.execute(
      tx,
    )
  const { rows: changes } = await sql<Change>`select id, contribution_id, words, aims_id, session_id, finding, said_by,
      said_at from contribution_change where ${of(partnership, project)} order by said_at, id`.execute(tx)
  return { contributions, changes }
}
