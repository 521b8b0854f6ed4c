-- Which records are about the same person, place or thing. A record is what one agency supplied; it stays as supplied,
-- whatever is decided. Who or what it is about is said beside it, by rows that can be taken back.

-- A record as it was noted (`record` alone is the name of a type): what one agency supplied about one person, vehicle,
-- phone, account or place, standardised and sealed with the data key of its own source: when that is erased, this is.
create table noted_record (
  partnership_id uuid not null references partnership,
  id uuid not null,
  kind text not null check (kind in ('person', 'vehicle', 'phone', 'account', 'place')),
  source text not null check (source in ('concern person', 'concern detail', 'identity')),
  source_id uuid not null,
  concern_id uuid,
  subject_id uuid,
  -- The supplier.
  agency_id uuid not null,
  standard_sealed bytea not null,
  key_id uuid not null,
  -- The version of the reading that made the standard fields and the keys.
  normaliser integer not null,
  noted_at timestamptz not null,
  withdrawn_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((concern_id is null) <> (subject_id is null)),
  foreign key (partnership_id, agency_id) references agency
);
create index noted_record_of_concern on noted_record (partnership_id, concern_id) where concern_id is not null;
create index noted_record_of_subject on noted_record (partnership_id, subject_id) where subject_id is not null;
create unique index noted_record_of_source on noted_record (partnership_id, source_id, kind) where withdrawn_at is null;

-- What it is looked up by: the first four bytes of keyed hashes. The primary key holds all that a look-up reads, so that it
-- opens no row of the table; a stray collision is one more candidate, which the weights reject.
create table record_key (
  partnership_id uuid not null,
  hash integer not null,
  record_id uuid not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, hash, record_id),
  foreign key (partnership_id, record_id) references noted_record
);
create index record_key_of on record_key (partnership_id, record_id);

-- Somebody or something known: a view over records, with an id that lasts.
create table known (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  kind text not null,
  since timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id)
);

-- The two records of a pair, the lower id first; how much speaks for them, by which model, step by step.
create table proposal (
  partnership_id uuid not null references partnership,
  id uuid not null,
  kind text not null,
  a_id uuid not null,
  b_id uuid not null,
  -- Whose record was there first.
  agency_id uuid not null,
  weight double precision not null,
  band text not null check (band in ('strong', 'look')),
  model_version text not null,
  -- Names of comparisons and levels, and weights; never a value.
  steps jsonb not null,
  made_at timestamptz not null,
  -- While somebody's answer stands.
  settled_at timestamptz,
  -- The records that are alike on the whole, as the last re-link grouped them: the first record's id.
  cluster_id uuid,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, a_id, b_id),
  check (a_id < b_id),
  foreign key (partnership_id, a_id) references noted_record,
  foreign key (partnership_id, b_id) references noted_record
);
create index proposal_b on proposal (partnership_id, b_id);
create index proposal_open on proposal (partnership_id, weight desc) where settled_at is null;

-- What somebody said of a pair. It is never changed: taking it back is written beside it.
create table join_decision (
  partnership_id uuid not null references partnership,
  id uuid not null,
  a_id uuid not null,
  b_id uuid not null,
  agency_id uuid not null,
  answer text not null check (answer in ('same', 'different', 'not sure')),
  -- Why, and the steps that were shown; sealed with the key of the first record's source.
  why_sealed bytea,
  shown_sealed bytea,
  key_id uuid not null,
  staff_id uuid not null,
  at timestamptz not null,
  -- The decision it contradicts: a question for somebody, and in force for nobody.
  contradicts_id uuid,
  undone_at timestamptz,
  undone_by uuid,
  undone_why_sealed bytea,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, a_id) references noted_record,
  foreign key (partnership_id, b_id) references noted_record,
  foreign key (partnership_id, staff_id) references account,
  foreign key (partnership_id, undone_by) references account,
  foreign key (partnership_id, contradicts_id) references join_decision
);
-- Two answers about one pair cannot both stand.
create unique index join_decision_standing on join_decision (partnership_id, a_id, b_id)
  where answer <> 'not sure' and undone_at is null and contradicts_id is null;
create index join_decision_a on join_decision (partnership_id, a_id, b_id);
create index join_decision_b on join_decision (partnership_id, b_id);

-- Whom or what a record is about, from when to when, and by which answer. Rows are added and ended, never changed: who this
-- was on 3 March is a question to this table.
create table belonging (
  partnership_id uuid not null references partnership,
  id uuid not null,
  record_id uuid not null,
  known_id uuid not null,
  agency_id uuid not null,
  decision_id uuid,
  from_at timestamptz not null,
  to_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, record_id) references noted_record,
  foreign key (partnership_id, known_id) references known,
  foreign key (partnership_id, decision_id) references join_decision
);
create unique index belonging_one on belonging (partnership_id, record_id) where to_at is null;
create index belonging_known on belonging (partnership_id, known_id) where to_at is null;

-- A model of linkage as it weighed proposals: rules and shares of names. Never changed, so that what it said can be
-- worked out again.
create table match_model (
  partnership_id uuid not null references partnership,
  version text not null,
  kind text not null,
  spec jsonb not null,
  used_since timestamptz not null,
  primary key (partnership_id, version)
);

-- How far a re-link of everything is: a run that was killed goes on from here.
create table relink_run (
  partnership_id uuid not null references partnership,
  id uuid not null,
  started_at timestamptz not null,
  after_id uuid,
  changed integer not null default 0,
  done_at timestamptz,
  primary key (partnership_id, id)
);
create unique index relink_run_one on relink_run (partnership_id) where done_at is null;

do $$
declare t text;
begin
  foreach t in array array['relink_run', 'noted_record', 'record_key', 'known', 'proposal', 'join_decision', 'belonging', 'match_model'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  -- Matching sees across agencies and people do not: records and their keys are for the product alone.
  foreach t in array array['relink_run', 'noted_record', 'record_key'] loop
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_matched', t);
  end loop;
  foreach t in array array['known', 'proposal', 'join_decision', 'belonging'] loop
    execute format('create policy %I on %I for all using (partnership_id = (select deciding_partnership()))', t || '_front_door', t);
  end loop;
end
$$;
create policy match_model_seen on match_model for select using (partnership_id = (select viewer_partnership()));
create policy match_model_used on match_model for insert with check (partnership_id = (select system_partnership()));
grant select, insert, update on relink_run, noted_record, known, proposal, join_decision, belonging to trellis_app;
grant delete on proposal to trellis_app;
grant select, insert, delete on record_key to trellis_app;
grant select, insert on match_model to trellis_app;
