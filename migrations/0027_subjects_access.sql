-- The right of access: who asked an agency for what it holds about somebody, what was decided about each item, and the
-- second person's approval. Decisions are rows; the last one of an item counts. Words are sealed with the subject's key.
create table access_request (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Of whom it was asked: only what this agency supplied itself is in the pack.
  agency_id uuid not null,
  capacity text not null check (capacity in ('person', 'parent', 'solicitor', 'attorney', 'other')),
  asker_sealed bytea not null,
  asked_on date not null,
  identity_how text check (identity_how in ('known', 'document', 'authority')),
  identity_note_sealed bytea,
  identity_on date,
  identity_by uuid,
  key_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((identity_how is null) = (identity_on is null) and (identity_how is null) = (identity_by is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index access_request_of on access_request (partnership_id, subject_id);

-- Up to two months more, once, and the asker is told why within the first.
create table access_extension (
  partnership_id uuid not null,
  request_id uuid not null,
  agency_id uuid not null,
  why_sealed bytea not null,
  key_id uuid not null,
  extended_by uuid not null,
  extended_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, request_id),
  foreign key (partnership_id, request_id) references access_request
);

-- What becomes of one item. `spans_sealed` says which stretches of its text are hidden and which were looked at and shown.
create table access_decision (
  partnership_id uuid not null,
  request_id uuid not null,
  item_kind text not null check (item_kind in ('identity', 'entry', 'disclosure', 'supplier')),
  item_id uuid not null,
  number integer not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('release', 'withhold')),
  exemption text check (exemption in ('third party', 'crime', 'privilege', 'health harm', 'social work harm',
    'education harm', 'child abuse')),
  spans_sealed bytea not null,
  why_sealed bytea not null,
  key_id uuid not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  data_class data_class not null default 'D5',
  handling handling not null default 1,
  primary key (partnership_id, request_id, item_id, number),
  check ((outcome = 'withhold') = (exemption is not null)),
  foreign key (partnership_id, request_id) references access_request
);

-- A second person looked at the whole. `edition` is made of the items and the decisions: when either changes, this is over.
create table access_answer (
  partnership_id uuid not null,
  request_id uuid not null,
  number integer not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('approved', 'sent back')),
  edition text not null,
  words_sealed bytea not null,
  key_id uuid not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null default 'D5',
  handling handling not null default 1,
  primary key (partnership_id, request_id, number),
  foreign key (partnership_id, request_id) references access_request
);

create table access_closure (
  partnership_id uuid not null,
  request_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('answered', 'withdrawn', 'refused')),
  words_sealed bytea not null,
  key_id uuid not null,
  closed_by uuid not null,
  closed_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, request_id),
  foreign key (partnership_id, request_id) references access_request
);

do $$
declare t text;
begin
  foreach t in array array['access_request', 'access_extension', 'access_decision', 'access_answer', 'access_closure'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
grant update on access_request to trellis_app;
