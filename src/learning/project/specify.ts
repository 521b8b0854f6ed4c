import { sql } from 'kysely'
import { Forbidden, inTransaction, newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { nameOn } from './members.ts'
import { aboutProject, asProject, mayWrite, onProject } from './write.ts'

/** Writes the aims, or changes them: with what led to it and on whose feedback, beside the version before. @returns its number */
export const writeAims = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  { words, why, feedback }: { words: string; why: string; feedback: string },
  at: Date,
): Promise<number> =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql<{
      version: number
    }>`insert into project_aims (partnership_id, id, project_id, version, words,
        why, feedback, written_by, written_at)
      select ${viewer.partnership}, ${newId()}, ${project}, coalesce(max(version), 0) + 1, ${words}, ${why}, ${feedback},
        ${viewer.staff}, ${at}
      from project_aims where partnership_id = ${viewer.partnership} and project_id = ${project} returning version`.execute(
      inner,
    )
    const { version } = rows[0]!
    await record(inner, viewer, 'project aims written', aboutProject(project), { version })
    return version
  })

export type Specifying = { methods: string; delivery_partners: string; starts_on: string; ends_on: string }

/** Writes the specification. Whoever said yes to the one before has not said yes to this. */
export const writeSpecification = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  said: Specifying,
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    await sql`insert into project_specification (partnership_id, id, project_id, version, methods, delivery_partners,
        starts_on, ends_on, written_by, written_at)
      select ${viewer.partnership}, ${newId()}, ${project}, coalesce(max(version), 0) + 1, ${said.methods},
        ${said.delivery_partners}, ${said.starts_on}::date, ${said.ends_on}::date, ${viewer.staff}, ${at}
      from project_specification where partnership_id = ${viewer.partnership} and project_id = ${project}`.execute(
      inner,
    )
    await record(inner, viewer, 'project specification written', aboutProject(project))
  })

/** Asks a leader to stand behind the specification. One with an account here sees the project from now on. @throws {NotFound} */
export const nameSponsor = (
  tx: Tx,
  viewer: StaffViewer,
  project: { id: string; programme_agency_id: string },
  leader: string,
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project.id, async (inner) => {
    const { rows } = await sql<{ account_id: string | null }>`select account_id from project_leader
      where partnership_id = ${viewer.partnership} and project_id = ${project.id} and id = ${leader}
        and ended_at is null`.execute(inner)
    if (!rows[0]) throw new NotFound()
    const made = await inner
      .insertInto('project_sponsor')
      .values({
        partnership_id: viewer.partnership,
        id: newId(),
        project_id: project.id,
        leader_id: leader,
        named_by: viewer.staff,
        named_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows !== 1n) return
    const account = rows[0].account_id
    if (account) await nameOn(inner, viewer, project, { account, part: 'sponsor' }, at)
    await record(inner, viewer, 'project sponsor named', aboutProject(project.id), { leader })
  })

/** A leader is no sponsor any more. */
export const endSponsor = (tx: Tx, viewer: StaffViewer, project: string, sponsor: string, at: Date): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const set = sql`set ended_by = ${viewer.staff}, ended_at = ${at}`
    const { rows } = await sql<{ leader_id: string }>`update project_sponsor ${set}
      where partnership_id = ${viewer.partnership} and project_id = ${project} and id = ${sponsor} and ended_at is null
      returning leader_id`.execute(inner)
    if (!rows[0]) return
    await sql`update project_member ${set} where partnership_id = ${viewer.partnership} and project_id = ${project}
      and part = 'sponsor' and ended_at is null and account_id = (select account_id from project_leader
        where partnership_id = ${viewer.partnership} and id = ${rows[0].leader_id})`.execute(inner)
    await record(inner, viewer, 'project sponsor ended', aboutProject(project), { leader: rows[0].leader_id })
  })

/**
 * A sponsor says yes to the specification and the aims as they stand. One with an account says it themself; for one without,
 * whoever heard it writes it down with the day. @throws {NotFound} {Forbidden} for somebody else's yes
 */
export const agreeTo = (
  tx: Tx,
  viewer: StaffViewer,
  { project, sponsor }: { project: string; sponsor: string },
  agreed_on: string,
  at: Date,
): Promise<'agreed' | 'nothing to agree to'> =>
  inTransaction(tx, async (inner) => {
    const writes = await mayWrite(inner, viewer, project)
    return asProject(inner, viewer, project, async () => {
      const { rows } = await sql<{ account_id: string | null }>`select l.account_id from project_sponsor s
        join project_leader l on l.partnership_id = s.partnership_id and l.id = s.leader_id
        where s.partnership_id = ${viewer.partnership} and s.project_id = ${project} and s.id = ${sponsor}
          and s.ended_at is null`.execute(inner)
      const [one] = rows
      if (!one || (one.account_id !== viewer.staff && !writes)) throw new NotFound()
      if (one.account_id !== null && one.account_id !== viewer.staff) throw new Forbidden()
      const { rows: made } = await sql`insert into sponsor_agreement (partnership_id, id, project_id, sponsor_id,
          specification_id, aims_id, agreed_on, recorded_by, recorded_at)
        select s.partnership_id, ${newId()}, s.project_id, ${sponsor}, s.id, a.id, ${agreed_on}::date, ${viewer.staff}, ${at}
        from (select * from project_specification where partnership_id = ${viewer.partnership} and project_id = ${project}
            order by version desc limit 1) s,
          (select * from project_aims where partnership_id = ${viewer.partnership} and project_id = ${project}
            order by version desc limit 1) a
        on conflict (partnership_id, sponsor_id, specification_id, aims_id) do update set agreed_on = excluded.agreed_on
        returning id`.execute(inner)
      if (made.length === 0) return 'nothing to agree to'
      await record(inner, viewer, 'project specification agreed', aboutProject(project), { sponsor })
      return 'agreed'
    })
  })
