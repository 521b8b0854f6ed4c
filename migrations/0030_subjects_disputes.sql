-- A person does not agree with an entry (UK GDPR Article 16). What they say stands beside it, never over it, in their
-- words; the agency that wrote the entry answers. Both are sealed with the subject's key and seen by whoever sees the entry.
create table entry_dispute (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  entry_id uuid not null,
  -- Whose entry it is: it has to answer.
  agency_id uuid not null,
  said_by text not null check (said_by in ('person', 'parent', 'other')),
  words_sealed bytea not null,
  key_id uuid not null,
  said_on date not null,
  due_on date not null,
  entered_by uuid not null,
  entered_agency_id uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, entry_id) references entry,
  foreign key (partnership_id, agency_id) references agency
);
create index entry_dispute_of on entry_dispute (partnership_id, subject_id);

create table entry_dispute_answer (
  partnership_id uuid not null,
  dispute_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('corrected', 'stands')),
  -- The later entry that puts it right.
  correction_id uuid,
  why_sealed bytea not null,
  key_id uuid not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, dispute_id),
  check ((outcome = 'corrected') = (correction_id is not null)),
  foreign key (partnership_id, dispute_id) references entry_dispute,
  foreign key (partnership_id, correction_id) references entry
);

do $$
declare t text;
begin
  foreach t in array array['entry_dispute', 'entry_dispute_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;

-- Letting go of a record that was held has its reason too.
alter table legal_hold add column lifted_why_sealed bytea;
