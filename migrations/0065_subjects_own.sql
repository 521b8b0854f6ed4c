-- The person's own way in: a code that a worker hands over, for the person themself or, with a lawful ground, for a
-- parent or an advocate, who read the parts that were chosen and nothing else.
create table own_way (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose worker handed it over.
  agency_id uuid not null,
  holder text not null check (holder in ('themself', 'parent', 'advocate')),
  -- Who a parent or an advocate is, and why they may.
  name_sealed bytea,
  why_sealed bytea,
  key_id uuid,
  ground text check (ground in ('the person agreed', 'parental responsibility', 'court', 'statutory advocate')),
  handed text not null check (handed in ('in their hand', 'by somebody they trust', 'read out')),
  selector text not null,
  secret_hash text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, selector),
  check ((holder = 'themself') = (ground is null)),
  check ((holder = 'themself') = (key_id is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index own_way_of on own_way (partnership_id, subject_id);

-- What a parent or an advocate may read. The person's own words are among it only where the person agreed.
create table own_way_section (
  partnership_id uuid not null,
  way_id uuid not null,
  agency_id uuid not null,
  section text not null check (section in ('story', 'voice', 'written', 'next', 'circle', 'looked')),
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, way_id, section),
  foreign key (partnership_id, way_id) references own_way
);

-- A browser in which a code was typed, until it rests for a quarter of an hour.
create table own_visit (
  partnership_id uuid not null,
  id uuid not null,
  way_id uuid not null,
  agency_id uuid not null,
  token_hash bytea not null,
  expires_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, token_hash),
  foreign key (partnership_id, way_id) references own_way
);

-- An entry that its agency has put on the person's page, having looked that nobody else is in it.
create table shown_entry (
  partnership_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  shown_by uuid not null,
  shown_at timestamptz not null,
  taken_off_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, entry_id) references entry,
  foreign key (partnership_id, agency_id) references agency
);
create unique index shown_entry_standing on shown_entry (partnership_id, entry_id) where taken_off_at is null;
create index shown_entry_of on shown_entry (partnership_id, subject_id);

-- "I don't feel safe" and "please stop", said from their own page, each with the moment by which it is answered.
create table own_message (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  way_id uuid not null,
  kind text not null check (kind in ('not safe', 'please stop')),
  words_sealed bytea,
  -- How and when they can be reached safely about it.
  reach_sealed bytea,
  key_id uuid not null,
  said_at timestamptz not null,
  due_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, way_id) references own_way
);
create index own_message_of on own_message (partnership_id, subject_id);

create table own_message_answer (
  partnership_id uuid not null,
  message_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  words_sealed bytea not null,
  key_id uuid not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, message_id),
  foreign key (partnership_id, message_id) references own_message,
  foreign key (partnership_id, agency_id) references agency
);

-- Said from their own page, where no member of staff wrote it down.
alter table entry_dispute alter column entered_by drop not null, alter column entered_agency_id drop not null;

-- What is said from their own page, what is answered, and who else is let in, is held about them: it joins the list.
do $$
begin
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''own message''::text, ''own message answer''::text, ''own way''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;

create function viewer_subject() returns uuid language sql stable parallel safe
  return case when viewer_kind() = 'person' then setting_uuid('trellis.subject') end;
create function viewer_section(section text) returns boolean language sql stable parallel safe
  return position(' ' || section || ' ' in coalesce(current_setting('trellis.sections', true), '')) > 0;

do $$
declare t text;
begin
  foreach t in array array['own_way', 'own_way_section', 'own_visit', 'shown_entry', 'own_message', 'own_message_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;
grant delete on own_visit to trellis_app;

-- What is theirs by law, and opened to them by the code in their hand: what they said, and what was put on their page.
create policy story_card_own on story_card for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('story')));
create policy story_note_own on story_note for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('story')));
create policy voice_own on voice for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('voice')));
create policy shown_entry_own on shown_entry for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and taken_off_at is null and (select viewer_section('written')));
create policy entry_own on entry for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('written')) and handling = 0
  and exists (select from shown_entry s where s.partnership_id = entry.partnership_id and s.entry_id = entry.id and s.taken_off_at is null));
alter policy story_card_chosen on story_card using (partnership_id = (select system_partnership())
  or subject_id = (select viewer_subject()) or may_read_chosen(subject_id, card, null));
alter policy story_note_chosen on story_note using (partnership_id = (select system_partnership())
  or subject_id = (select viewer_subject()) or may_read_chosen(subject_id, card, null));
alter policy voice_chosen on voice using (partnership_id = (select system_partnership())
  or subject_id = (select viewer_subject()) or may_read_chosen(subject_id, null, id));
