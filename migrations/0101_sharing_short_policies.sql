-- What a policy says is set up anew by every statement that reads its table, whether a row is found or not: some twenty
-- sub-plans a table, four times what the statement itself costs, and a person's page asks ninety. The rule of the agreement
-- is as it was; it stands in one function now, which a connection plans once, and a policy hands it what it goes by.

-- Whether a row about `subject` is open to the viewer: the same as `decide`, and a test holds the two together. `cells` and
-- `ties` are viewer_cells() and viewer_ties(), worked out once for a statement.
create function agreed(cells jsonb, ties jsonb, today date, subject uuid, supplier uuid, class text, adult_from date, handled int,
  named uuid) returns boolean language plpgsql stable parallel unsafe as $$
declare
  tie text := ties ->> subject::text;
begin
  -- A conflict of interest shuts everything.
  if tie = '-1' then return false; end if;
  case need_in(cells, supplier, class, age_frame(adult_from, today), handled)
    when '0' then null;
    when '1' then
      if tie is null and not exists (select from involvement i
        where i.partnership_id = viewer_partnership() and i.subject_id = subject and i.agency_id = viewer_agency()
          and i.from_at <= viewer_now() and (i.to_at is null or i.to_at > viewer_now()))
      then return false; end if;
    when '2' then
      if tie is null then return false; end if;
    when '3' then
      if tie is distinct from '3' then return false; end if;
    else return false;
  end case;
  -- What is kept for named people.
  return handled < 2 or exists (select from named_person n
    where n.partnership_id = viewer_partnership() and n.staff_id = viewer_staff() and n.row_id = named and n.ended_at is null);
end
$$;

create or replace function guard_by_agreement(guarded regclass, subject text default 'subject_id', row_column text default 'id') returns void
language plpgsql as $guard$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('drop policy if exists %I on %s', guarded || '_agreed', guarded);
  execute format('drop policy if exists %I on %s', guarded || '_kept', guarded);
  execute format('create policy %I on %s for select using (partnership_id = (select viewer_partnership())' ||
    ' and agreed((select viewer_cells()), (select viewer_ties()), (select viewer_today()), %I, agency_id, data_class,' ||
    ' adult_from, handling::int, %I))', guarded || '_agreed', guarded, subject, row_column);
  execute format('create policy %I on %s for all using (partnership_id = (select system_partnership()))', guarded || '_kept', guarded);
end
$guard$;

do $$
declare t text;
begin
  for t in select tablename from pg_policies where schemaname = 'public' and policyname = tablename || '_agreed' loop
    perform guard_by_agreement(t::regclass, case t when 'subject' then 'id' else 'subject_id' end,
      case t when 'identity_key' then 'identity_id' else 'id' end);
  end loop;
end
$$;

-- Everybody is one kind of viewer, and what a person reads of themself goes by one thing more: which sections are open.
create function viewer_own(section text) returns uuid language sql stable parallel safe
  return case when viewer_section(section) then viewer_subject() end;

do $$
declare own record;
begin
  for own in select * from (values
    ('story_card', 'story', ''), ('story_note', 'story', ''), ('voice', 'voice', ''),
    ('plan', 'plan', ' and handling = 0'), ('plan_goal', 'plan', ' and handling = 0'), ('plan_action', 'plan', ' and handling = 0')
  ) o (guarded, section, more) loop
    execute format('alter policy %I on %I using (subject_id = (select viewer_own(%L)) and partnership_id = (select viewer_partnership())%s)',
      own.guarded || '_own', own.guarded, own.section, own.more);
  end loop;
end
$$;
alter policy shown_entry_own on shown_entry using (subject_id = (select viewer_own('written'))
  and partnership_id = (select viewer_partnership()) and taken_off_at is null);
alter policy entry_own on entry using (subject_id = (select viewer_own('written'))
  and partnership_id = (select viewer_partnership()) and handling = 0
  and exists (select from shown_entry s where s.partnership_id = entry.partnership_id and s.entry_id = entry.id and s.taken_off_at is null));

/* What the two answers that nearly every statement needs are kept under. One that was worked out stands for as long as nothing
 * was committed by anybody, which the snapshot tells, and nothing was changed here, which the last change tells: the very next
 * read after one sees it, and an answer from before is not believed again. Each is headed by what it was asked with. */
create function asked_with() returns text language plpgsql stable parallel safe as $$
begin
  return concat_ws(' ', pg_current_snapshot()::text, current_setting('trellis.changed', true), current_setting('trellis.partnership', true),
    current_setting('trellis.agency', true), current_setting('trellis.staff', true), current_setting('trellis.viewer', true),
    coalesce(nullif(current_setting('trellis.now', true), ''), statement_timestamp()::text));
end
$$;

create or replace function viewer_ties() returns jsonb language plpgsql stable parallel unsafe as $$
declare
  asked text := asked_with() || chr(10);
  kept text := current_setting('trellis.ties', true);
  place uuid;
  staff uuid;
  at timestamptz;
  ties jsonb;
begin
  if starts_with(kept, asked) then return substr(kept, length(asked) + 1)::jsonb; end if;
  place := viewer_partnership();
  staff := viewer_staff();
  at := viewer_now();
  ties := coalesce((
    select jsonb_object_agg(subject_id, level) from (
      select subject_id, case when min(level) < 0 then -1 else max(level) end as level from (
        select i.subject_id, case when i.role in ('lead', 'trusted adult') then 3 else 2 end as level from involvement i
        where i.partnership_id = place and i.staff_id = staff and i.from_at <= at and (i.to_at is null or i.to_at > at)
        union all
        select b.subject_id, 3 from break_glass b
        where b.partnership_id = place and b.staff_id = staff and b.from_at <= at and b.to_at > at
        union all
        select c.subject_id, -1 from conflict c
        where c.partnership_id = place and c.staff_id = staff and c.lifted_at is null) tie
      group by subject_id) closest), '{}');
  perform set_config('trellis.ties', asked || ties::text, true);
  return ties;
end
$$;

create or replace function viewer_cells() returns jsonb language plpgsql stable parallel unsafe as $$
declare
  why text := viewer_purpose();
  ground text := viewer_basis();
  special text := viewer_condition();
  asked text := concat_ws(' ', asked_with(), to_jsonb(array[why, ground, special])) || chr(10);
  kept text := current_setting('trellis.cells', true);
  place uuid;
  agency uuid;
  at timestamptz;
  edition uuid;
  follows_from text;
  shut text[];
  open text;
begin
  if starts_with(kept, asked) then return split_part(kept, chr(10), 3)::jsonb; end if;
  place := viewer_partnership();
  agency := viewer_agency();
  at := viewer_now();
  edition := (select e.edition from register_edition e where e.partnership_id = place);
  follows_from := concat_ws(' ', edition, place, agency, at, to_jsonb(array[why, ground, special]), viewer_kind());
  if edition is not null and split_part(kept, chr(10), 2) = follows_from then
    open := split_part(kept, chr(10), 3);
    perform set_config('trellis.cells', asked || follows_from || chr(10) || open, true);
    return open::jsonb;
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
  perform set_config('trellis.cells', asked || follows_from || chr(10) || open, true);
  return open::jsonb;
end
$$;

-- What any of these answers follows from was changed in this transaction. (What the agreement implies had not heard of a
-- change before the next statement of another transaction.)
create function answers_changed() returns trigger language plpgsql as $$
begin
  perform set_config('trellis.changed', gen_random_uuid()::text, true), set_config('trellis.implied_front_door_asked', '', true),
    set_config('trellis.implied_sent_asked', '', true), set_config('trellis.implied_asked_asked', '', true);
  return null;
end
$$;
do $$
declare t text;
begin
  foreach t in array array['involvement', 'break_glass', 'conflict', 'register_edition'] loop
    execute format('create trigger %I after insert or update or delete on %I for each statement execute function answers_changed()',
      t || '_answers', t);
  end loop;
end
$$;

/* The same for concerns. A worker at the front door is let in by the first thing that is asked; what lets in others, who sent
 * it or said it, is asked of a row in one function. */
create function sent_or_supplied(supplied uuid[], sent uuid[], supplier uuid, partnership uuid, concern uuid) returns boolean
language plpgsql stable parallel unsafe as $$
begin
  return supplier = any (supplied)
    or (viewer_kind() = 'reporter' or supplier = any (sent)) and viewer_said(partnership, concern);
end
$$;
create function sent_or_supplied(supplied uuid[], sent uuid[], supplier uuid, concern uuid, entered_by uuid, channel text, client uuid)
returns boolean language plpgsql stable parallel unsafe as $$
begin
  return supplier = any (supplied)
    or case viewer_kind()
      when 'staff' then entered_by = viewer_staff() and supplier = any (sent)
      when 'client' then channel = 'api' and client = viewer_client() and supplier = any (sent)
      when 'reporter' then concern = viewer_concern()
      else false end;
end
$$;

do $$
declare
  t text;
  class text;
  marking int;
begin
  for t, class, marking in values ('concern', 'D4', 1), ('concern_person', 'D3', 1), ('concern_sign', 'D4', 1), ('detail', 'D4', 1),
    ('attachment', 'D4', 1), ('message', 'D4', 1), ('escalation', 'D4', 1)
  loop
    execute format('alter policy %I on %I using (partnership_id = (select deciding_partnership(%3$L, %4$s))
      or partnership_id = (select viewer_partnership()) and sent_or_supplied((select deciding_suppliers(%3$L, %4$s)),
        (select implied_suppliers(''sent'', %3$L, %4$s)), agency_id, %5$s))', t || '_seen', t, class, marking,
      case t when 'concern' then 'id, entered_by, channel, client_id' else 'partnership_id, concern_id' end);
  end loop;
end
$$;

create function timeline_open(concern uuid) returns boolean language plpgsql stable parallel unsafe as $$
begin
  return exists (select from concern c where c.partnership_id = viewer_partnership() and c.id = concern
    and c.agency_id = any (deciding_suppliers('D3', 1)));
end
$$;
alter policy event_of_concern on event using (partnership_id = (select viewer_partnership()) and about_kind = 'concern'
  and (select viewer_front_door()) and (
    partnership_id = (select deciding_partnership('D3', 1)) and partnership_id = (select deciding_partnership('D4', 1))
    or timeline_open(about_id)));

-- What an agency has to do it was told, by the name of whoever does it, while it works with the person.
create function works_with(ties jsonb, subject uuid) returns boolean language plpgsql stable parallel unsafe as $$
begin
  return viewer_kind() = 'staff' and (ties ->> subject::text) is distinct from '-1'
    and exists (select from involvement i where i.partnership_id = viewer_partnership() and i.subject_id = subject
      and i.agency_id = viewer_agency() and i.from_at <= viewer_now() and (i.to_at is null or i.to_at > viewer_now()));
end
$$;
alter policy plan_action_owned on plan_action using (partnership_id = (select viewer_partnership())
  and owner_agency_id = (select viewer_agency()) and handling < 2 and works_with((select viewer_ties()), subject_id));
