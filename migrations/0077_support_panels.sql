-- One sitting of a panel: when and where it is, for which purpose of the agreement, and which agencies are asked. Nothing
-- of anybody who is helped stands here: whom it is about is a meeting for each, and only who may see that meeting sees
-- that it is on.
create table panel_sitting (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- Whose staff called it, and keep its minutes.
  agency_id uuid not null,
  -- The standing panel, where it is one's.
  body_id uuid,
  kind text not null check (kind in ('mace', 'adult panel', 'joint panel', 'daily meeting')),
  reference text not null,
  purpose text not null,
  basis text not null,
  condition text not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- A room, or how to join: never where somebody lives.
  place text not null,
  called_by uuid not null,
  called_at timestamptz not null,
  called_off_at timestamptz,
  called_off_by uuid,
  primary key (partnership_id, id),
  unique (partnership_id, reference),
  check ((called_off_at is null) = (called_off_by is null)),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, body_id) references body,
  foreign key (partnership_id, called_by) references account
);
create index panel_sitting_when on panel_sitting (partnership_id, starts_at desc);

-- Which agency is asked to come, and by which rule.
create table panel_seat (
  partnership_id uuid not null,
  id uuid not null,
  sitting_id uuid not null,
  agency_id uuid not null,
  of_agency_id uuid not null,
  -- 'member' of the panel, or the rule that said who is missing.
  rule text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  primary key (partnership_id, id),
  unique (partnership_id, sitting_id, of_agency_id),
  foreign key (partnership_id, sitting_id) references panel_sitting,
  foreign key (partnership_id, of_agency_id) references agency
);

-- Somebody said what they are there for, and that what they hear stays: it holds for that day.
create table panel_declaration (
  partnership_id uuid not null,
  id uuid not null,
  sitting_id uuid not null,
  agency_id uuid not null,
  of_agency_id uuid not null,
  staff_id uuid not null,
  said_at timestamptz not null,
  until_at timestamptz not null check (until_at > said_at),
  primary key (partnership_id, id),
  foreign key (partnership_id, sitting_id) references panel_sitting,
  foreign key (partnership_id, of_agency_id) references agency,
  foreign key (partnership_id, staff_id) references account
);
create index panel_declaration_of on panel_declaration (partnership_id, sitting_id);

-- That a person, place or group is on, and why: what is due, and what somebody says beside it.
create table panel_item (
  partnership_id uuid not null,
  id uuid not null,
  sitting_id uuid not null,
  meeting_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  why text[] not null,
  reason_sealed bytea,
  key_id uuid,
  added_by uuid not null,
  added_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null,
  primary key (partnership_id, id),
  unique (partnership_id, sitting_id, subject_id),
  unique (partnership_id, meeting_id),
  check (why <> '{}' or reason_sealed is not null),
  check ((reason_sealed is null) = (key_id is null)),
  foreign key (partnership_id, sitting_id) references panel_sitting,
  foreign key (partnership_id, meeting_id) references meeting,
  foreign key (partnership_id, agency_id) references agency
);

-- Due, and not now: somebody says why.
create table panel_deferral (
  partnership_id uuid not null,
  id uuid not null,
  sitting_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  reason_sealed bytea not null,
  key_id uuid not null,
  deferred_by uuid not null,
  deferred_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, sitting_id, subject_id),
  foreign key (partnership_id, sitting_id) references panel_sitting,
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);

-- What was decided about a person in a meeting, and what was to be done of it: an action of their plan, or an entry.
create table panel_decision (
  partnership_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  words_sealed bytea not null,
  why_sealed bytea not null,
  key_id uuid not null,
  action_id uuid,
  entry_id uuid,
  decided_by uuid not null,
  decided_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null,
  primary key (partnership_id, id),
  check (action_id is null or entry_id is null),
  foreign key (partnership_id, meeting_id) references meeting,
  foreign key (partnership_id, agency_id) references agency
);
create index panel_decision_of on panel_decision (partnership_id, meeting_id);

-- The person's own part in a meeting about them, step by step; what they say stands with their voice.
create table panel_part (
  partnership_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  said text not null check (said in ('invited', 'not invited', 'attended', 'fed in', 'not heard', 'explained')),
  how text not null default '',
  on_day date not null,
  words_sealed bytea,
  key_id uuid,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null,
  primary key (partnership_id, id),
  -- That they were not asked or not heard needs its reason; so does what they were told.
  check (words_sealed is not null or said in ('invited', 'attended')),
  check ((words_sealed is null) = (key_id is null)),
  check (said <> 'explained' or how <> ''),
  foreign key (partnership_id, meeting_id) references meeting,
  foreign key (partnership_id, agency_id) references agency
);
create index panel_part_of on panel_part (partnership_id, meeting_id, entered_at);

do $$
declare t text;
begin
  foreach t in array array['panel_sitting', 'panel_seat', 'panel_declaration'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
  create policy panel_seat_seen on panel_seat for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = 'staff');
  create policy panel_declaration_seen on panel_declaration for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = 'staff');
  -- Whoever called it, and the agencies that are asked.
  create policy panel_sitting_asked on panel_sitting for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = 'staff' and (agency_id = (select viewer_agency())
      or exists (select from panel_seat s where s.partnership_id = panel_sitting.partnership_id and s.sitting_id = panel_sitting.id
        and s.of_agency_id = (select viewer_agency()))));
  -- The rest of a meeting is seen by whoever sees the meeting.
  foreach t in array array['panel_item', 'panel_decision', 'panel_part'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and exists (select from meeting m where m.partnership_id = %I.partnership_id and m.id = %I.meeting_id))', t || '_met', t, t, t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
  perform guard_by_agreement('panel_deferral');
  grant select, insert, update on panel_deferral to trellis_app;
end
$$;

-- A person who is erased: their words went with their key; what lies open beside them goes here, in the same statement.
create function forget_panels() returns trigger language plpgsql as $$
begin
  update panel_deferral set adult_from = null, handling = 2 where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
create trigger panels_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_panels();

-- What was put off counts among what an agency holds, and what a panel did belongs in what the person is given. Other
-- rooms' files write the same view and list, so this adds to whatever stands.
do $$
begin
  execute 'create or replace view subjects_facts with (security_invoker) as '
    || rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ')
    || ' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from panel_deferral';
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''panel''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;
