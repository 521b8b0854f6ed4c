-- What is open to the viewer was worked out anew by every statement that reads a guarded table, as a cell for each
-- supplier, class, age and handling, bars by a join. Bars are now gathered first; what a supplier opens is one short
-- text, so that there is little to write and to read; and the answer is kept for the transaction under everything it
-- follows from: the register's edition (another one with every change, seen by the next statement), who asks, for what,
-- and when. A signature taken back meanwhile still shuts the very next read.

-- One cell as it stands in a supplier's text: ',D4child0:2,' says that the viewer must be involved themselves.
create function cell_of(class text, age text, handling int) returns text language sql immutable parallel safe
  return ',' || class || age || handling::text || ':';

-- What the viewer must be to the subject of a row: '0' to '3' as in `decide`, or '' where nothing opens it.
create function need_in(cells jsonb, supplier uuid, class text, age text, handling int) returns text
language sql immutable parallel safe
  return left(split_part(cells ->> supplier::text, cell_of(class, age, handling), 2), 1);

create or replace function viewer_cells() returns jsonb language plpgsql stable parallel restricted as $$
declare
  place uuid := viewer_partnership();
  agency uuid := viewer_agency();
  why text := viewer_purpose();
  ground text := viewer_basis();
  special text := viewer_condition();
  at timestamptz := viewer_now();
  edition uuid := (select e.edition from register_edition e where e.partnership_id = place);
  follows_from text := concat_ws(' ', edition, place, agency, at, to_jsonb(array[why, ground, special]), viewer_kind()) || chr(10);
  kept text := current_setting('trellis.cells', true);
  shut text[];
  open text;
begin
  if edition is not null and starts_with(kept, follows_from) then
    return substr(kept, length(follows_from) + 1)::jsonb;
  end if;
  shut := array(
    select b.supplier_id::text || cell_of(b.class, b.age, b.handling::int) from effective_bar b
    where b.partnership_id = place and b.recipient_id = agency and b.purpose = why
      and b.from_at <= at and (b.to_at is null or b.to_at > at));
  -- Of two grants of one cell the lesser need stands first, and the first is the one that is read.
  open := coalesce((
    select '{' || string_agg('"' || supplier_id || '":"' || cells || ',"', ',') || '}' from (
      select supplier_id, string_agg(cell || need, '' order by need) as cells from (
        select g.supplier_id, cell_of(g.class, g.age, g.handling::int) as cell, g.need
        from effective_grant g
        where g.partnership_id = place and g.recipient_id = agency and g.purpose = why
          and ground = any (g.bases) and (g.conditions = '{}' or special = any (g.conditions))
          and g.from_at <= at and (g.to_at is null or g.to_at > at)) granted
      where shut = '{}' or supplier_id::text || cell not in (select unnest(shut))
      group by supplier_id) supplied), '{}');
  perform set_config('trellis.cells', follows_from || open, true);
  return open::jsonb;
end
$$;

create or replace function guard_by_agreement(guarded regclass, subject text default 'subject_id', row_column text default 'id') returns void
language plpgsql as $guard$
declare
  tie text := format('((select viewer_ties()) ->> %I::text)', subject);
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('drop policy if exists %I on %s', guarded || '_agreed', guarded);
  execute format('drop policy if exists %I on %s', guarded || '_kept', guarded);
  execute format('create policy %I on %s for select using (' ||
    'partnership_id = (select system_partnership()) or partnership_id = (select viewer_partnership())' ||
    ' and ' || tie || ' is distinct from ''-1''' ||
    ' and (handling < 2 or %I in (select n.row_id from named_person n where n.partnership_id = (select viewer_partnership())' ||
    '   and n.staff_id = (select viewer_staff()) and n.ended_at is null))' ||
    ' and case need_in((select viewer_cells()), agency_id, data_class, age_frame(adult_from, (select viewer_today())), handling::int)' ||
    '   when ''0'' then true' ||
    '   when ''1'' then ' || tie || ' is not null or exists (select from involvement i' ||
    '     where i.partnership_id = (select viewer_partnership()) and i.subject_id = %s.%I and i.agency_id = (select viewer_agency())' ||
    '     and i.from_at <= (select viewer_now()) and (i.to_at is null or i.to_at > (select viewer_now())))' ||
    '   when ''2'' then ' || tie || ' is not null' ||
    '   when ''3'' then ' || tie || ' = ''3''' ||
    '   else false end)',
    guarded || '_agreed', guarded, row_column, guarded, subject);
  execute format('create policy %I on %s for all using (partnership_id = (select system_partnership()))', guarded || '_kept', guarded);
end
$guard$;

select guard_by_agreement('subject', 'id');
select guard_by_agreement('identity');
select guard_by_agreement('identity_key', 'subject_id', 'identity_id');
select guard_by_agreement('entry');
do $$ begin
  if exists (select from pg_policies where policyname like '%\_agreed' and tablename not in ('subject', 'identity', 'identity_key', 'entry')) then
    raise exception 'A table guarded by the agreement is not guarded anew here';
  end if;
end $$;
drop function cell_of(uuid, text, text, int);
