-- Feeds: the people whom an agency works with, as its own system lists them. They lie sealed, each with a key of their own,
-- and are compared with whom a concern or a record is about, and with nobody else.

create table feed (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  name text not null,
  -- Every file is the whole list, or says what has changed since the last one.
  sends text not null check (sends in ('whole', 'changes')),
  -- What each column holds, by the name it has in the files; null until somebody has said it.
  columns jsonb,
  -- What others are given where the agreement lets them hear of the agency: a work number or address.
  contact text not null,
  -- Whether the agency's systems may send with their API keys.
  by_system boolean not null,
  made_by uuid not null,
  made_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency
);
create index feed_agency on feed (partnership_id, agency_id);

-- Who may send on the page, beside the agency's managers.
create table feed_sender (
  partnership_id uuid not null,
  feed_id uuid not null,
  staff_id uuid not null,
  agency_id uuid not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, feed_id, staff_id),
  foreign key (partnership_id, feed_id) references feed,
  foreign key (partnership_id, staff_id) references account
);

create table feed_run (
  partnership_id uuid not null,
  id uuid not null,
  feed_id uuid not null,
  agency_id uuid not null,
  state text not null check (state in
    ('arriving', 'columns', 'reading', 'ready', 'second look', 'applying', 'applied', 'stopped', 'refused')),
  -- Why it was refused: a code.
  reason text,
  -- A keyed hash of every byte, so that a file that is sent again is known.
  content_hash bytea,
  encoding text,
  bytes bigint not null default 0,
  parts integer not null default 0,
  -- The header and the first rows, sealed with the run's own key.
  head_sealed bytea,
  key_id uuid not null,
  staff_id uuid,
  client_id uuid,
  started_at timestamptz not null,
  -- How far it is, so that a run that was killed goes on from here.
  read_rows integer not null default 0,
  applied_line integer not null default 0,
  -- How many people were on the list before.
  before_rows integer not null default 0,
  new_rows integer not null default 0,
  changed_rows integer not null default 0,
  same_rows integer not null default 0,
  gone_rows integer not null default 0,
  broken_rows integer not null default 0,
  confirmed_by uuid,
  confirmed_at timestamptz,
  -- The manager who looked again before many were deleted.
  looked_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, feed_id) references feed,
  check (state <> 'second look' or looked_by is null),
  check ((ended_at is not null) = (state in ('applied', 'stopped', 'refused')))
);
create index feed_run_latest on feed_run (partnership_id, feed_id, started_at desc);
-- One file at a time.
create unique index feed_run_open on feed_run (partnership_id, feed_id) where ended_at is null;

-- The file itself until it is applied, in sealed pieces.
create table feed_part (
  partnership_id uuid not null,
  run_id uuid not null,
  part integer not null,
  agency_id uuid not null,
  bytes_sealed bytea not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, run_id, part),
  foreign key (partnership_id, run_id) references feed_run
);

-- Rows as they were read, before anything is applied. Of those that were left out, the line and the reason stay.
create table feed_row (
  partnership_id uuid not null,
  run_id uuid not null,
  line integer not null,
  agency_id uuid not null,
  what text not null check (what in ('new', 'changed', 'same', 'gone', 'again', 'broken')),
  own_hash bytea,
  said_sealed bytea,
  fingerprint bytea,
  alike_hash bytea,
  issues text[] not null default '{}',
  -- Why it was left out: a code, the name of the column, and a number that belongs to the sentence.
  reason text,
  at_column text,
  number integer,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, run_id, line),
  foreign key (partnership_id, run_id) references feed_run
);
create index feed_row_own on feed_row (partnership_id, run_id, own_hash);

-- A person on an agency's list.
create table fed_person (
  partnership_id uuid not null,
  id uuid not null,
  feed_id uuid not null,
  agency_id uuid not null,
  -- The agency's own id of them, and what was said, as keyed hashes.
  own_hash bytea not null,
  fingerprint bytea not null,
  -- Name and birth: two of one list that share it are probably one.
  alike_hash bytea,
  said_sealed bytea,
  key_id uuid not null,
  from_on date,
  to_on date,
  -- What to mend at the source, as codes.
  issues text[] not null default '{}',
  since timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, feed_id) references feed,
  check ((said_sealed is null) = (ended_at is not null))
);
create unique index fed_person_own on fed_person (partnership_id, feed_id, own_hash) where ended_at is null;
create index fed_person_alike on fed_person (partnership_id, feed_id, alike_hash) where ended_at is null and alike_hash is not null;

-- What matching knows of them.
alter table noted_record add column fed_id uuid;
alter table noted_record drop constraint noted_record_source_check;
alter table noted_record add constraint noted_record_source_check
  check (source in ('concern person', 'concern detail', 'identity', 'fed'));
alter table noted_record drop constraint noted_record_check;
alter table noted_record add constraint noted_record_of_one check (num_nonnulls(concern_id, subject_id, fed_id) = 1);
create index noted_record_of_fed on noted_record (partnership_id, fed_id) where fed_id is not null;

do $$
declare t text;
begin
  foreach t in array array['feed', 'feed_sender', 'feed_run', 'feed_part', 'feed_row', 'fed_person'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update, delete on %I to trellis_app', t);
  end loop;
  -- An agency sees its own; the files themselves only the product reads. Nobody else sees that there is a feed.
  foreach t in array array['feed', 'feed_sender', 'feed_run', 'feed_row', 'fed_person'] loop
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and agency_id = (select viewer_agency()) and (select viewer_kind()) in (''staff'', ''client''))', t || '_own', t);
  end loop;
end
$$;
