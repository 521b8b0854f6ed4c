-- Whoever or whatever a concern is about. A subject is what records hang on; what each agency knows of it stays that
-- agency's row. adult_from is the eighteenth birthday, kept on every row so that the frame is read without a join.
create table subject (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- Who opened the record.
  agency_id uuid not null,
  reference text not null,
  kind text not null check (kind in ('person', 'place', 'group', 'school', 'online', 'route', 'business')),
  adult_from date,
  opened_by uuid,
  opened_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, reference),
  foreign key (partnership_id, agency_id) references agency
);

-- Who somebody is, as one agency knows them. A later row of the same agency replaces the earlier, which stays.
create table identity (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  name_sealed bytea not null,
  known_as_sealed bytea,
  pronouns_sealed bytea,
  born_on date,
  address_sealed bytea,
  phone_sealed bytea,
  nhs_number_sealed bytea,
  other_reference_sealed bytea,
  key_id uuid not null,
  entered_by uuid,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index identity_of on identity (partnership_id, subject_id);

-- Keyed hashes to find somebody by: search is by equality alone, because nothing else may use an index under row-level
-- security, and the words themselves are sealed.
create table identity_key (
  partnership_id uuid not null,
  id uuid not null,
  identity_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  use text not null check (use in ('name', 'sound', 'known as', 'born', 'postcode', 'phone', 'nhs number', 'other reference')),
  hash bytea not null,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, identity_id) references identity
);
create index identity_key_found on identity_key (partnership_id, use, hash);
create index identity_key_of on identity_key (partnership_id, identity_id);

-- The chronology: one row for each thing that happened or was said, as its supplier wrote it.
create table entry (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  kind text not null,
  happened_at timestamptz not null,
  words_sealed bytea not null,
  key_id uuid not null,
  source text not null default '',
  entered_by uuid,
  entered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index entry_of on entry (partnership_id, subject_id, happened_at desc);

select guard_by_agreement('subject', 'id');
select guard_by_agreement('identity');
select guard_by_agreement('identity_key', 'subject_id', 'identity_id');
select guard_by_agreement('entry');
-- An agency adds to the record in its own name. What a subject is opened with comes in one transaction with it.
do $$
declare t text;
begin
  foreach t in array array['subject', 'identity', 'identity_key', 'entry'] loop
    execute format('create policy %I on %I for insert with check (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) in (''staff'', ''client'') and agency_id = (select viewer_agency()))', t || '_added', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;
