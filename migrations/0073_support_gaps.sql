-- Thresholds not met: that a legal or service test was not met, which, who decided it and why; and always what was offered
-- instead. One from a decision about a concern says what was offered there, which is never empty.
create table threshold (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid,
  concern_id uuid,
  decision_id uuid,
  agency_id uuid not null,
  adult_from date,
  -- A code of content/thresholds.json.
  test text not null,
  decided_agency_id uuid not null,
  decided_on date not null,
  -- In years, as wide as counts without names need it.
  age_band text not null,
  -- A code of the types of exploitation; null where it was not said.
  exploitation text,
  why_sealed bytea,
  -- The alternative: a code, and for one written by hand what it is, by whom and from when. There is no 'nothing'.
  offer text not null check (offer not in ('', 'none', 'nothing', 'no further action')),
  offered_sealed bytea,
  key_id uuid,
  entered_by uuid,
  entered_at timestamptz not null,
  -- Another decision about the concern took its place.
  ended_at timestamptz,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  constraint threshold_about_one check (num_nonnulls(subject_id, decision_id) = 1 and (decision_id is null) = (concern_id is null)),
  constraint threshold_carries_an_offer check (decision_id is not null or offered_sealed is not null and why_sealed is not null and key_id is not null),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, decision_id) references decision,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, decided_agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index threshold_of on threshold (partnership_id, subject_id) where subject_id is not null;
create unique index threshold_decided on threshold (partnership_id, decision_id, test) where decision_id is not null;
create index threshold_concern on threshold (partnership_id, concern_id) where concern_id is not null;

-- Two agencies do not agree who carries something for a person, or about a concern. Meanwhile somebody holds it, by name:
-- never nobody.
create table boundary_dispute (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid,
  concern_id uuid,
  -- Whose worker logged it, and with whom they do not agree.
  agency_id uuid not null,
  other_agency_id uuid not null,
  adult_from date,
  about text not null,
  words_sealed bytea not null,
  -- What the other says, as far as it is known.
  other_words_sealed bytea,
  key_id uuid not null,
  holder_id uuid,
  holder_name_sealed bytea,
  holder_agency_id uuid not null,
  answer_by date not null,
  raised_by uuid not null,
  raised_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  constraint boundary_dispute_about_one check (num_nonnulls(subject_id, concern_id) = 1),
  constraint boundary_dispute_held check ((holder_id is null) <> (holder_name_sealed is null)),
  check (other_agency_id <> agency_id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, other_agency_id) references agency,
  foreign key (partnership_id, holder_agency_id) references agency,
  foreign key (partnership_id, holder_id) references account,
  foreign key (partnership_id, raised_by) references account
);
create index boundary_dispute_subject on boundary_dispute (partnership_id, subject_id) where subject_id is not null;
create index boundary_dispute_agency on boundary_dispute (partnership_id, agency_id);
create index boundary_dispute_other on boundary_dispute (partnership_id, other_agency_id);

-- What came of it: somebody said more, the clock told managers and then the guardian, and it was resolved with words.
create table boundary_step (
  partnership_id uuid not null,
  id uuid not null,
  dispute_id uuid not null,
  subject_id uuid,
  agency_id uuid not null,
  step text not null check (step in ('said', 'to managers', 'to guardian', 'resolved')),
  words_sealed bytea,
  key_id uuid,
  -- Null where the clock took it.
  taken_by uuid,
  taken_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  check ((step in ('to managers', 'to guardian')) = (taken_by is null)),
  check (taken_by is null or words_sealed is not null and key_id is not null),
  foreign key (partnership_id, dispute_id) references boundary_dispute,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, taken_by) references account
);
create unique index boundary_step_once on boundary_step (partnership_id, dispute_id, step) where step <> 'said';
create index boundary_step_of on boundary_step (partnership_id, dispute_id, taken_at);

-- What is about a concern goes by who sees the concern: its handling keeps it from the agreement's own rule, which needs a person.
alter table threshold add check (subject_id is not null or handling <> '0');
alter table boundary_dispute add check (subject_id is not null or handling <> '0');
do $$
declare t text;
begin
  perform guard_by_agreement('threshold');
  perform guard_by_agreement('boundary_dispute');
  create policy threshold_of_decision on threshold for select using (partnership_id = (select viewer_partnership())
    and exists (select from decision d where d.partnership_id = threshold.partnership_id and d.id = threshold.decision_id));
  create policy boundary_dispute_of_concern on boundary_dispute for select using (partnership_id = (select viewer_partnership())
    and exists (select from concern c where c.partnership_id = boundary_dispute.partnership_id and c.id = boundary_dispute.concern_id));
  create policy boundary_step_of on boundary_step for select using (partnership_id = (select viewer_partnership())
    and exists (select from boundary_dispute d where d.partnership_id = boundary_step.partnership_id and d.id = boundary_step.dispute_id));
  alter table boundary_step enable row level security;
  alter table boundary_step force row level security;
  create policy boundary_step_kept on boundary_step for all using (partnership_id = (select system_partnership()));
  foreach t in array array['threshold', 'boundary_dispute', 'boundary_step'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

create function forget_boundaries() returns trigger language plpgsql as $$
declare t text;
begin
  foreach t in array array['threshold', 'boundary_dispute'] loop
    execute format('update %I set adult_from = null, handling = 2 where partnership_id = $1 and subject_id = $2', t)
      using new.partnership_id, new.id;
  end loop;
  return null;
end
$$;
create trigger boundaries_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_boundaries();

do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['threshold', 'boundary_dispute'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I where subject_id is not null', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''threshold''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;

-- Without names, for commissioning: what was not met, by age and type, and what was offered instead.
create view support_facts with (security_invoker) as
  select partnership_id, 'threshold not met' as what, test, age_band, exploitation, offer, decided_agency_id,
    date_trunc('quarter', decided_on)::date as quarter, data_class
  from threshold where ended_at is null;
grant select on support_facts to trellis_app;

-- The list of gaps begins from the people an agency works with now.
create index involvement_agency on involvement (partnership_id, agency_id, to_at);
