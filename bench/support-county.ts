import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import { asViewer, openKeys, type Db, type Keys, type StaffViewer, type Tx } from '../src/platform/index.ts'
import { involve, statePurpose } from '../src/sharing/index.ts'
import { addEntry, identitySchema, openPerson, subjectFacts } from '../src/subjects/index.ts'
import { addAction } from '../src/support/plan/act.ts'
import { addGoal, startPlan } from '../src/support/plan/write.ts'
import type { Ground } from './server.ts'

const team = 30
const each = 10
const now = new Date()
const day = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)

type Opened = { id: string; adult_from: string | null }

/** Who reads, whom each of them supports, and the one whose chronology has 2,000 entries. */
export type Supported = { workers: StaffViewer[]; theirs: Record<string, string[]>; long: string }

/** The demo, a county of `people` and a team of 30, each with ten people of their own. */
export const fillSupport = async (ground: Ground, people: number): Promise<Supported> => {
  const owner = await ground.owner()
  const keys = openKeys(`${ground.folder}/keys.json`)
  const loaded = spawnSync(process.execPath, ['dist/trellis.js', 'demo'], { env: { ...process.env, ...ground.env } })
  if (loaded.status !== 0) throw new Error(String(loaded.stderr))
  const { rows: found } = await sql<{ partnership: string; staff: string; agency: string; name: string }>`
    select partnership_id as partnership, id as staff, agency_id as agency, name from account where name like 'Lena%'`.execute(
    owner.db,
  )
  const lena: StaffViewer = { kind: 'staff', ...found[0]!, roles: ['practitioner'], frontDoor: false }
  await sql.raw(everybodyElse(lena, people)).execute(owner.db)
  const { rows } = await sql<{ staff: string; name: string }>`
    select id as staff, name from account where name like 'Bench Worker%' order by name`.execute(owner.db)
  const workers = rows.map((one): StaffViewer => ({ ...lena, ...one }))
  const open = openOne(owner.db, keys, lena.staff)
  const theirs: Supported['theirs'] = {}
  for (const [w, by] of workers.entries()) {
    const ids: string[] = []
    for (let n = 0; n < each; n++) ids.push(await open(by, w * each + n, 6))
    theirs[by.staff] = ids
  }
  const long = await open(workers[0]!, 9999, 2000)
  await sql`vacuum analyze`.execute(owner.db)
  await sql`checkpoint`.execute(owner.db)
  await owner.close()
  return { workers, theirs, long }
}

/** One in five has a plan and a lead, of any agency but the team's. Nobody reads their words here. */
const everybodyElse = ({ partnership, agency, staff }: StaffViewer, people: number): string => `
    create temporary table who as select array_agg(id) as agencies from agency where partnership_id = '${partnership}' and id <> '${agency}';
    create temporary table made as select n, gen_random_uuid() as id, (select agencies[1 + n % cardinality(agencies)] from who) as agency,
      date '2015-01-01' + n % 9000 as adult from generate_series(1, ${people}) n;
    insert into subject (partnership_id, id, agency_id, reference, kind, adult_from, opened_at)
    select '${partnership}', id, agency, 'B' || n, 'person', adult, now() from made;
    insert into entry (partnership_id, id, subject_id, agency_id, adult_from, kind, happened_at, words_sealed, key_id, entered_at, data_class, handling)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'note',
      now() - k * interval '9 days', decode(repeat('ab', 200), 'hex'), id, now(), (array['D3','D4','D5'])[1 + (n + k) % 3], 0
    from made, generate_series(1, 5) k;
    insert into involvement (partnership_id, id, subject_id, agency_id, role, from_at)
    select '${partnership}', gen_random_uuid(), id, agency, 'lead', now() from made where n % 5 = 0;
    insert into plan (partnership_id, id, subject_id, agency_id, adult_from, kind, review_on, started_by, started_at)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'exploitation', current_date + n % 60 - 5, '${staff}', now() from made where n % 5 = 0;
    insert into plan_goal (partnership_id, id, subject_id, agency_id, adult_from, part, whose, words_sealed, key_id, entered_by, entered_at, data_class, handling)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'safety', 'own', decode(repeat('ab', 80), 'hex'), id, '${staff}', now(), 'D4', 0 from made where n % 5 = 0;
    insert into plan_action (partnership_id, id, subject_id, agency_id, adult_from, part, words_sealed, key_id, owner_id, owner_agency_id, due_on, entered_by, entered_at, data_class, handling)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'safety', decode(repeat('ab', 80), 'hex'), id, '${staff}', agency,
      current_date + n % 40 - 5, '${staff}', now(), 'D4', 0 from made where n % 5 = 0;
    insert into account (partnership_id, id, agency_id, email, name, job_title)
    select '${partnership}', gen_random_uuid(), '${agency}', 'bench' || n || '@example.test', 'Bench Worker ' || n, 'Social worker' from generate_series(1, ${team}) n;
    insert into role_grant (partnership_id, id, account_id, role)
    select partnership_id, gen_random_uuid(), id, 'practitioner' from account where name like 'Bench Worker%';`

const writeEntries = async (tx: Tx, keys: Keys, by: StaffViewer, subject: Opened, many: number): Promise<void> => {
  for (let i = 0; i < many; i++) {
    const words = `Seen again at the flat on Mill Street, a little tired and glad of the company. Note ${i}.`
    const said = { kind: 'contact', data_class: 'D4', handling: 0, source: 'A visit', words } as const
    const happened_at = new Date(now.getTime() - i * 3_600_000)
    await addEntry(tx, keys, by, subject, { ...said, happened_at }, { at: now })
  }
}

const stated = { purpose: 'child-safeguarding', basis: 'public-task', condition: 'para-18' }
/** Why `by` looks at this person, for the hours of one run: a reason runs out, a kept county does not. */
export const stateWhy = (tx: Tx, by: StaffViewer, subject: string): Promise<unknown> =>
  statePurpose(tx, by, subject, { ...stated, until: new Date(now.getTime() + 12 * 3_600_000) }, now)

const openOne =
  (db: Db, keys: Keys, circle: string) =>
  async (by: StaffViewer, n: number, entries: number): Promise<string> => {
    const { partnership, agency } = by
    const id = await asViewer(db, by, async (tx) => {
      const who = identitySchema.parse({ name: `Bench Person ${n}`, born_on: '2012-05-01' })
      const id = await openPerson(tx, keys, by, who, { as: 'lead', at: now })
      await stateWhy(tx, by, id)
      return id
    })
    const system = { kind: 'system', partnership } as const
    const subject = (await asViewer(db, system, (tx) => subjectFacts(tx, partnership, id)))!
    await asViewer(db, by, async (tx) => {
      await involve(tx, by, { subject: id, agency, staff: circle, role: 'circle', contact: '', at: now })
      await writeEntries(tx, keys, by, subject, entries)
      await startPlan(tx, by, subject, { kind: 'exploitation', review_on: day((n % 40) - 5) }, now)
      const goal = await addGoal(
        tx,
        keys,
        by,
        subject,
        { part: 'safety', whose: 'own', words: 'To sleep at home' },
        now,
      )
      const owned = { staff: by.staff, agency }
      for (const days of [-2, 7]) {
        const action = { part: 'safety', goal, words: 'Ring the school', owner: owned, due_on: day(days) } as const
        await addAction(tx, keys, by, subject, action, now)
      }
    })
    return id
  }
