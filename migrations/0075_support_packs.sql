-- Referral packs: what somebody prepares, with the person, for a process outside. Trellis sends none of it. The answers of
-- a pack are written (0068); here is that there is one, what it was filled in from, what the person says to it, and what
-- became of it. Beside it stand the pointer to a specialist process, which is all that is kept of one, and the register of
-- what is done to stop whoever does the harm.
create table pack (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  kind text not null check (kind in ('nrm')),
  started_by uuid not null,
  started_at timestamptz not null,
  -- The National Referral Mechanism is sensitive by the agreement's own list.
  data_class data_class not null default 'D6',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, started_by) references account
);
create index pack_of on pack (partnership_id, subject_id, started_at desc);

-- Which answers were begun with what was known already, and from where.
create table pack_prefill (
  partnership_id uuid not null,
  id uuid not null,
  pack_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  field text not null,
  source text not null check (source in ('account', 'reference', 'birthday', 'identity')),
  source_at timestamptz not null,
  data_class data_class not null default 'D6',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, pack_id, field),
  foreign key (partnership_id, pack_id) references pack,
  foreign key (partnership_id, agency_id) references agency
);

-- What the person says: to being referred, or to staying in it from 18. The latest of each counts.
create table pack_consent (
  partnership_id uuid not null,
  id uuid not null,
  pack_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  about text not null check (about in ('referral', 'at 18')),
  answer text not null check (answer in ('given', 'refused')),
  wants_support text check (wants_support in ('yes', 'no', 'not known')),
  -- How it was explained, by whom and in which language, and what they said.
  words_sealed bytea not null,
  key_id uuid not null,
  asked_on date not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D6',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, pack_id) references pack,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index pack_consent_of on pack_consent (partnership_id, pack_id, entered_at desc);

-- What became of it: that a person sent it, its reference, each decision, a reconsideration.
create table pack_outcome (
  partnership_id uuid not null,
  id uuid not null,
  pack_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  what text not null check (what in ('sent', 'duty to notify sent', 'reasonable grounds', 'conclusive grounds',
    'reconsideration asked', 'reconsidered', 'withdrawn')),
  outcome text check (outcome in ('positive', 'negative', 'suspended')),
  on_date date not null,
  reference_sealed bytea,
  words_sealed bytea,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D6',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((outcome is not null) = (what in ('reasonable grounds', 'conclusive grounds', 'reconsidered'))),
  foreign key (partnership_id, pack_id) references pack,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index pack_outcome_of on pack_outcome (partnership_id, pack_id, on_date);

-- A specialist process that runs beside this one: whom to ask, and nothing else. What it is stays where it is.
create table specialist_pointer (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  contact_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((ended_by is null) = (ended_at is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account,
  foreign key (partnership_id, ended_by) references account
);
create index specialist_pointer_of on specialist_pointer (partnership_id, subject_id);

-- What is used to stop whoever does the harm, and at whom or what it is aimed.
create table disruption (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  tool text not null,
  aim_sealed bytea not null,
  grounds_sealed bytea not null,
  applied_by_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  -- For the circle, as the part of a plan that it belongs to.
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index disruption_of on disruption (partnership_id, subject_id);

-- Each step of it. Each time it is asked what the person says, who might be harmed, and whether it could make a criminal
-- of whom it is meant to protect.
create table disruption_step (
  partnership_id uuid not null,
  id uuid not null,
  disruption_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  step text not null check (step in ('thought about', 'applied for', 'granted', 'refused', 'breached', 'ended', 'not used')),
  on_date date not null,
  until_on date,
  words_sealed bytea,
  -- What the person says, or why they were not asked: one of the two.
  view_sealed bytea,
  unheard_sealed bytea,
  harmed_sealed bytea not null,
  criminalise text not null check (criminalise in ('no', 'it could', 'not known')),
  criminalise_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((view_sealed is null) <> (unheard_sealed is null)),
  foreign key (partnership_id, disruption_id) references disruption,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index disruption_step_of on disruption_step (partnership_id, disruption_id, entered_at);

do $$
declare t text;
begin
  foreach t in array array['pack', 'specialist_pointer', 'disruption'] loop
    perform guard_by_agreement(t::regclass);
  end loop;
  foreach t in array array['pack_prefill', 'pack_consent', 'pack_outcome'] loop
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())'
      || ' and exists (select from pack p where p.partnership_id = %I.partnership_id and p.id = %I.pack_id))', t || '_of', t, t, t);
  end loop;
  create policy disruption_step_of on disruption_step for select using (partnership_id = (select viewer_partnership())
    and exists (select from disruption d where d.partnership_id = disruption_step.partnership_id and d.id = disruption_step.disruption_id));
  foreach t in array array['pack_prefill', 'pack_consent', 'pack_outcome', 'disruption_step'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  foreach t in array array['pack', 'pack_prefill', 'pack_consent', 'pack_outcome', 'specialist_pointer', 'disruption', 'disruption_step'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

-- A person who is erased: their words went with their key; what lies open beside them goes here, in the same statement.
create function forget_packs() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['pack', 'specialist_pointer', 'disruption'] loop
    execute format('update %I set adult_from = null, handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  return null;
end
$$;
create trigger packs_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_packs();

do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['pack', 'specialist_pointer', 'disruption'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''pack''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;

-- Without names, as the quarterly figures count them.
create view pack_facts with (security_invoker) as
  select p.partnership_id, p.kind, p.started_at, p.data_class,
    (select min(o.on_date) from pack_outcome o where o.partnership_id = p.partnership_id and o.pack_id = p.id and o.what = 'sent') as sent_on,
    (select min(o.on_date) from pack_outcome o where o.partnership_id = p.partnership_id and o.pack_id = p.id
      and o.what = 'duty to notify sent') as notified_on,
    (select o.outcome from pack_outcome o where o.partnership_id = p.partnership_id and o.pack_id = p.id
      and o.what = 'reasonable grounds' order by o.on_date desc limit 1) as reasonable_grounds,
    (select o.outcome from pack_outcome o where o.partnership_id = p.partnership_id and o.pack_id = p.id
      and o.what = 'conclusive grounds' order by o.on_date desc limit 1) as conclusive_grounds
  from pack p;
grant select on pack_facts to trellis_app;
