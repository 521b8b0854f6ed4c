-- What somebody found should be done, who does not keep the plan: said in a conversation after somebody came back, or
-- decided in a meeting from outside the circle. It waits beside the plan until one of the circle takes it on or says why not.
create table plan_proposal (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  source text not null check (source in ('return conversation', 'meeting')),
  -- The conversation or the decision that it came from.
  source_id uuid not null,
  words_sealed bytea not null,
  key_id uuid not null,
  -- What a meeting said besides: of which part of the plan, who was thought of, and by when.
  part text,
  owner_id uuid,
  owner_name_sealed bytea,
  owner_agency_id uuid,
  due_on date,
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  check (owner_id is null or owner_name_sealed is null),
  check (owner_agency_id is not null or owner_id is null and owner_name_sealed is null),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, owner_agency_id) references agency,
  foreign key (partnership_id, owner_id) references account,
  foreign key (partnership_id, proposed_by) references account
);
create index plan_proposal_of on plan_proposal (partnership_id, subject_id);

-- Once: it is an action of the plan from here on, or somebody of the circle says why not.
create table plan_proposal_answer (
  partnership_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  action_id uuid,
  why_sealed bytea,
  key_id uuid,
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  unique (partnership_id, proposal_id),
  check ((action_id is null) <> (why_sealed is null)),
  check ((why_sealed is null) = (key_id is null)),
  foreign key (partnership_id, proposal_id) references plan_proposal,
  foreign key (partnership_id, action_id) references plan_action,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, answered_by) references account
);

alter table panel_decision add column proposal_id uuid;
alter table panel_decision add check (proposal_id is null or action_id is null and entry_id is null);

do $$
begin
  perform guard_by_agreement('plan_proposal');
  create policy plan_proposal_answer_of on plan_proposal_answer for select using (partnership_id = (select viewer_partnership())
    and exists (select from plan_proposal p where p.partnership_id = plan_proposal_answer.partnership_id
      and p.id = plan_proposal_answer.proposal_id));
  alter table plan_proposal_answer enable row level security;
  alter table plan_proposal_answer force row level security;
  create policy plan_proposal_answer_kept on plan_proposal_answer for all using (partnership_id = (select system_partnership()));
  grant select, insert, update on plan_proposal, plan_proposal_answer to trellis_app;
end
$$;

-- A person who is erased: the words went with their key; what lies open beside them goes here, in the same statement.
create function forget_plan_proposals() returns trigger language plpgsql as $$
begin
  update plan_proposal set adult_from = null, handling = 2 where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
create trigger plan_proposals_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_plan_proposals();

do $$
begin
  execute 'create or replace view subjects_facts with (security_invoker) as '
    || rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ')
    || ' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from plan_proposal';
end
$$;

-- By when the conversation is to be held, by the clock that counted on the day they were back: what is counted as in time
-- goes by the same list as what the page says. Those from before there was a column had the 72 hours of the guidance.
alter table missing_episode add column talk_by timestamptz;
update missing_episode set talk_by = ended_at + interval '72 hours' where ended_at is not null;
create or replace view missing_facts with (security_invoker) as
  select e.partnership_id, e.started_at, e.ended_at, e.absence, e.looked_after, e.data_class,
    exists (select from missing_offer o where o.partnership_id = e.partnership_id and o.episode_id = e.id) as offered,
    exists (select from missing_offer o where o.partnership_id = e.partnership_id and o.episode_id = e.id
      and o.answer = 'accepted') as accepted,
    exists (select from missing_talk t where t.partnership_id = e.partnership_id and t.episode_id = e.id
      and t.held_at <= e.talk_by) as in_time,
    e.adult_from > e.started_at::date and e.adult_from <= coalesce(e.ended_at, now())::date as turned_eighteen
  from missing_episode e;
