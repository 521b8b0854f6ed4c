import { sql } from 'kysely'
import { asProduct, isId, NotFound, type Tx } from '../../platform/index.ts'
import type {
  Action,
  Agreement,
  Aims,
  Application,
  Difference,
  Leader,
  Member,
  Project,
  Specification,
  Sponsor,
} from './project.ts'

const projects = (where = sql`true`) => sql<Project>`
  select p.id, p.name, p.kind, p.size, p.programme_agency_id, p.opened_by, p.opened_at, s.stage, s.entered_at as stage_since
  from support_project p
  join lateral (select stage, entered_at from project_stage s where s.partnership_id = p.partnership_id
    and s.project_id = p.id order by step desc limit 1) s on true
  where ${where} order by p.opened_at desc, p.id`

/** The projects that this viewer may read, the newest first. */
export const projectsOf = async (tx: Tx, partnership: string): Promise<Project[]> =>
  (await projects(sql`p.partnership_id = ${partnership}`).execute(tx)).rows

/** @throws {NotFound} for one that is not there, or not this viewer's to read */
export const projectFor = async (tx: Tx, partnership: string, id: string | undefined): Promise<Project> => {
  const found = isId(id ?? '')
    ? (await projects(sql`p.partnership_id = ${partnership} and p.id = ${id}`).execute(tx)).rows
    : []
  if (!found[0]) throw new NotFound()
  return found[0]
}

/** The rows of one project. */
export const of = (partnership: string, project: string) =>
  sql`partnership_id = ${partnership} and project_id = ${project}`

/** Who works on it now, the owner first. Asked for a project that the viewer reads: their row alone would say too little. */
export const membersOf = (tx: Tx, partnership: string, project: string): Promise<Member[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Member>`select id, account_id, side, part, added_at from project_member
      where ${of(partnership, project)} and ended_at is null
      order by array_position(array['owner', 'contact', 'sponsor', 'delivery', 'writer'], part), added_at, id`.execute(
      tx,
    )
    return rows
  })

export const applicationOf = async (tx: Tx, partnership: string, project: string): Promise<Application | undefined> => {
  const { rows } = await sql<Application>`select version, applicant_name, applicant_role, agency_id, reasons, hoped_for,
      region, areas, written_by, written_at from project_application where ${of(partnership, project)}
    order by version desc limit 1`.execute(tx)
  return rows[0]
}

export const agreementsOf = async (tx: Tx, partnership: string, project: string): Promise<Agreement[]> => {
  const { rows } = await sql<Agreement>`select id, agency_id, name, role, agreed_on::text as agreed_on
    from partner_agreement where ${of(partnership, project)} and ended_at is null order by agreed_on, id`.execute(tx)
  return rows
}

/** The leaders to speak with, each with what they said last. */
export const leadersOf = async (tx: Tx, partnership: string, project: string): Promise<Leader[]> => {
  const { rows } = await sql<Leader>`select l.id, l.agency_id, l.account_id, l.name, l.role, (
      select jsonb_build_object('version', c.version, 'held_on', c.held_on, 'aims', c.aims, 'worries', c.worries,
        'constraints', c.constraints, 'strengths', c.strengths, 'written_by', c.written_by)
      from scoping_conversation c where c.partnership_id = l.partnership_id and c.leader_id = l.id
      order by c.version desc limit 1) as said
    from project_leader l where l.partnership_id = ${partnership} and l.project_id = ${project} and l.ended_at is null
    order by l.added_at, l.name, l.id`.execute(tx)
  return rows
}

export const differencesOf = async (tx: Tx, partnership: string, project: string): Promise<Difference[]> => {
  const { rows } =
    await sql<Difference>`select id, words, noted_by, noted_at, settled, settled_at from leader_difference
    where ${of(partnership, project)} order by settled_at nulls first, noted_at, id`.execute(tx)
  return rows
}

/** Every version of the aims, the first first. */
export const aimsOf = async (tx: Tx, partnership: string, project: string): Promise<Aims[]> => {
  const { rows } = await sql<Aims>`select id, version, words, why, feedback, written_by, written_at from project_aims
    where ${of(partnership, project)} order by version`.execute(tx)
  return rows
}

export const specificationOf = async (
  tx: Tx,
  partnership: string,
  project: string,
): Promise<Specification | undefined> => {
  const { rows } =
    await sql<Specification>`select id, version, methods, delivery_partners, starts_on::text as starts_on,
      ends_on::text as ends_on, written_by, written_at from project_specification where ${of(partnership, project)}
    order by version desc limit 1`.execute(tx)
  return rows[0]
}

/** The sponsors, each with the versions to which they last agreed. */
export const sponsorsOf = async (tx: Tx, partnership: string, project: string): Promise<Sponsor[]> => {
  const { rows } = await sql<Sponsor>`select s.id, l.id as leader_id, l.agency_id, l.account_id, l.name, l.role, (
      select jsonb_build_object('specification', f.version, 'aims', m.version, 'on', a.agreed_on) from sponsor_agreement a
      join project_specification f on f.partnership_id = a.partnership_id and f.id = a.specification_id
      join project_aims m on m.partnership_id = a.partnership_id and m.id = a.aims_id
      where a.partnership_id = s.partnership_id and a.sponsor_id = s.id
      order by f.version desc, m.version desc limit 1) as agreed
    from project_sponsor s join project_leader l on l.partnership_id = s.partnership_id and l.id = s.leader_id
    where s.partnership_id = ${partnership} and s.project_id = ${project} and s.ended_at is null
    order by s.named_at, l.name, s.id`.execute(tx)
  return rows
}

/** What somebody took on, what is not done yet first, by its day. */
export const actionsOf = async (tx: Tx, partnership: string, project: string): Promise<Action[]> => {
  const { rows } =
    await sql<Action>`select id, session_id, words, owner_name, agency_id, due_on::text as due_on, outcome,
      done_at from project_action where ${of(partnership, project)} order by done_at nulls first, due_on, id`.execute(
      tx,
    )
  return rows
}
