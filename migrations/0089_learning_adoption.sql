-- A partnership takes up a finding of the library and tries it: what it will try and why, what it saw, what came of it.
create table adoption (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- Whose finding it is: another partnership's as a rule.
  finding_partnership_id uuid not null,
  finding_id uuid not null,
  agency_id uuid not null,
  trying text not null check (trying <> ''),
  hypothesis text not null check (hypothesis <> ''),
  starts_on date not null,
  -- The row below that the library shows of it.
  use_id uuid not null,
  adopted_by uuid not null,
  adopted_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (finding_partnership_id, finding_id) references library_finding,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, adopted_by) references account
);
create index adoption_finding on adoption (finding_partnership_id, finding_id);

-- Who owns it here: one at a time, of any agency.
create table adoption_owner (
  partnership_id uuid not null,
  id uuid not null,
  adoption_id uuid not null,
  agency_id uuid not null,
  owner_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, adoption_id) references adoption,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, owner_id) references account,
  foreign key (partnership_id, named_by) references account
);
create unique index adoption_owner_one on adoption_owner (partnership_id, adoption_id) where ended_at is null;
create index adoption_owner_account on adoption_owner (partnership_id, owner_id) where ended_at is null;

-- Whether the library may say which area it is. The latest counts.
create table adoption_naming (
  partnership_id uuid not null,
  id uuid not null,
  adoption_id uuid not null,
  agency_id uuid not null,
  agreed boolean not null,
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, adoption_id) references adoption,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create index adoption_naming_of on adoption_naming (partnership_id, adoption_id, said_at desc);

create table adoption_observation (
  partnership_id uuid not null,
  id uuid not null,
  adoption_id uuid not null,
  agency_id uuid not null,
  seen_on date not null,
  words text not null check (words <> ''),
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, adoption_id) references adoption,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, written_by) references account
);
create index adoption_observation_of on adoption_observation (partnership_id, adoption_id, seen_on);

-- What came of it. It may be looked at again: the latest counts, and the earlier stand beside it.
create table adoption_outcome (
  partnership_id uuid not null,
  id uuid not null,
  adoption_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('adopt', 'adapt', 'stop')),
  why text not null check (why <> ''),
  -- What other areas may read of it.
  told text not null,
  decided_on date not null,
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, adoption_id) references adoption,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, written_by) references account
);
create index adoption_outcome_of on adoption_outcome (partnership_id, adoption_id, decided_on desc, written_at desc);

-- Which findings a decision about a programme goes by: those that the partnership tries.
create table decision_finding (
  partnership_id uuid not null,
  decision_id uuid not null,
  adoption_id uuid not null,
  primary key (partnership_id, decision_id, adoption_id),
  foreign key (partnership_id, decision_id) references programme_decision,
  foreign key (partnership_id, adoption_id) references adoption
);

-- What anybody may know of it, and the partnership that wrote the finding before all. It belongs to that partnership, and
-- says which area took it up only where that area agreed; nothing in it leads back.
create table finding_use (
  partnership_id uuid not null references partnership,
  id uuid not null,
  finding_id uuid not null,
  area text not null,
  state text not null check (state in ('trying', 'adopt', 'adapt', 'stop')),
  told text not null,
  -- The first of the month.
  since date not null check (extract(day from since) = 1),
  data_class data_class not null default 'D0',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, finding_id) references library_finding
);
create index finding_use_of on finding_use (partnership_id, finding_id);

-- The adoptions that the viewer owns.
create function viewer_adoptions() returns setof uuid language sql stable parallel safe
  as $$ select adoption_id from adoption_owner where partnership_id = viewer_partnership() and owner_id = viewer_staff()
    and ended_at is null $$;

select guard_by_learning(name) from unnest(array['adoption', 'adoption_owner', 'adoption_naming', 'adoption_observation',
  'adoption_outcome', 'decision_finding']) as name;
create policy adoption_owner_own on adoption_owner for select
  using (partnership_id = (select viewer_partnership()) and owner_id = (select viewer_staff()) and ended_at is null);
create policy adoption_own on adoption for select
  using (partnership_id = (select viewer_partnership()) and id in (select viewer_adoptions()));
create policy adoption_observation_own on adoption_observation for select
  using (partnership_id = (select viewer_partnership()) and adoption_id in (select viewer_adoptions()));
create policy adoption_outcome_own on adoption_outcome for select
  using (partnership_id = (select viewer_partnership()) and adoption_id in (select viewer_adoptions()));

alter table finding_use enable row level security;
alter table finding_use force row level security;
-- A finding that is withdrawn takes with it what became of it.
create policy finding_use_seen on finding_use for select
  using (exists (select from library_finding f where f.partnership_id = finding_use.partnership_id and f.id = finding_use.finding_id));
create policy finding_use_kept on finding_use for all using (partnership_id = (select system_partnership()));
grant select, insert, update on finding_use to trellis_app;
