-- Who matters to a person: family, friends, workers and others, as they say it. Each row is one version of one tie; what
-- was said before stays, and is replaced. A tie that is over gets an end, and is never deleted.
create table relationship (
  partnership_id uuid not null,
  id uuid not null,
  -- The first version of the same tie: its own id on that first one.
  tie_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  kind text not null,
  -- Whom it is with: somebody by name, somebody with a record of their own, or a worker.
  name_sealed bytea,
  other_subject_id uuid,
  staff_id uuid,
  -- The tie by which they are family: whose mother, whose child.
  through_id uuid,
  gender text not null,
  born_year smallint check (born_year between 1850 and 2200),
  died_year smallint check (died_year between 1850 and 2200),
  has_died boolean not null default false,
  effect text not null,
  words_sealed bytea,
  strength text not null,
  contact text not null,
  lives_with boolean not null,
  since_year smallint check (since_year between 1850 and 2200),
  continuity text not null,
  continuity_why_sealed bytea,
  -- Who says all this.
  said_by text not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (num_nonnulls(name_sealed, other_subject_id, staff_id) = 1),
  check (other_subject_id is distinct from subject_id),
  -- The person is quoted or not spoken for.
  check (said_by <> 'the person' or words_sealed is not null),
  check (continuity <> 'may be lost' or continuity_why_sealed is not null),
  check (died_year is null or has_died),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, other_subject_id) references subject,
  foreign key (partnership_id, staff_id) references account,
  foreign key (partnership_id, tie_id) references relationship,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index relationship_of on relationship (partnership_id, subject_id) where replaced_at is null;
create unique index relationship_standing on relationship (partnership_id, tie_id) where replaced_at is null;

create table relationship_end (
  partnership_id uuid not null,
  id uuid not null,
  tie_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  until_on date not null,
  why_sealed bytea not null,
  key_id uuid not null,
  said_by text not null,
  ended_by uuid not null,
  ended_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, tie_id),
  foreign key (partnership_id, tie_id) references relationship,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, ended_by) references account
);

-- The trusted adult whom the person chose, who steps in for them, and when both are asked about again. Of a worker it is
-- as much as a directory says; of somebody else it says who somebody is.
create table trusted_choice (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  staff_id uuid,
  name_sealed bytea,
  tie_id uuid,
  how text not null,
  backup_staff_id uuid,
  backup_name_sealed bytea,
  backup_tie_id uuid,
  review_on date not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null,
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((staff_id is null) <> (name_sealed is null)),
  check (backup_staff_id is null or backup_name_sealed is null),
  check (data_class = case when name_sealed is null and backup_name_sealed is null then 'D2' else 'D3' end::data_class),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, staff_id) references account,
  foreign key (partnership_id, backup_staff_id) references account,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create unique index trusted_choice_standing on trusted_choice (partnership_id, subject_id) where replaced_at is null;

-- How we know that they chose: in their words, which are not for everybody who may know whom.
create table trusted_word (
  partnership_id uuid not null,
  id uuid not null,
  choice_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  words_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, choice_id) references trusted_choice,
  foreign key (partnership_id, agency_id) references agency
);
create index trusted_word_of on trusted_word (partnership_id, subject_id);

-- The day on which somebody's part is going to end. The latest row counts; without a day it is not going to any more.
create table planned_ending (
  partnership_id uuid not null,
  id uuid not null,
  involvement_id uuid not null,
  subject_id uuid not null,
  -- The agency of whoever's part it is, as of the part itself.
  agency_id uuid not null,
  ends_on date,
  said_by uuid not null,
  said_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create unique index planned_ending_standing on planned_ending (partnership_id, involvement_id) where replaced_at is null;
create index planned_ending_of on planned_ending (partnership_id, subject_id) where replaced_at is null;

-- That whoever leads and the trusted adult were told before a worker who protects goes; each of them once for a day.
create table ending_notice (
  partnership_id uuid not null,
  id uuid not null,
  involvement_id uuid not null,
  subject_id uuid not null,
  -- Of whoever is told.
  agency_id uuid not null,
  staff_id uuid not null,
  cause text not null check (cause in ('planned', 'account closed')),
  ends_on date not null,
  told_at timestamptz not null,
  read_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, involvement_id, staff_id, cause, ends_on),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, staff_id) references account
);
create index ending_notice_unread on ending_notice (partnership_id, staff_id) where read_at is null;

do $$
declare t text;
begin
  foreach t in array array['relationship', 'trusted_choice', 'trusted_word'] loop
    perform guard_by_agreement(t::regclass);
  end loop;
  -- Somebody else's record is not opened, nor hinted at, through a tie to it: who may not see them has no such tie.
  create policy relationship_other on relationship as restrictive for select using (
    partnership_id = (select system_partnership()) or other_subject_id is null
    or exists (select from subject s where s.partnership_id = relationship.partnership_id and s.id = relationship.other_subject_id));
  create policy relationship_end_of on relationship_end for select using (partnership_id = (select viewer_partnership())
    and exists (select from relationship r where r.partnership_id = relationship_end.partnership_id and r.id = relationship_end.tie_id));
  create policy ending_notice_own on ending_notice for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = 'staff' and staff_id = (select viewer_staff()));
  foreach t in array array['relationship_end', 'planned_ending', 'ending_notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  foreach t in array array['relationship', 'relationship_end', 'trusted_choice', 'trusted_word', 'planned_ending', 'ending_notice'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

-- Other rooms' files write the same view and list, so this adds to whatever stands.
do $$
declare t text;
declare facts text := rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ');
begin
  foreach t in array array['relationship', 'trusted_choice', 'trusted_word'] loop
    facts := facts || format(' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from %I', t);
  end loop;
  execute 'create or replace view subjects_facts with (security_invoker) as ' || facts;
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''relationship''::text, ''trusted adult''::text, ''handover''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;
