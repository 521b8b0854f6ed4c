-- A place, a group or an online space is helped as a person is: concerns, an assessment, a plan with its guardians, and
-- what those who use it say of it. Its actions and reviews are the plan's own tables; what is its own is here. Nothing in
-- it adds up, and nobody is named in it but by a link that ends by itself.

-- Somebody said that this concern is about this context. Taken back, it stays as a row.
create table context_concern (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  concern_id uuid not null,
  linked_by uuid not null,
  linked_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, concern_id) references concern
);
create unique index context_concern_standing on context_concern (partnership_id, subject_id, concern_id) where undone_at is null;

-- What is known of it, in words. Each is whole; the latest counts and the earlier ones stay.
create table context_assessment (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  happens_sealed bytea not null,
  times_sealed bytea,
  harmed_sealed bytea,
  watched_sealed bytea,
  easy_sealed bytea,
  protects_sealed bytea,
  unknown_sealed bytea,
  key_id uuid not null,
  review_on date not null,
  -- The one that it began as.
  begun_from uuid,
  assessed_by uuid not null,
  assessed_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, assessed_by) references account
);
create index context_assessment_of on context_assessment (partnership_id, subject_id, assessed_at desc);

-- Who looks after it: a role and where it is reached, never somebody's private number.
create table context_guardian (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  role_sealed bytea not null,
  -- An agency of the partnership, or whose else they are.
  at_agency_id uuid,
  elsewhere_sealed bytea,
  contact_sealed bytea not null,
  does_sealed bytea,
  key_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((at_agency_id is null) <> (elsewhere_sealed is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, at_agency_id) references agency,
  foreign key (partnership_id, named_by) references account
);
create index context_guardian_of on context_guardian (partnership_id, subject_id);

-- Safety mapping: a spot within it, roughly where it lies, and what people say of it.
create table context_spot (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  name_sealed bytea not null,
  key_id uuid not null,
  cell text not null check (cell in ('top left', 'top', 'top right', 'left', 'middle', 'right', 'bottom left', 'bottom', 'bottom right')),
  added_by uuid not null,
  added_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, added_by) references account
);
create index context_spot_of on context_spot (partnership_id, subject_id);

create table context_spot_said (
  partnership_id uuid not null,
  id uuid not null,
  spot_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  -- Whose words: those of the people it is for stand apart from a worker's.
  who text not null check (who in ('young people', 'others who use it', 'worker')),
  feels text not null check (feels in ('safe', 'sometimes', 'not safe')),
  times_sealed bytea,
  words_sealed bytea not null,
  key_id uuid not null,
  said_on date not null,
  kept_by uuid not null,
  kept_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, spot_id) references context_spot,
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, kept_by) references account
);
create index context_spot_said_of on context_spot_said (partnership_id, subject_id, said_on desc);

-- That somebody is tied to it: with a purpose, until a day, for the circle alone. Those who are harmed there stand apart
-- from those who may cause harm.
create table context_person (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  person_id uuid not null,
  part text not null check (part in ('harmed or at risk', 'may cause harm')),
  why_sealed bytea not null,
  key_id uuid not null,
  until_on date not null,
  linked_by uuid not null,
  linked_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check (person_id <> subject_id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, person_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, linked_by) references account
);
create index context_person_of on context_person (partnership_id, subject_id) where ended_at is null;
create index context_person_who on context_person (partnership_id, person_id) where ended_at is null;

-- Closed with a reason and with what would show that it comes back.
create table context_closure (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  why_sealed bytea not null,
  used_sealed bytea not null,
  signs_sealed bytea not null,
  key_id uuid not null,
  closed_by uuid not null,
  closed_at timestamptz not null,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, closed_by) references account
);
create unique index context_closure_standing on context_closure (partnership_id, subject_id) where ended_at is null;
create index context_closure_of on context_closure (partnership_id, subject_id, closed_at desc);

create table context_reopening (
  partnership_id uuid not null,
  id uuid not null,
  closure_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  cause text not null check (cause in ('concern', 'asked')),
  concern_id uuid,
  why_sealed bytea,
  key_id uuid,
  reopened_by uuid not null,
  reopened_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, closure_id),
  check ((cause = 'concern') = (concern_id is not null)),
  check ((cause = 'asked') = (why_sealed is not null)),
  foreign key (partnership_id, closure_id) references context_closure,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, reopened_by) references account
);

do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['context_concern', 'context_assessment', 'context_guardian', 'context_spot', 'context_spot_said',
      'context_person', 'context_closure'] loop
    perform guard_by_agreement(t::regclass);
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  create policy context_reopening_of on context_reopening for select using (partnership_id = (select viewer_partnership())
    and exists (select from context_closure c where c.partnership_id = context_reopening.partnership_id and c.id = context_reopening.closure_id));
  alter table context_reopening enable row level security;
  alter table context_reopening force row level security;
  create policy context_reopening_kept on context_reopening for all using (partnership_id = (select system_partnership()));
  grant select, insert on context_reopening to trellis_app;
end
$$;

-- A context that is destroyed: its words went with its key; and a person who is erased leaves no tie behind.
create function forget_context_work() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['context_concern', 'context_assessment', 'context_guardian', 'context_spot', 'context_spot_said',
      'context_person', 'context_closure'] loop
    execute format('update %I set handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  update context_person set handling = 2, ended_at = coalesce(ended_at, new.erased_at)
    where partnership_id = new.partnership_id and person_id = new.id;
  return null;
end
$$;
create trigger context_work_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_context_work();
