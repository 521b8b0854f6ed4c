-- Through 18: one record and two legal frames, from 16. Tasks come by age, from content/transition.json; each is carried by
-- somebody on the children's side and somebody on the adults' side together. Nothing here closes anything.

-- The day on which somebody born on a day is so many months old. A birthday of 29 February is on 1 March where there is
-- none (England and Wales), as in the room of subjects; a month without the day ends on its last.
create function age_day(born date, months int) returns date language sql immutable parallel safe
  return case when months % 12 = 0 and to_char(born, 'MMDD') = '0229' and to_char(born + make_interval(months => months), 'MMDD') = '0228'
    then (born + make_interval(months => months))::date + 1 else (born + make_interval(months => months))::date end;

-- Every night asks who is between 16 and 25.
create index subject_turning on subject (partnership_id, adult_from) where adult_from is not null;

create table transition_task (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose record it is: no worker makes a task, the day does.
  agency_id uuid not null,
  adult_from date,
  code text not null,
  -- The birthday or month that called for it, and the day by which it is to be done.
  falls_on date not null,
  due_on date not null,
  made_at timestamptz not null,
  data_class data_class not null,
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, subject_id, code),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);

-- What became of a task; the latest counts.
create table transition_answer (
  partnership_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('done', 'not needed', 'open again')),
  -- Where a task asks a question, such as whether they consent: one of its answers.
  answer text,
  words_sealed bytea,
  key_id uuid not null,
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null,
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (words_sealed is not null or outcome = 'done' and answer is null),
  foreign key (partnership_id, task_id) references transition_task,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create index transition_answer_of on transition_answer (partnership_id, task_id, said_at desc);

-- Who carries it over 18 on either side: for all tasks, or for one. A person, never an agency alone.
create table transition_owner (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  side text not null check (side in ('child', 'adult')),
  task_id uuid,
  owner_id uuid,
  owner_name_sealed bytea,
  owner_agency_id uuid not null,
  key_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((owner_id is null) <> (owner_name_sealed is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, owner_agency_id) references agency,
  foreign key (partnership_id, owner_id) references account,
  foreign key (partnership_id, task_id) references transition_task,
  foreign key (partnership_id, named_by) references account
);
create unique index transition_owner_live on transition_owner (partnership_id, subject_id, side, task_id) nulls not distinct
  where ended_at is null;

-- What is so for them and calls for tasks of its own: looked after, an education plan, an open referral.
create table transition_circumstance (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  code text not null,
  said_by uuid not null,
  said_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null,
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((ended_by is null) = (ended_at is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create unique index transition_circumstance_live on transition_circumstance (partnership_id, subject_id, code) where ended_at is null;

do $$
declare t text;
begin
  foreach t in array array['transition_task', 'transition_owner', 'transition_circumstance'] loop
    perform guard_by_agreement(t::regclass);
  end loop;
  create policy transition_answer_of on transition_answer for select using (partnership_id = (select viewer_partnership())
    and exists (select from transition_task t where t.partnership_id = transition_answer.partnership_id and t.id = transition_answer.task_id));
  alter table transition_answer enable row level security;
  alter table transition_answer force row level security;
  create policy transition_answer_kept on transition_answer for all using (partnership_id = (select system_partnership()));
  foreach t in array array['transition_task', 'transition_answer', 'transition_owner', 'transition_circumstance'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

-- A person who is erased: the days that would tell their birthday go in the same statement.
create function forget_transition() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['transition_task', 'transition_owner', 'transition_circumstance'] loop
    execute format('update %I set adult_from = null, handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  update transition_task set falls_on = '1900-01-01', due_on = '1900-01-01'
    where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
create trigger transition_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_transition();

do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['transition_task', 'transition_owner', 'transition_circumstance'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''transition''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;
