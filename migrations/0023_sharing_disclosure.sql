-- What one agency told another about a subject, or why it did not. A row is the decision; it is never changed.
create table disclosure (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  -- Whose decision it is.
  agency_id uuid not null,
  recipient_agency_id uuid not null,
  outcome text not null check (outcome in ('shared', 'not shared')),
  classes data_class[] not null check (cardinality(classes) > 0),
  purpose text not null,
  basis text not null,
  condition text not null default '',
  method text check (method in ('in person', 'by phone', 'secure email', 'through this service', 'on paper')),
  person_told boolean,
  -- Why it was proportionate, or why it was not shared.
  why_sealed bytea not null,
  why_not_told_sealed bytea,
  -- Its own reason where no clause lets the recipient have it.
  outside_sealed bytea,
  key_id uuid not null,
  reason text check (reason in ('no lawful basis', 'not necessary', 'person at risk if shared',
    'more harmful to the child than not sharing', 'consent refused and no override', 'other')),
  decided_by uuid not null,
  decided_at timestamptz not null,
  expires_on date,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, recipient_agency_id) references agency,
  foreign key (partnership_id, decided_by) references account,
  check ((outcome = 'not shared') = (reason is not null)),
  check ((outcome = 'shared') = (method is not null and person_told is not null)),
  check (person_told is distinct from false or why_not_told_sealed is not null)
);
create index disclosure_of on disclosure (partnership_id, subject_id, decided_at desc);

-- Section 16LA of the Children Act 2004: not sharing because it would harm the child more waits for a second manager.
create table disclosure_second (
  partnership_id uuid not null references partnership,
  disclosure_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  answer text not null check (answer in ('confirmed', 'overturned')),
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, disclosure_id),
  foreign key (partnership_id, disclosure_id) references disclosure,
  foreign key (partnership_id, answered_by) references account
);

do $$
declare t text;
begin
  foreach t in array array['disclosure', 'disclosure_second'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and agency_id = (select viewer_agency()))', t || '_own', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
