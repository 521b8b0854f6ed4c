import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openHouse, routes } from '../src/app.ts'
import { migrationsIn, newId, openPostgres, projectRoot, readConfig, refuseIfUnguarded } from '../src/platform/index.ts'
import { itemKinds } from '../src/subjects/access/sought.ts'
import { mayAsk, type Route } from '../src/web/index.ts'
import { openTestHouse, type TestHouse } from './house.ts'

/** The picture and the checks are made of one list: it has no types, so they are given here. */
const plan = (await import('../dependency-cruiser.config.mjs' as string)) as {
  rooms: string[]
  default: { forbidden: IFlattenedRuleSet['forbidden']; options: ICruiseOptions }
}
const { rooms } = plan
const { forbidden, options } = plan.default

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const filesIn = (folder: string, skip: readonly string[] = []): string[] =>
  fs.readdirSync(path.join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name)
    if (skip.includes(entry.name)) return []
    return entry.isDirectory() ? filesIn(name, skip) : [name]
  })
const sources = filesIn('src').filter((name) => /\.tsx?$/.test(name))
const read = (name: string): string => fs.readFileSync(path.join(projectRoot, name), 'utf8')

describe('the floor plan', () => {
  let result: ICruiseResult
  beforeAll(async () => {
    result = (await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true })).output as ICruiseResult
  })

  test('every file under src was looked at', () => {
    const seen = result.modules.map(({ source }) => source).filter((name) => /^src\/.*\.tsx?$/.test(name))
    expect(seen.sort()).toEqual([...sources].sort())
    expect(seen.length).toBeGreaterThan(100)
  })

  test('every file stands in a room, or on the roof', () => {
    const places = [...rooms, 'linkage', 'commands', 'demo', 'app.ts', 'trellis.ts', 'demo.ts']
    expect(sources.filter((name) => !places.includes(name.split('/')[1]!.replace('.test.', '.')))).toEqual([])
  })

  test('a room enters only rooms below it, by their door, and nothing goes round in a circle', () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })

  test('the rules catch what they are for', async () => {
    const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-plan-'))
    const write = (name: string, text: string): void => {
      fs.mkdirSync(path.dirname(path.join(elsewhere, name)), { recursive: true })
      fs.writeFileSync(path.join(elsewhere, name), text)
    }
    write('src/web/layout.ts', '')
    write('src/platform/planted.ts', "import '../web/layout.ts'\n")
    write('src/strategy/index.ts', "import '../linkage/engine.ts'\n")
    write('src/linkage/engine.ts', "import '../platform/planted.ts'\n")
    const plain = { ...options, tsConfig: undefined, baseDir: elsewhere, ruleSet: { forbidden }, validate: true }
    const { output } = await cruise(['src'], plain)
    fs.rmSync(elsewhere, { recursive: true })
    const names = new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))
    expect([...names].sort()).toEqual([
      'linkage imports nothing',
      'only joining calls linkage',
      'platform is entered by its door',
      'platform looks down only',
      'web is entered by its door',
    ])
  })
})

/** A table belongs to the room in the name of the migration that makes it. */
const owners = new Map([
  ...migrationsIn().flatMap(({ name, text }) => {
    const room = name.split(/[_.]/)[1]!
    return [...text.matchAll(/^create table (?:if not exists )?(\w+)/gim)].map(
      ([, table]) => [table!, room] as [string, string],
    )
  }),
  // Drafts came with the foundations, but keeping half-finished answers is the shell's work.
  ...['draft', 'draft_file', 'draft_file_piece'].map((table): [string, string] => [table, 'web']),
])

describe('tables', () => {
  test('each belongs to a room', async () => {
    const { rows } = await sql<{ name: string }>`select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration'`.execute(house.db)
    expect(rows.map(({ name }) => name).sort()).toEqual([...owners.keys()].sort())
    expect([...owners.values()].filter((room) => !rooms.includes(room))).toEqual([])
  })

  test('only the owning room writes one', () => {
    const writes = sources
      .filter((name) => !name.includes('.test.'))
      .flatMap((name) => tablesWrittenIn(read(name)).map((table) => ({ name, table })))
    const strangers = writes.filter(
      ({ name, table }) => owners.has(table) && !name.startsWith(`src/${owners.get(table)}/`),
    )
    expect(
      strangers.map(({ name, table }) => `${name} writes ${table}, which belongs to ${owners.get(table)}`),
    ).toEqual([])
    expect(writes.length).toBeGreaterThan(30)
  })
})

const tablesWrittenIn = (code: string): string[] =>
  [
    /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*['"`](\w+)/g,
    /\b(?:insert\s+into|delete\s+from|truncate|merge\s+into)\s+(\w+)/gi,
    /\bupdate\s+(\w+)\s+(?:as\s+)?(?:\w+\s+)?set\b/gi,
  ].flatMap((pattern) => [...code.matchAll(pattern)].map(([, table]) => table!))

/** Tables that hold nothing about a person, and why that is so. */
const impersonal: Record<string, string> = {
  job: 'holds ids and codes only',
  form_sent: 'a keyed hash, and the address that a form led to',
  event_leaf: 'ids of events, and hashes made with a random part that the table does not hold',
  event_node: 'hashes of hashes',
  event_checkpoint: 'a count, a hash and a signature',
  partnership: 'the name of a partnership, and where it answers',
  partnership_key: 'a wrapped key',
  data_key: 'wrapped keys by random ids; row-level security keeps them inside their partnership',
  area: 'public geography',
  area_succession: 'public geography',
  agency: 'organisations',
  agency_identifier: 'organisations',
  agency_succession: 'organisations',
  agency_area: 'organisations',
  body: 'boards and groups',
  membership: 'which organisation sits where',
  contact_point: 'numbers of teams',
  clock: 'rules',
  sharing_code: 'words of the agreement',
  agreement: 'the agreement between organisations',
  agreement_version: 'the agreement between organisations, with the id of who drafted it',
  clause: 'the agreement between organisations',
  effective_grant: 'compiled from clauses',
  effective_bar: 'compiled from clauses',
  register_edition: 'a number',
  lapse_warning: 'when the end of an agreement was said',
  retention_rule: 'rules',
  blind_permit: 'which agency may ask blindly, with the ids of who said so',
  blind_secret: 'a sealed secret of an agency, with the id of who made it',
  alert_rule: 'a rule, with the id of who changed it',
  destruction_certificate: 'what went under which rule, with the ids of the two who confirmed; never whose record',
  panel_sitting:
    'when and where a panel sits, with the id of who called it; whom it speaks about are rows of their own',
  panel_seat: 'which agency is asked to a panel, with the id of who asked it',
  panel_declaration: 'that somebody of an agency declared what they are at a panel for',
  holiday: 'rules',
  match_model: 'weights of comparisons, and how common names are in an invented county',
  match_quality: 'shares of pairs by month and band, where enough were asked about',
  relink_run: 'how far a run is, as the id of a record',
  decision_finding: 'which trials a decision about a programme goes by, by ids',
  decision_evidence: 'which evidence a decision about a programme cites, by ids',
  self_review_evidence: 'which evidence an agency’s answer about itself cites, by ids',
  definition: 'published words',
  exploitation_type: 'published words',
  setting: 'published words',
  sign: 'published words',
  offer: 'published words',
  guidance_page: 'published words',
  person_page: 'published words',
  you_said: 'published words, with the id of who published them',
  library_entry: 'what a partnership gave to everybody, with the id of who did; names stand in it by consent alone',
  library_finding: 'published words',
  library_withdrawal: 'why something published was taken back, with the id of who did',
  library_tombstone: 'an address and a date',
  library_search: 'words of what is published',
  library_word: 'words of what is published',
  report_finding: 'what is to be published, with the id of who wrote it',
  front_line_round: 'when staff were heard, with the ids of who opened and closed it',
  front_line_showing: 'which theme may be read since which week',
  front_line_tally: 'numbers, in which nobody’s answers stand together',
  front_line_result: 'numbers of eight or more, or what cannot be told of them',
  front_line_answer: 'published words, with the id of who published them',
  front_line_answer_theme: 'what published words are about',
  front_line_outcome: 'published words, with the id of who published them',
}

/** Personal tables without a supplier of their own: the row they belong to has it. */
const suppliedThrough: Record<string, string> = {
  password: 'account',
  role_grant: 'account',
  suspension: 'account',
  invitation: 'account',
  totp: 'account',
  passkey: 'account',
  recovery_code: 'account',
  factor_reset: 'account',
  session: 'account',
  record_key: 'noted_record',
  draft_file: 'draft',
  draft_file_piece: 'draft_file',
  attachment_piece: 'attachment',
  api_key: 'api_client',
  idempotency: 'api_client',
  report_text: 'learning_report',
  report_issue: 'learning_report',
  report_change: 'learning_report',
  change_check: 'learning_report',
  report_version: 'learning_report',
  report_comment: 'learning_report',
  report_comment_answer: 'learning_report',
  report_signature: 'learning_report',
  signatory_naming: 'learning_report',
  report_consent: 'learning_report',
  redaction_check: 'learning_report',
  report_publication: 'learning_report',
}
/** And those that belong to nobody yet, with the reason. */
const noSupplier: Record<string, string> = {
  sign_in_try: 'counted before anybody is known, by keyed hash',
  publication: 'the partnership’s own words, with the id of who approved them',
  guidance_withdrawal: 'the partnership’s own words, with the id of who withdrew them',
  guidance_draft: 'the partnership’s own words, with the id of who writes them',
  finding_use: 'that a finding of the library was taken up, by an area’s name where it agreed; published',
  front_line_heard: 'a mark of somebody of whom nothing else may be kept',
  front_line_answered: 'a mark of somebody of whom nothing else may be kept',
  support_project: 'the partnership’s own work on how it works, delivered by the programme that it names',
}

type TableFact = { name: string; columns: string[]; guarded: boolean; leading: string; parents: string[] }

test('a column that the event table got later is empty in older rows, or their leaves would no longer fit', async () => {
  const { rows } = await sql<{ name: string; fills: boolean }>`
    select attname as name, attnotnull or atthasmissing as fills from pg_attribute
    where attrelid = 'event'::regclass and attnum > 0 and not attisdropped`.execute(house.db)
  const first = 'partnership_id id seq at kind viewer staff_id client_id agency_id about_kind about_id detail'.split(
    ' ',
  )
  first.push('data_class', 'handling', 'salt', 'recorded_at', 'played')
  const names = rows.map(({ name }) => name)
  expect(first.filter((name) => !names.includes(name))).toEqual([])
  expect(rows.filter(({ name, fills }) => fills && !first.includes(name)).map(({ name }) => name)).toEqual([])
})

describe('personal data', () => {
  let tables: TableFact[]
  let personal: TableFact[]
  beforeAll(async () => {
    const { rows } = await sql<TableFact>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
        (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
        (select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
          where i.indrelid = c.oid and i.indisprimary) as leading,
        array(select p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid where k.conrelid = c.oid and k.contype = 'f') as parents
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'`.execute(
      house.db,
    )
    tables = rows
    personal = rows.filter(({ columns }) => columns.includes('data_class'))
  })

  test('what has no data class holds nothing personal, and the list says why', () => {
    const silent = tables
      .filter((table) => !personal.includes(table) && !impersonal[table.name])
      .map(({ name }) => name)
    expect(silent).toEqual([])
    expect(personal.length).toBeGreaterThan(25)
  })

  test('lies under row-level security that binds the owner too', () => {
    expect(personal.filter(({ guarded }) => !guarded).map(({ name }) => name)).toEqual([])
  })

  test('is kept apart by partnership before anything else', () => {
    expect(personal.filter(({ leading }) => leading !== 'partnership_id').map(({ name }) => name)).toEqual([])
  })

  test('has handling, and names who supplied it: itself, or the row it belongs to', () => {
    const fine = ({ name, columns, parents }: TableFact): boolean =>
      columns.includes('handling') &&
      // What belongs to a support project belongs to the partnership as a whole.
      (parents.includes('support_project') ||
        columns.includes('agency_id') ||
        Boolean(noSupplier[name]) ||
        parents.includes(suppliedThrough[name] ?? ''))
    expect(personal.filter((table) => !fine(table)).map(({ name }) => name)).toEqual([])
  })

  test('is guarded by at least one policy: a table without any would show nothing, which nobody meant', async () => {
    const { rows } = await sql<{ name: string }>`select distinct tablename as name from pg_policies`.execute(house.db)
    const covered = new Set(rows.map(({ name }) => name))
    expect(personal.filter(({ name }) => !covered.has(name)).map(({ name }) => name)).toEqual([])
  })
})

/**
 * Policies by which somebody reads personal data other than by what was compiled from the agreement, by the reason. A new
 * table cannot come with a rule of its own invention: it reads the compiled grants, is the product's alone, follows the
 * row it belongs to, or somebody writes down here why not.
 */
const notByAgreement: Record<string, string[]> = {
  'one’s own act or account': [
    'conflict_own',
    'draft_held',
    'event_seen',
    'idempotency_own',
    'named_person_own',
    'role_grant_own',
    'session_own',
  ],
  'colleagues by name, and accounts for whoever keeps them; nobody who is helped': [
    'account_administered',
    'account_directory',
    'agency_suspension_administered',
    'api_client_administered',
    'api_key_administered',
    'event_of_account',
    'factor_reset_administered',
    'invitation_administered',
    'role_grant_administered',
    'session_administered',
    'suspension_administered',
  ],
  'a trial that somebody owns for their partnership: a finding, and what was seen of it': [
    'adoption_observation_own',
    'adoption_outcome_own',
    'adoption_own',
    'adoption_owner_own',
  ],
  'what is the person’s own by law, opened to them by the code in their hand': [
    'entry_own',
    'plan_action_own',
    'plan_goal_own',
    'plan_own',
    'shown_entry_own',
    'story_card_own',
    'story_note_own',
    'voice_own',
  ],
  'the register itself, which names those who sign and nobody who is helped': [
    'adoption_step_kept',
    'adoption_step_seen',
    'agreement_withdrawal_kept',
    'agreement_withdrawal_seen',
    'party_kept',
    'party_seen',
    'signature_kept',
    'signature_seen',
  ],
  'what an agency’s own people did or decided; others hear of it through the product, which asks decide': [
    'break_glass_own',
    'break_glass_review_own',
    'disclosure_answer_own',
    'disclosure_own',
    'disclosure_second_own',
    'involvement_asked_own',
    'involvement_own',
    'purpose_statement_own',
    'share_duty_answer_own',
    'share_duty_own',
  ],
  'an act that those who answer for it look into; nothing of what it was about': [
    'alert_told',
    'blind_question_answered_for',
  ],
  'what an agency was told when a clause let it hear of it: who else knows something of the same, and since when': [
    'join_notice_told',
  ],
  'an agency’s own list of the people it works with; others hear of it through the product, which asks decide': [
    'fed_person_own',
    'feed_own',
    'feed_row_own',
    'feed_run_own',
    'feed_sender_own',
  ],
  'what an agency took on to do for somebody: it was told of it, and by whom, while it works with them': [
    'plan_action_owned',
    'plan_notice_own',
    'context_notice_own',
  ],
  'that somebody who protects a person is about to leave, told to those who stay': ['ending_notice_own'],
  'what professionals learnt, with the names of those who write and sign it and of nobody who is helped': [
    'learning_report_seen',
  ],
  'what a partnership goes by, with the professionals who wrote it and nobody who is helped: its learning leads and chair':
    [
      'adoption_naming_seen',
      'adoption_observation_seen',
      'adoption_outcome_seen',
      'adoption_owner_seen',
      'adoption_seen',
      'evidence_fit_seen',
      'evidence_seen',
      'programme_decision_seen',
      'programme_seen',
      'self_review_answer_seen',
      'self_review_seen',
    ],
  'what staff say of practice, for the chair once eight have spoken; nobody who is helped': ['front_line_voice_chair'],
  'who works on a support project of the partnership; nobody who is helped': ['project_member_seen'],
  'the partnership’s own words': ['guidance_draft_seen', 'guidance_withdrawal_seen', 'publication_seen'],
}

describe('what is seen of anybody', () => {
  const agreed = /\bagreed\(|viewer_cells\(|deciding_partnership\(|deciding_suppliers\(|implied_suppliers\(/
  const ofPartnership = String.raw`\(partnership_id = \( SELECT viewer_partnership\(\) AS viewer_partnership\)\)`
  const product = new RegExp(
    String.raw`^\(partnership_id = \( SELECT system_partnership\(\) AS system_partnership\)\)$|^\(${ofPartnership} AND \(\( SELECT viewer_kind\(\) AS viewer_kind\) = 'system'::text\)\)$`,
  )
  const parent = new RegExp(
    String.raw`^\(?(?:${ofPartnership} AND )?\(EXISTS \( SELECT FROM \w+ (\w+) WHERE \(\(\1\.partnership_id = \w+\.partnership_id\) AND \(\1\.id = \w+\.\w+\)\)\)\)\)?$`,
  )
  // `guard_by_project`: a learning lead reads every project of the partnership, anybody else those they were named on.
  const ofProject = /project_id IN \( SELECT viewer_projects\(\)|\(id IN \( SELECT viewer_projects\(\)/
  const listed = Object.values(notByAgreement).flat()

  test('goes by the clauses compiled from the agreement, or stands in the list above', async () => {
    const { rows } = await sql<{ table: string; policy: string; qual: string }>`
      select tablename as table, policyname as policy, regexp_replace(qual, '\\s+', ' ', 'g') as qual from pg_policies p
      -- A restrictive policy is asked on top of these, and can only narrow them.
      where cmd in ('SELECT', 'ALL') and permissive = 'PERMISSIVE' and exists (select from information_schema.columns c
        where c.table_schema = 'public' and c.table_name = p.tablename and c.column_name = 'data_class')`.execute(
      house.db,
    )
    const invented = rows.filter(
      ({ policy, qual }) =>
        !(agreed.test(qual) && !/viewer_administrator|viewer_has_role/.test(qual)) &&
        !product.test(qual) &&
        !parent.test(qual) &&
        !ofProject.test(qual) &&
        !listed.includes(policy),
    )
    expect(invented.map(({ table, policy, qual }) => `${policy} on ${table}: ${qual}`)).toEqual([])
    // What stands in the list is there, and there is a lot that needs no place in it.
    expect(listed.filter((name) => !rows.some(({ policy }) => policy === name))).toEqual([])
    expect(rows.filter(({ qual }) => agreed.test(qual)).length).toBeGreaterThan(20)
  })

  test('is never asked in parallel where the answer is kept in a setting, which a parallel plan may not change', async () => {
    const { rows } = await sql<{ name: string; text: string; parallel: string }>`
      select proname as name, pg_get_functiondef(oid) as text, proparallel as parallel from pg_proc
      where pronamespace = 'public'::regnamespace and prokind = 'f' and proname !~ '^(gbt|gtrgm|gin|similarity|word|strict)'`.execute(
      house.db,
    )
    const keeping = new Set(rows.filter(({ text }) => /set_config\(/.test(text)).map(({ name }) => name))
    for (const { name, text } of [...rows, ...rows, ...rows])
      if ([...keeping].some((other) => other !== name && text.includes(`${other}(`))) keeping.add(name)
    expect(keeping.size).toBeGreaterThan(4)
    expect(rows.filter(({ name, parallel }) => keeping.has(name) && parallel !== 'u').map(({ name }) => name)).toEqual(
      [],
    )
  })
})

describe('what an agency supplied about a person', () => {
  test('counts among what it holds wherever there are words, so that it is asked before anything is erased', async () => {
    const { rows } = await sql<{ name: string; counted: boolean }>`
      select tablename as name, pg_get_viewdef('subjects_facts'::regclass) ~ ('FROM \\(?' || tablename || '\\M') as counted
      from pg_policies p where policyname = tablename || '_agreed' and exists (select from information_schema.columns c
        where c.table_schema = 'public' and c.table_name = p.tablename and c.column_name = 'key_id')`.execute(house.db)
    expect(rows.filter(({ counted }) => !counted).map(({ name }) => name)).toEqual([])
    expect(rows.length).toBeGreaterThan(5)
  })

  test('may be decided on, kind by kind, when the person asks for it', async () => {
    const { rows } = await sql<{ held: string }>`
      select pg_get_constraintdef(oid) as held from pg_constraint where conname = 'access_decision_item_kind_check'`.execute(
      house.db,
    )
    expect(itemKinds.filter((kind) => !rows[0]!.held.includes(`'${kind}'`))).toEqual([])
  })
})

describe('the role that serves', () => {
  test('owns nothing and may not bypass row-level security', async () => {
    const { rows } = await sql`
      select c.relname as owned from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'trellis_app'
      union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = 'trellis_app'
      union all select rolname from pg_roles where rolname = 'trellis_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcanlogin)`.execute(
      house.db,
    )
    expect(rows).toEqual([])
  })

  test('meets no function that runs as somebody stronger', async () => {
    const { rows } =
      await sql`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`.execute(house.db)
    expect(rows).toEqual([])
  })

  test('may not change or remove an event', async () => {
    const { rows } = await sql<{
      privilege: string
    }>`select privilege_type as privilege from information_schema.role_table_grants
      where grantee = 'trellis_app' and table_name = 'event'`.execute(house.db)
    expect(rows.map(({ privilege }) => privilege).sort()).toEqual(['INSERT', 'SELECT'])
  })

  test.skipIf(!('owner' in inject('copyFrom')))(
    'a house does not open for a superuser, an owner, or one who may bypass',
    async () => {
      const from = inject('copyFrom') as { owner: string; template: string }
      const name = `${from.template}_strong`
      const admin = new pg.Client({ connectionString: from.owner })
      await admin.connect()
      await admin.query(`create database ${name} template ${from.template}`)
      const suffix = newId().slice(0, 8)
      const inCopy = (login?: string): string => {
        const url = new URL(from.owner)
        url.pathname = `/${name}`
        if (login) Object.assign(url, { username: login, password: 'strong' })
        return url.href
      }
      const copy = new pg.Client({ connectionString: inCopy() })
      await copy.connect()
      try {
        await copy.query(`create role bypasser_${suffix} login bypassrls password 'strong'`)
        await copy.query(
          `create role owner_${suffix} login password 'strong'; grant trellis_app to owner_${suffix}; grant create on schema public to owner_${suffix}`,
        )
        await copy.query(`set role owner_${suffix}; create table owned (); reset role`)
        for (const url of [inCopy(), inCopy(`bypasser_${suffix}`), inCopy(`owner_${suffix}`)]) {
          const database = openPostgres(url, 1)
          const settings = readConfig({ DATABASE_URL: url, LOG_LEVEL: 'silent' })
          await expect(openHouse(settings, database)).rejects.toThrow('could see past row-level security')
          await database.close()
        }
      } finally {
        await copy.end()
        await admin.query(`drop database if exists ${name} with (force)`)
        await admin.query(`drop role if exists bypasser_${suffix}, owner_${suffix}`)
        await admin.end()
      }
    },
  )

  test.skipIf('owner' in inject('copyFrom'))(
    'on the embedded database it is the role taken on that is looked at',
    async () => {
      const other = await openTestHouse()
      await refuseIfUnguarded(other.db, true)
      await sql`alter role trellis_app bypassrls`.execute(other.db)
      await expect(refuseIfUnguarded(other.db, true)).rejects.toThrow('could see past row-level security')
      await sql`alter role trellis_app nobypassrls`.execute(other.db)
      await sql`alter table concern no force row level security`.execute(other.db)
      await expect(refuseIfUnguarded(other.db, true)).rejects.toThrow('without forced row-level security: concern')
      await other.close()
    },
  )
})

describe('pages', () => {
  const address = ({ path }: Route): string => path.replace(/:\w+/g, () => newId())

  test('each says who may ask for it', () => {
    // @ts-expect-error a route without `who` is no route
    const open: Route = { method: 'get', path: '/open', page: () => ({ kind: 'redirect', to: '/' }) }
    expect(open.who).toBeUndefined()
    expect(routes.filter(({ who }) => who === undefined)).toEqual([])
  })

  test('there is one for each method and path', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  test('a signed-out visitor is sent to sign in from every page of staff', async () => {
    const visitor = await house.browser()
    const opened: string[] = []
    for (const route of routes.filter(({ method, who }) => method === 'get' && who !== 'anyone')) {
      const got = await visitor.get(address(route))
      if (got.status !== 303 || !got.location.startsWith('/sign-in')) opened.push(`${route.path} ${got.status}`)
    }
    expect(opened).toEqual([])
  })

  test('for staff without the role the page does not exist', async () => {
    const saul = await house.browser('saul')
    const opened: string[] = []
    const closed = routes.filter(
      ({ method, who }) =>
        method === 'get' && (who === 'front door' || (Array.isArray(who) && !mayAsk(who, house.as('saul')))),
    )
    for (const route of closed) {
      const got = await saul.get(address(route))
      if (got.status !== 404) opened.push(`${route.path} ${got.status}`)
    }
    expect(opened).toEqual([])
  })
})

test('nothing in the project knows the machine it was written on', () => {
  const machine = new RegExp(`/(${['work', 'home', 'root', 'Users', 'tmp'].join('|')})/\\w`)
  const skip = ['node_modules', 'dist', '.cache', '.git', 'data', 'coverage']
  const text = filesIn('.', skip).filter((name) => !/\.(png|jpg|ico|woff2?|pdf|gz)$/.test(name))
  expect(text.filter((name) => machine.test(read(name)))).toEqual([])
})

test('the container gives the server the same memory as npm start', () => {
  const entry = /^ENTRYPOINT (.*)$/m.exec(read('Containerfile'))![1]!
  const flags = JSON.parse(read('scripts/memory-flags.json')) as string[]
  expect(JSON.parse(entry)).toEqual(['node', ...flags, 'dist/trellis.js'])
})

test('what is changed in SQL is found by its whole key, for the index begins with the partnership', () => {
  const changed = /\b(?:update|delete from) (\w+)\b[^`;]*?\bwhere (?:\w+\.)?id = \$\{[^`]*?`/gs
  const known = (name: string): string[] =>
    [...read(name).matchAll(changed)].map(([all, table]) => `${name} ${table}: ${all.slice(0, 80)}`)
  expect(sources.filter((name) => !/\.test\.tsx?$/.test(name)).flatMap(known)).toEqual([])
  expect('sql`update job set done_at = now() where id = ${job.id}`'.match(changed)).not.toBeNull()
})
