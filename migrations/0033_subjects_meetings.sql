-- A meeting about a subject: who called it, for which purpose under the agreement, who is there and what each of them
-- declared, what was shared in it, and what came of it.
create table meeting (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose staff called it.
  agency_id uuid not null,
  adult_from date,
  kind text not null check (kind in ('strategy discussion', 'mace', 'adult panel', 'professionals meeting', 'network meeting', 'other')),
  purpose text not null,
  basis text not null,
  condition text not null default '',
  starts_at timestamptz not null,
  -- Where: it can be somebody's home.
  place_sealed bytea not null,
  key_id uuid not null,
  called_by uuid not null,
  called_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, called_by) references account
);
create index meeting_of on meeting (partnership_id, subject_id, starts_at desc);

create table meeting_attendee (
  partnership_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  subject_id uuid not null,
  -- Supplier of the row: whose meeting it is.
  agency_id uuid not null,
  -- Where the attendee is from; null for family, an advocate, or anybody else of no agency.
  of_agency_id uuid,
  staff_id uuid,
  -- Somebody without an account, by name.
  name_sealed bytea,
  key_id uuid,
  added_by uuid not null,
  added_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((staff_id is null) = (name_sealed is not null and key_id is not null)),
  check (staff_id is null or of_agency_id is not null),
  foreign key (partnership_id, meeting_id) references meeting,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, of_agency_id) references agency,
  foreign key (partnership_id, staff_id) references account
);
create unique index meeting_attendee_once on meeting_attendee (partnership_id, meeting_id, staff_id) where staff_id is not null;
create index meeting_attendee_of on meeting_attendee (partnership_id, meeting_id);

-- What an attendee said at the beginning: that it stays here, or that they are too close and take no part.
create table meeting_declaration (
  partnership_id uuid not null,
  id uuid not null,
  attendee_id uuid not null,
  meeting_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  said text not null check (said in ('confidential', 'conflict')),
  said_at timestamptz not null,
  entered_by uuid not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, attendee_id, said),
  foreign key (partnership_id, attendee_id) references meeting_attendee,
  foreign key (partnership_id, agency_id) references agency
);

create table meeting_outcome (
  partnership_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('held', 'called off')),
  words_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, meeting_id),
  foreign key (partnership_id, meeting_id) references meeting,
  foreign key (partnership_id, agency_id) references agency
);

-- What was shared in it, by reference: the disclosure says what, why and on which basis.
create table meeting_disclosure (
  partnership_id uuid not null,
  meeting_id uuid not null,
  disclosure_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, meeting_id, disclosure_id),
  foreign key (partnership_id, meeting_id) references meeting,
  foreign key (partnership_id, disclosure_id) references disclosure,
  foreign key (partnership_id, agency_id) references agency
);

select guard_by_agreement('meeting');
do $$
declare t text;
begin
  grant select, insert, update on meeting to trellis_app;
  -- The rest of a meeting is seen by whoever sees the meeting: its own row-level security answers inside the question.
  foreach t in array array['meeting_attendee', 'meeting_declaration', 'meeting_outcome', 'meeting_disclosure'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and exists (select from meeting m where m.partnership_id = %I.partnership_id and m.id = %I.meeting_id))', t || '_met', t, t, t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
