-- What several people write on one form, in several sittings. Every text is a row, sealed with the person's key; one that
-- another followed has `replaced_at`. Where two wrote from the same text both stand beside each other, until a person
-- makes one of them. Nothing is ever overwritten.
create table written (
  partnership_id uuid not null,
  id uuid not null,
  -- The assessment, plan or other form that it is an answer in: the room's own table holds it.
  document_id uuid not null,
  subject_id uuid not null,
  -- Whose worker wrote it.
  agency_id uuid not null,
  adult_from date,
  field text not null,
  version integer not null check (version > 0),
  words_sealed bytea not null,
  key_id uuid not null,
  -- One page as it was opened once: what is typed on follows what was typed there before.
  sitting uuid not null,
  -- The earlier answer that it began as, in another document.
  carried_from uuid,
  written_by uuid not null,
  written_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  unique (partnership_id, document_id, field, version),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index written_standing on written (partnership_id, document_id) where replaced_at is null;
create index written_of on written (partnership_id, subject_id);

-- A screening, an assessment, or one decision for which somebody's mental capacity is assessed. What it says is written.
create table assessment (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  purpose text not null check (purpose in ('screening', 'assessment', 'capacity')),
  -- The earlier one whose facts it began with; never its judgement.
  carried_from uuid,
  started_by uuid not null,
  started_at timestamptz not null,
  data_class data_class not null default 'D5',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index assessment_of on assessment (partnership_id, subject_id, started_at desc);

-- That it is finished, with what has to be counted of it; the latest counts. What is written later is an amendment.
create table assessment_finish (
  partnership_id uuid not null,
  id uuid not null,
  assessment_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  -- Chosen by people. Nothing works it out.
  level text check (level in ('no current concern', 'emerging', 'significant', 'experiencing')),
  confidence text check (confidence in ('low', 'medium', 'high')),
  -- Of a decision, never of the person.
  capacity text check (capacity in ('able', 'not able', 'not known')),
  review_on date,
  finished_by uuid not null,
  finished_at timestamptz not null,
  data_class data_class not null default 'D5',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((level is null) = (confidence is null)),
  foreign key (partnership_id, assessment_id) references assessment,
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index assessment_finish_of on assessment_finish (partnership_id, assessment_id, finished_at desc);
create index assessment_finish_about on assessment_finish (partnership_id, subject_id);

select guard_by_agreement('written');
select guard_by_agreement('assessment');
select guard_by_agreement('assessment_finish');
grant select, insert, update on written, assessment, assessment_finish to trellis_app;

-- A person who is erased: their words went with their key; what lies open beside them goes here, in the same statement.
create function forget_written() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['written', 'assessment', 'assessment_finish'] loop
    execute format('update %I set adult_from = null, handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  return null;
end
$$;
create trigger written_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_written();

-- They count among what an agency holds, and may be asked for. Other rooms write the same view and list, so this
-- adds to whatever stands.
do $$
declare t text;
begin
  foreach t in array array['written', 'assessment', 'assessment_finish'] loop
    execute 'create or replace view subjects_facts with (security_invoker) as '
      || rtrim(trim(pg_get_viewdef('subjects_facts'::regclass)), ';')
      || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null::text from %I', t);
  end loop;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''assessment''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;
