-- Missing: from when somebody was last where they should be until they are found, what the police say of it and since
-- when, whom and what it may have to do with, and the conversation they are offered afterwards. Nothing in the product
-- ends an episode: no birthday, clock or return of numbers does, only somebody who says that they are found.
create table missing_episode (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  started_at timestamptz not null,
  reported_at timestamptz not null,
  reported_by_sealed bytea not null,
  seen_at timestamptz,
  seen_by_sealed bytea,
  seen_where_sealed bytea,
  clothing_sealed bytea,
  -- The place they are missing from, and a keyed hash of it: two who are missing from one place at one time are found by
  -- it without the words being open.
  place_sealed bytea not null,
  place_key bytea,
  what_sealed bytea,
  looked_after text not null check (looked_after in ('yes', 'no', 'not known')),
  -- The two statuses that the Department for Education knows for a looked-after child: missing, away without authorisation.
  absence text check (absence in ('M', 'A')),
  out_of_county text not null check (out_of_county in ('yes', 'no', 'not known')),
  exploitation text not null check (exploitation in ('yes', 'no', 'not known')),
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  -- From when they are back, as missing_return says; null while they are missing.
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (absence is null or looked_after = 'yes'),
  check (ended_at is null or ended_at >= started_at),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create unique index missing_episode_open on missing_episode (partnership_id, subject_id) where ended_at is null;
create index missing_episode_of on missing_episode (partnership_id, subject_id, started_at desc);
create index missing_episode_place on missing_episode (partnership_id, place_key, started_at) where place_key is not null;

-- How the police grade it, and since when: the latest counts, the earlier ones stand.
create table missing_grade (
  partnership_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  grade text not null check (grade in ('very low', 'low', 'medium', 'high')),
  reference_sealed bytea,
  why_sealed bytea,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, episode_id) references missing_episode,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index missing_grade_of on missing_grade (partnership_id, episode_id, entered_at desc);

-- A person, a place or a phone that it may have to do with.
create table missing_link (
  partnership_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('person', 'place', 'phone')),
  words_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, episode_id) references missing_episode,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index missing_link_of on missing_link (partnership_id, episode_id);

create table missing_return (
  partnership_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  where_sealed bytea not null,
  by_sealed bytea not null,
  how_sealed bytea,
  -- The police prevention interview: was it done, and were they safe and well?
  prevention text not null check (prevention in ('yes', 'no', 'not known')),
  well text not null check (well in ('yes', 'no', 'not known')),
  well_words_sealed bytea,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, episode_id),
  foreign key (partnership_id, episode_id) references missing_episode,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);

-- Each time somebody was offered a conversation, and what they answered. No is an answer and not the end of it.
create table missing_offer (
  partnership_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  offered_at timestamptz not null,
  offered_by_sealed bytea not null,
  independent boolean not null,
  answer text not null check (answer in ('accepted', 'refused', 'not possible')),
  -- Who spoke with them instead, what the carer says, and why they said no, or why it was not possible.
  spoke_sealed bytea,
  carer_sealed bytea,
  why_sealed bytea,
  again_on date,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (answer = 'accepted' or (spoke_sealed is not null and again_on is not null)),
  foreign key (partnership_id, episode_id) references missing_episode,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index missing_offer_of on missing_offer (partnership_id, episode_id, offered_at);

-- The conversation after they are back, in their words.
create table missing_talk (
  partnership_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  held_at timestamptz not null,
  held_by_sealed bytea not null,
  independent boolean not null,
  where_sealed bytea not null,
  said_sealed bytea not null,
  push_sealed bytea,
  pull_sealed bytea,
  harm_sealed bytea,
  others_sealed bytea,
  actions_sealed bytea not null,
  shared_sealed bytea,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, episode_id) references missing_episode,
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index missing_talk_of on missing_talk (partnership_id, episode_id, held_at);
create index missing_talk_about on missing_talk (partnership_id, subject_id);

do $$
declare t text;
begin
  perform guard_by_agreement('missing_episode');
  perform guard_by_agreement('missing_talk');
  foreach t in array array['missing_grade', 'missing_link', 'missing_return', 'missing_offer'] loop
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())'
      || ' and exists (select from missing_episode e where e.partnership_id = %I.partnership_id and e.id = %I.episode_id))',
      t || '_of', t, t, t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  foreach t in array array['missing_episode', 'missing_grade', 'missing_link', 'missing_return', 'missing_offer', 'missing_talk'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

-- A person who is erased: their words went with their key; what lies open beside them goes here, in the same statement.
create function forget_missing() returns trigger language plpgsql as $$
begin
  update missing_episode set adult_from = null, handling = 2, place_key = null, absence = null, looked_after = 'not known',
    out_of_county = 'not known', exploitation = 'not known'
    where partnership_id = new.partnership_id and subject_id = new.id;
  update missing_talk set adult_from = null, handling = 2 where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
create trigger missing_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_missing();

-- What is held of it counts among what an agency holds, and belongs in what the person is given. Other rooms' files write
-- the same view and list, so this adds to whatever stands.
do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['missing_episode', 'missing_talk'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''missing''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;

-- Without names, as the yearly returns count it: when, of which sort, whether a conversation was offered, accepted and
-- held within 72 hours, and whether they turned 18 meanwhile.
create view missing_facts with (security_invoker) as
  select e.partnership_id, e.started_at, e.ended_at, e.absence, e.looked_after, e.data_class,
    exists (select from missing_offer o where o.partnership_id = e.partnership_id and o.episode_id = e.id) as offered,
    exists (select from missing_offer o where o.partnership_id = e.partnership_id and o.episode_id = e.id
      and o.answer = 'accepted') as accepted,
    exists (select from missing_talk t where t.partnership_id = e.partnership_id and t.episode_id = e.id
      and t.held_at <= e.ended_at + interval '72 hours') as in_time,
    e.adult_from > e.started_at::date and e.adult_from <= coalesce(e.ended_at, now())::date as turned_eighteen
  from missing_episode e;
grant select on missing_facts to trellis_app;
