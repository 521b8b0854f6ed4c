-- One plan for one person, from the first worry to after 18. What they want stands beside what protects them; each action
-- has one owner, who is a person, and one day. What became of it is rows.
create table plan (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose worker began it.
  agency_id uuid not null,
  adult_from date,
  -- What sort it began as: it decides when the first review is. Each review says what it is from then on.
  kind text not null,
  review_on date not null,
  started_by uuid not null,
  started_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, subject_id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, started_by) references account
);

create table plan_goal (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  part text not null,
  -- What they want, in their words; or what keeps them safe, in ours.
  whose text not null check (whose in ('own', 'protection')),
  words_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index plan_goal_of on plan_goal (partnership_id, subject_id);

create table plan_goal_end (
  partnership_id uuid not null,
  id uuid not null,
  goal_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('reached', 'changed', 'given up')),
  why_sealed bytea not null,
  key_id uuid not null,
  ended_by uuid not null,
  ended_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  unique (partnership_id, goal_id),
  foreign key (partnership_id, goal_id) references plan_goal,
  foreign key (partnership_id, agency_id) references agency
);

create table plan_action (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose worker wrote it down.
  agency_id uuid not null,
  adult_from date,
  part text not null,
  goal_id uuid,
  words_sealed bytea not null,
  key_id uuid not null,
  -- Exactly one owner: somebody with an account, or somebody by name at an agency. An agency alone owns nothing.
  owner_id uuid,
  owner_name_sealed bytea,
  owner_agency_id uuid not null,
  due_on date not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  check ((owner_id is null) <> (owner_name_sealed is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, owner_agency_id) references agency,
  foreign key (partnership_id, owner_id) references account,
  foreign key (partnership_id, goal_id) references plan_goal
);
create index plan_action_of on plan_action (partnership_id, subject_id);
create index plan_action_owner on plan_action (partnership_id, owner_id, due_on) where owner_id is not null;

-- What became of an action: given to somebody, stuck, its smallest next step, done or not done. The latest counts.
create table plan_progress (
  partnership_id uuid not null,
  id uuid not null,
  action_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  said text not null check (said in ('given', 'stuck', 'next step', 'done', 'not done', 'open again')),
  words_sealed bytea,
  key_id uuid not null,
  owner_id uuid,
  owner_name_sealed bytea,
  owner_agency_id uuid,
  -- The day that counts from here on.
  due_on date,
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  -- Only what is done needs no words; who has it first needs none either.
  check (words_sealed is not null or said in ('given', 'done')),
  check (said not in ('given', 'next step', 'open again') or due_on is not null),
  check (said <> 'given' or owner_agency_id is not null and (owner_id is null) <> (owner_name_sealed is null)),
  foreign key (partnership_id, action_id) references plan_action,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create index plan_progress_of on plan_progress (partnership_id, action_id, said_at desc);

create table plan_review (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  -- What sort of plan it is from here on.
  kind text not null,
  held_on date not null,
  next_on date not null,
  changed_sealed bytea not null,
  -- What the person says, or why they were not heard: one of the two.
  view_sealed bytea,
  unheard_sealed bytea,
  decisions_sealed bytea not null,
  key_id uuid not null,
  held_by uuid not null,
  held_at timestamptz not null,
  data_class data_class not null default 'D5',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((view_sealed is null) <> (unheard_sealed is null)),
  check (next_on > held_on),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, held_by) references account
);
create index plan_review_of on plan_review (partnership_id, subject_id, held_at desc);

do $$
declare t text;
begin
  foreach t in array array['plan', 'plan_goal', 'plan_action', 'plan_review'] loop
    perform guard_by_agreement(t::regclass);
  end loop;
  create policy plan_goal_end_of on plan_goal_end for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_goal g where g.partnership_id = plan_goal_end.partnership_id and g.id = plan_goal_end.goal_id));
  create policy plan_progress_of on plan_progress for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_action a where a.partnership_id = plan_progress.partnership_id and a.id = plan_progress.action_id));
  foreach t in array array['plan_goal_end', 'plan_progress'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  foreach t in array array['plan', 'plan_goal', 'plan_goal_end', 'plan_action', 'plan_progress', 'plan_review'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

-- What an agency has to do it was told, by the name of whoever does it: it sees that action while it works with the
-- person, whatever class it is of. Nobody who is too close to the person does.
create policy plan_action_owned on plan_action for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and owner_agency_id = (select viewer_agency()) and handling < 2
  and ((select viewer_ties()) ->> subject_id::text) is distinct from '-1'
  and exists (select from involvement i where i.partnership_id = plan_action.partnership_id
    and i.subject_id = plan_action.subject_id and i.agency_id = (select viewer_agency())
    and i.from_at <= (select viewer_now()) and (i.to_at is null or i.to_at > (select viewer_now()))));

-- A person who is erased: their words went with their key; what lies open beside them goes here, in the same statement.
create function forget_plan() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['plan', 'plan_goal', 'plan_action', 'plan_review'] loop
    execute format('update %I set adult_from = null, handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  return null;
end
$$;
create trigger plan_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_plan();

-- The plan is held about the person: it counts among what each agency supplied, and belongs in what the person is given.
-- Other rooms' files write the same view and list, so this adds to whatever stands.
do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['plan', 'plan_goal', 'plan_action', 'plan_review'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''plan''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;
