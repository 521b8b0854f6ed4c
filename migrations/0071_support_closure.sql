-- Step-down as a ladder. Each step is a row: down with what a person answers in words, up with a reason and nothing more.
create table plan_step (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  way text not null check (way in ('down', 'up')),
  to_rung text not null,
  -- Is it safer, and how is that known? Who stays? What would show that it is coming back? What is the one step back?
  safer_sealed bytea,
  stays_sealed bytea,
  signs_sealed bytea,
  back_sealed bytea,
  -- Up again.
  why_sealed bytea,
  key_id uuid not null,
  taken_by uuid not null,
  taken_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (way = 'up' or (safer_sealed is not null and stays_sealed is not null and signs_sealed is not null and back_sealed is not null)),
  check (way = 'down' or why_sealed is not null),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, taken_by) references account
);
create index plan_step_of on plan_step (partnership_id, subject_id, taken_at desc);

-- Closed with watch: a named keeper until a day. Nothing in the product writes one: no birthday, threshold or clock.
create table plan_closure (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  keeper_id uuid not null,
  until_on date not null,
  stays_sealed bytea not null,
  -- What the person says, or why they were not heard: one of the two.
  view_sealed bytea,
  unheard_sealed bytea,
  signs_sealed bytea not null,
  instead_sealed bytea not null,
  key_id uuid not null,
  -- So near the eighteenth birthday that a second person has to say yes, and that it is counted as a cliff edge.
  near_eighteen boolean not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  -- From when it counts: null until the second person has said yes.
  closed_at timestamptz,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((view_sealed is null) <> (unheard_sealed is null)),
  check (near_eighteen or closed_at is not null),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, keeper_id) references account,
  foreign key (partnership_id, asked_by) references account
);
create unique index plan_closure_standing on plan_closure (partnership_id, subject_id) where ended_at is null;
create index plan_closure_of on plan_closure (partnership_id, subject_id, asked_at desc);

-- The second person's answer, with its reason. Whoever asked is not the second.
create table plan_closure_second (
  partnership_id uuid not null,
  id uuid not null,
  closure_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  answer text not null check (answer in ('yes', 'no')),
  why_sealed bytea not null,
  key_id uuid not null,
  asked_by uuid not null,
  answered_by uuid not null check (answered_by <> asked_by),
  answered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, closure_id),
  foreign key (partnership_id, closure_id) references plan_closure,
  foreign key (partnership_id, agency_id) references agency
);

create table plan_reopening (
  partnership_id uuid not null,
  id uuid not null,
  closure_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  cause text not null check (cause in ('concern', 'asked')),
  concern_id uuid,
  why_sealed bytea,
  key_id uuid,
  -- Null where a concern reopened it.
  reopened_by uuid,
  reopened_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, closure_id),
  check ((cause = 'concern') = (concern_id is not null)),
  check ((cause = 'asked') = (reopened_by is not null and why_sealed is not null)),
  foreign key (partnership_id, closure_id) references plan_closure,
  foreign key (partnership_id, agency_id) references agency
);

-- What the keeper, the lead and the trusted adult are told: that it is open again, or a question whether a concern that
-- came in is about the person. Nothing of what the concern says.
create table plan_notice (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  kind text not null check (kind in ('open again', 'may be about them')),
  closure_id uuid not null,
  -- What it was about, so that nobody is told twice.
  concern_id uuid,
  told_at timestamptz not null,
  read_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique nulls not distinct (partnership_id, staff_id, kind, closure_id, concern_id),
  foreign key (partnership_id, closure_id) references plan_closure,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, staff_id) references account
);
create index plan_notice_unread on plan_notice (partnership_id, staff_id) where read_at is null;

do $$
declare t text;
begin
  perform guard_by_agreement('plan_step');
  perform guard_by_agreement('plan_closure');
  create policy plan_closure_second_of on plan_closure_second for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_closure c where c.partnership_id = plan_closure_second.partnership_id and c.id = plan_closure_second.closure_id));
  create policy plan_reopening_of on plan_reopening for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_closure c where c.partnership_id = plan_reopening.partnership_id and c.id = plan_reopening.closure_id));
  create policy plan_notice_own on plan_notice for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = 'staff' and staff_id = (select viewer_staff()));
  foreach t in array array['plan_closure_second', 'plan_reopening', 'plan_notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  foreach t in array array['plan_step', 'plan_closure', 'plan_closure_second', 'plan_reopening', 'plan_notice'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

-- A review is seen by whoever sees the plan, as what the person says elsewhere is.
alter table plan_review alter column data_class set default 'D4';

create or replace function forget_plan() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['plan', 'plan_goal', 'plan_action', 'plan_review', 'plan_step', 'plan_closure'] loop
    execute format('update %I set adult_from = null, handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  return null;
end
$$;

do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['plan_step', 'plan_closure'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
end
$$;

-- Without names, for counting cliff edges: closed so near eighteen, and whether it was opened again.
create view closure_facts with (security_invoker) as
  select c.partnership_id, c.closed_at, c.near_eighteen, c.data_class,
    exists (select from plan_reopening r where r.partnership_id = c.partnership_id and r.closure_id = c.id) as reopened
  from plan_closure c where c.closed_at is not null;
grant select on closure_facts to trellis_app;
