-- What was agreed, as the person reads it on their own page: never what is kept from them, and never what was said of an
-- action along the way.
create policy plan_own on plan for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('plan')) and handling = 0);
create policy plan_goal_own on plan_goal for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('plan')) and handling = 0);
create policy plan_action_own on plan_action for select using (partnership_id = (select viewer_partnership())
  and subject_id = (select viewer_subject()) and (select viewer_section('plan')) and handling = 0);

-- "I don't agree" with a line of the plan, from their own page: it stands beside that line for everybody who sees it.
create table plan_disagreement (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose worker wrote the line.
  agency_id uuid not null,
  goal_id uuid,
  action_id uuid,
  words_sealed bytea not null,
  key_id uuid not null,
  said_at timestamptz not null,
  due_on date not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  check ((goal_id is null) <> (action_id is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, goal_id) references plan_goal,
  foreign key (partnership_id, action_id) references plan_action
);
create index plan_disagreement_of on plan_disagreement (partnership_id, subject_id);

create table plan_disagreement_answer (
  partnership_id uuid not null,
  id uuid not null,
  disagreement_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  words_sealed bytea not null,
  key_id uuid not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  unique (partnership_id, disagreement_id),
  foreign key (partnership_id, disagreement_id) references plan_disagreement,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, answered_by) references account
);

do $$
declare t text;
begin
  create policy plan_disagreement_goal on plan_disagreement for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_goal g where g.partnership_id = plan_disagreement.partnership_id and g.id = plan_disagreement.goal_id));
  create policy plan_disagreement_action on plan_disagreement for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_action a where a.partnership_id = plan_disagreement.partnership_id and a.id = plan_disagreement.action_id));
  create policy plan_disagreement_answer_of on plan_disagreement_answer for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_disagreement d where d.partnership_id = plan_disagreement_answer.partnership_id and d.id = plan_disagreement_answer.disagreement_id));
  foreach t in array array['plan_disagreement', 'plan_disagreement_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
