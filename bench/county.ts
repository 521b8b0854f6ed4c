import { sql } from 'kysely'
import { enter, type Cast } from '../test/cast.ts'
import { noteEarlier } from '../src/concerns/note-earlier.ts'
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import { inTransaction, type Database, type Keys } from '../src/platform/index.ts'

/**
 * Fills a migrated database with the test cast and `many` concerns of two years, one in `open` of them still to be
 * decided, as the owner. Words, plates and names are drawn from small sets so that details are shared as in life; SQL
 * writes them plainly, as an older Trellis did, and they are sealed as its words would be.
 */
export const fillCounty = async ({ db }: Database, keys: Keys, many: number, open = 30): Promise<Cast> => {
  const cast = await inTransaction(db, enter)
  const p = cast.partnership
  const a = cast.agencies['childrens']
  const dena = cast.people.dena.id
  const run = (text: string) => sql.raw(text).execute(db)
  const rules = await plainAllowed(db)
  await run(`
    create temporary table made as
    select n, gen_random_uuid() as id, now() - (n * interval '10 minutes') as at, n % ${open} = 0 as waits from generate_series(1, ${many}) n;
    insert into concern (partnership_id, id, agency_id, reference, channel, setting, worry, about, place, postcode, received_at)
    select '${p}', id, '${a}', upper(substr(md5(n::text), 1, 3) || '-' || lpad(to_hex(n), 6, '0')),
      (array['public','professional','small','phone'])[1 + n % 4], (array['HO','TX','SC','HS','GP','NB'])[1 + n % 6],
      convert_to('Seen again at the flat on ' || (array['Mill','Castle','Station','High'])[1 + n % 4] || ' Street: a ' || (array['white van','grey car','moped'])[1 + n % 3]
        || ' brings different young people late at night and one of them looked frightened. Note ' || n, 'UTF8'),
      (array['one','several','place','unknown'])[1 + n % 4], convert_to((array['Rugby','Nuneaton','Leamington','Stratford'])[1 + n % 4], 'UTF8'),
      'CV' || (1 + n % 37) || ' ' || (1 + n % 9) || 'AB', at from made;
    insert into undecided (partnership_id, concern_id, agency_id, received_at) select '${p}', id, '${a}', at from made where waits;
    insert into concern_person (partnership_id, id, concern_id, agency_id, position, name, age_group)
    select '${p}', gen_random_uuid(), id, '${a}', 0,
      convert_to((array['Amy','Ben','Cara','Dev','Ela','Finn','Gita','Hal'])[1 + n % 8] || ' ' || (array['Ash','Birch','Cole','Dunn','Eyre','Firth'])[1 + (n / 8) % 6] || n % 5000, 'UTF8'),
      (array['child','adult','not known'])[1 + n % 3] from made;
    insert into detail (partnership_id, id, concern_id, agency_id, kind, said, key)
    select '${p}', gen_random_uuid(), id, '${a}', 'vehicle', convert_to('AB' || lpad((n % 7000)::text, 4, '0') || 'X', 'UTF8'), '' from made;
    insert into detail (partnership_id, id, concern_id, agency_id, kind, said, key)
    select '${p}', gen_random_uuid(), id, '${a}', 'phone', convert_to('07700900' || lpad((n % 1000)::text, 3, '0'), 'UTF8'), '' from made where n % 5 = 0;
    insert into clock_run (partnership_id, id, concern_id, agency_id, clock, started_at, at_risk_at, due_at, stopped_at)
    select '${p}', gen_random_uuid(), id, '${a}', (array['child-decision','adult-decision'])[1 + n % 2], at, at + interval '20 hours', at + interval '1 day',
      case when waits then null else at + interval '5 hours' end from made;
    insert into priority (partnership_id, id, concern_id, agency_id, level, why, staff_id)
    select '${p}', gen_random_uuid(), id, '${a}', (array['red','amber','green','blue'])[1 + n % 4], 'as read', '${dena}' from made where n % 2 = 0;
    insert into holding (partnership_id, id, concern_id, agency_id, staff_id) select '${p}', gen_random_uuid(), id, '${a}', '${dena}' from made where n % ${open * 3} = 0;
    insert into decision (partnership_id, id, concern_id, agency_id, frame, route, reason, unknowns, confidence, offered, told, decided_by)
    select '${p}', gen_random_uuid(), id, '${a}', 'child', 'family-help', 'As read', 'Much', 'medium', 'Family help', 'Thank you', '${dena}' from made where not waits;
    insert into message (partnership_id, id, concern_id, agency_id, direction, kind, words, staff_id)
    select '${p}', gen_random_uuid(), id, '${a}', 'to reporter', 'news', 'Thank you', '${dena}' from made where not waits;
    insert into event (partnership_id, id, at, kind, viewer, about_kind, about_id)
    select '${p}', gen_random_uuid(), at, 'concern received', 'public', 'concern', id from made;
    insert into event (partnership_id, id, at, kind, viewer, staff_id, about_kind, about_id)
    select '${p}', gen_random_uuid(), at + interval '5 hours', 'concern decided', 'staff', '${dena}', 'concern', id from made where not waits;
    drop table made;`)
  for (const { table, name, rule } of rules)
    await sql`alter table ${sql.table(table)} add constraint ${sql.id(name)} ${sql.raw(rule)} not valid`.execute(db)
  await sealWhatIsPlain(db, () => keys)
  // The planner knows nothing of tables that have just been filled.
  await run('analyze')
  await noteEarlier(keys)({ id: p, kind: 'earlier noted', partnership: p, payload: {} }, db)
  // What the server would do by itself in the minutes after such a fill, and would disturb the measurement with.
  await run('vacuum full analyze')
  await run('checkpoint')
  return cast
}

/** Lifts the rules against plain words while SQL writes some, and says how to put them back. */
const plainAllowed = async (db: Database['db']) => {
  const { rows } = await sql<{ table: string; name: string; rule: string }>`
    select conrelid::regclass::text as table, conname as name, replace(pg_get_constraintdef(oid), ' NOT VALID', '') as rule
    from pg_constraint where connamespace = 'public'::regnamespace
      and (conname = conrelid::regclass::text || '_sealed' or conname = 'detail_key_hashed')`.execute(db)
  for (const { table, name } of rows)
    await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`.execute(db)
  return rows
}
