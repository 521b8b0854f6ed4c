-- The information sharing agreement as rows: who signed what, which clause lets whom see which class of data and why.
-- What the policies of every room read is compiled from these rows (effective_grant, effective_bar) when they change.

-- Purposes, lawful bases, conditions, gateways, data classes and obligations. The law changes: rows are dated.
create table sharing_code (
  partnership_id uuid not null references partnership,
  list text not null check (list in ('purpose', 'basis', 'condition', 'gateway', 'class', 'obligation')),
  code text not null,
  label text not null,
  note text not null default '',
  position integer not null default 0,
  valid_from date not null default '1900-01-01',
  -- The last day.
  valid_to date,
  -- Whether somebody answerable for the law here has confirmed the words.
  checked boolean not null default false,
  primary key (partnership_id, list, code, valid_from),
  check (valid_to >= valid_from)
);

create table agreement (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  title text not null,
  -- 1 overarching, 2 for one purpose: whoever signs the second must have signed the first.
  tier smallint not null check (tier in (1, 2)),
  under_id uuid,
  primary key (partnership_id, id),
  unique (partnership_id, code),
  check ((tier = 1) = (under_id is null)),
  foreign key (partnership_id, under_id) references agreement
);

create table agreement_version (
  partnership_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  number integer not null,
  summary text not null default '',
  drafted_by uuid,
  drafted_at timestamptz not null,
  -- Put to the agencies to sign: from here on its words are fixed.
  offered_at timestamptz,
  -- Every founding agency has both its signatures and somebody made it live; it counts from effective_from.
  live_at timestamptz,
  effective_from timestamptz,
  -- When it lapses, or was replaced by the next version.
  effective_to timestamptz,
  review_on date,
  primary key (partnership_id, id),
  unique (partnership_id, agreement_id, number),
  check (effective_to > effective_from),
  check (live_at is null or offered_at is not null and effective_from is not null),
  foreign key (partnership_id, agreement_id) references agreement
);

-- An agency in a version. The contacts are people at work, so their class is D2.
create table party (
  partnership_id uuid not null,
  version_id uuid not null,
  agency_id uuid not null,
  -- A version does not go live without both signatures of every founding agency; another may join later.
  founding boolean not null default true,
  controller_role text not null check (controller_role in ('controller', 'joint controller', 'processor')),
  contact_name text not null default '',
  contact_reach text not null default '',
  deputy_name text not null default '',
  deputy_reach text not null default '',
  contact_until date,
  ig_lead text not null default '',
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, version_id, agency_id),
  foreign key (partnership_id, version_id) references agreement_version,
  foreign key (partnership_id, agency_id) references agency
);
create table signature (
  partnership_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  agency_id uuid not null,
  -- Two people sign for each agency.
  seat smallint not null check (seat in (1, 2)),
  staff_id uuid,
  name text not null check (name <> ''),
  job_title text not null default '',
  signed_at timestamptz not null,
  entered_by uuid,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, version_id, agency_id, seat),
  foreign key (partnership_id, version_id, agency_id) references party
);
-- An agency takes its signature back from an agreement, whatever the version.
create table agreement_withdrawal (
  partnership_id uuid not null,
  id uuid not null,
  agreement_id uuid not null,
  agency_id uuid not null,
  why text not null check (why <> ''),
  withdrawn_at timestamptz not null,
  withdrawn_by uuid,
  -- Signed again.
  returned_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, agreement_id) references agreement,
  foreign key (partnership_id, agency_id) references agency
);
create unique index agreement_withdrawal_one on agreement_withdrawal (partnership_id, agreement_id, agency_id) where returned_at is null;
create index agreement_withdrawal_agency on agreement_withdrawal (partnership_id, agency_id);
-- Signed is not used: who was briefed, who has accounts. First use is what the record of looks says.
create table adoption_step (
  partnership_id uuid not null,
  agreement_id uuid not null,
  agency_id uuid not null,
  step text not null check (step in ('briefed', 'accounts live')),
  done_at timestamptz not null,
  note text not null default '',
  entered_by uuid,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, agreement_id, agency_id, step),
  foreign key (partnership_id, agreement_id) references agreement,
  foreign key (partnership_id, agency_id) references agency
);

-- Suppliers and recipients: 'any', 'self' (what an agency supplied itself), 'agency:code', 'kind:kind', 'sector:sector'.
create table clause (
  partnership_id uuid not null,
  id uuid not null,
  version_id uuid not null,
  number integer not null,
  effect text not null check (effect in ('permit', 'duty', 'bar')),
  title text not null check (title <> ''),
  plain text not null default '',
  suppliers text[] not null check (suppliers <> '{}'),
  recipients text[] not null check (recipients <> '{}'),
  purposes text[] not null check (purposes <> '{}'),
  -- A bar needs none: it holds whatever the basis.
  bases text[] not null default '{}' check (effect = 'bar' or bases <> '{}'),
  conditions text[] not null default '{}',
  gateways text[] not null default '{}',
  classes text[] not null check (classes <> '{}'),
  relationship text not null default 'none' check (relationship in ('none', 'agency', 'circle', 'lead')),
  age text not null default 'any' check (age in ('child', 'adult', 'any')),
  -- Of a permit or duty the highest it reaches; of a bar the lowest it shuts.
  handling handling not null default 0,
  obligations text[] not null default '{}',
  primary key (partnership_id, id),
  unique (partnership_id, version_id, number),
  foreign key (partnership_id, version_id) references agreement_version
);

-- Compiled. One row for each recipient, supplier, purpose, class, age and handling that a live clause lets through.
-- need: 0 none, 1 the agency is involved, 2 the viewer is, 3 the viewer leads. Handling 1 always needs the circle.
create table effective_grant (
  partnership_id uuid not null,
  recipient_id uuid not null,
  purpose text not null,
  supplier_id uuid not null,
  class data_class not null,
  age text not null,
  handling handling not null,
  need smallint not null,
  bases text[] not null,
  conditions text[] not null,
  clause_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (partnership_id, recipient_id, purpose, supplier_id, class, age, handling, clause_id, from_at)
);
create table effective_bar (
  partnership_id uuid not null,
  recipient_id uuid not null,
  purpose text not null,
  supplier_id uuid not null,
  class data_class not null,
  age text not null,
  handling handling not null,
  clause_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (partnership_id, recipient_id, purpose, supplier_id, class, age, handling, clause_id, from_at)
);
-- Another one whenever anything above changes: whoever keeps the register in memory reads this first. Random, so that an
-- edition that was rolled back is never met again.
create table register_edition (
  partnership_id uuid primary key references partnership,
  edition uuid not null
);

-- The relationship: who works with whom, as what, from when to when.
create table involvement (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid,
  role text not null check (role in ('lead', 'trusted adult', 'circle', 'triage', 'panel')),
  -- How colleagues of other agencies reach them safely: a work number or address.
  contact text not null default '',
  from_at timestamptz not null,
  to_at timestamptz,
  why_ended text not null default '',
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (to_at >= from_at),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, staff_id) references account
);
create index involvement_subject on involvement (partnership_id, subject_id, agency_id);
create index involvement_staff on involvement (partnership_id, staff_id) where staff_id is not null;

-- The viewer is the subject, their relative, or has said that they are too close. Nothing opens this.
create table conflict (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  kind text not null check (kind in ('self', 'relative', 'declared')),
  declared_at timestamptz not null,
  declared_by uuid,
  lifted_at timestamptz,
  data_class data_class not null default 'D7',
  handling handling not null default 2,
  primary key (partnership_id, id),
  foreign key (partnership_id, staff_id) references account
);
create index conflict_staff on conflict (partnership_id, staff_id) where lifted_at is null;

-- Who is named for a sealed row (handling 2).
create table named_person (
  partnership_id uuid not null references partnership,
  row_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  named_at timestamptz not null,
  named_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D7',
  handling handling not null default 2,
  primary key (partnership_id, row_id, staff_id),
  foreign key (partnership_id, staff_id) references account
);
create index named_person_staff on named_person (partnership_id, staff_id) where ended_at is null;

-- Why somebody is on the pages of a subject: asked once, remembered for that subject for the working day.
create table purpose_statement (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  purpose text not null,
  basis text not null,
  condition text not null default '',
  stated_at timestamptz not null,
  until_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, staff_id) references account
);
create index purpose_statement_of on purpose_statement (partnership_id, staff_id, subject_id, stated_at desc);
create index purpose_statement_subject on purpose_statement (partnership_id, subject_id);

-- Break-glass: the relationship does not hold and somebody looks all the same, with a reason, for a short time. It
-- stands in for the relationship and for nothing else.
create table break_glass (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  why_sealed bytea not null,
  key_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check (to_at > from_at),
  foreign key (partnership_id, staff_id) references account
);
create index break_glass_staff on break_glass (partnership_id, staff_id, to_at);
create index break_glass_subject on break_glass (partnership_id, subject_id);

do $$
declare t text;
begin
  -- The register is every signatory's to read and the administrators' to keep: it names nobody who is helped.
  foreach t in array array['sharing_code', 'agreement', 'agreement_version', 'party', 'signature', 'agreement_withdrawal', 'adoption_step',
    'clause', 'effective_grant', 'effective_bar', 'register_edition'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) in (''staff'', ''client'', ''system''))', t || '_seen', t);
    execute format('create policy %I on %I for all using (partnership_id = (select viewer_partnership())
      and ((select viewer_administrator()) or (select viewer_kind()) = ''system''))', t || '_kept', t);
    execute format('grant select, insert, update, delete on %I to trellis_app', t);
  end loop;
  -- What an agency's own people did or are. Others hear of it through the product, which asks `decide`.
  foreach t in array array['involvement', 'conflict', 'named_person', 'purpose_statement', 'break_glass'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and agency_id = (select viewer_agency()))', t || '_own', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;
-- Too close to say so aloud: only oneself and the product.
drop policy conflict_own on conflict;
create policy conflict_own on conflict for select
  using (partnership_id = (select viewer_partnership()) and staff_id = (select viewer_staff()));
drop policy named_person_own on named_person;
create policy named_person_own on named_person for select
  using (partnership_id = (select viewer_partnership()) and staff_id = (select viewer_staff()));

-- The legal frame of a subject on the day, as clauses speak of it.
create function age_frame(adult_from date, today date) returns text language sql immutable parallel safe
  return case when adult_from is null then 'unknown' when adult_from <= today then 'adult' else 'child' end;

-- Whatever a clause can tell apart in a row, as one word: the same word finds the grant that opens it.
create function cell_of(supplier uuid, class text, age text, handling int) returns text language sql immutable parallel safe
  return supplier::text || class || age || handling::text;

-- Every cell that is open to the viewer for the purpose they stated, with the least relationship that opens it; what a
-- bar shuts is not in it. Asked once a query. It is a function of its own, and not part of the policy, because then the
-- database plans it once a connection: as sub-selects in the policy the planning took longer than the page.
create function viewer_cells() returns jsonb language plpgsql stable parallel safe as $$
declare
  place uuid := viewer_partnership();
  agency uuid := viewer_agency();
  why text := viewer_purpose();
  ground text := viewer_basis();
  special text := viewer_condition();
  at timestamptz := viewer_now();
begin
  return coalesce((
    select jsonb_object_agg(cell, need) from (
      select cell_of(g.supplier_id, g.class, g.age, g.handling::int) as cell, min(g.need) as need
      from effective_grant g
      where g.partnership_id = place and g.recipient_id = agency and g.purpose = why
        and ground = any (g.bases) and (g.conditions = '{}' or special = any (g.conditions))
        and g.from_at <= at and (g.to_at is null or g.to_at > at)
        and not exists (select from effective_bar b
          where b.partnership_id = place and b.recipient_id = agency and b.purpose = why
            and b.supplier_id = g.supplier_id and b.class = g.class and b.age = g.age and b.handling = g.handling
            and b.from_at <= at and (b.to_at is null or b.to_at > at))
      group by 1) open), '{}');
end
$$;

-- Subjects the viewer is personally tied to: 3 leads, 2 is in the circle, -1 too close. Break-glass stands in for both.
create function viewer_ties() returns jsonb language plpgsql stable parallel safe as $$
declare
  place uuid := viewer_partnership();
  staff uuid := viewer_staff();
  at timestamptz := viewer_now();
begin
  return coalesce((
    select jsonb_object_agg(subject_id, level) from (
      select subject_id, case when min(level) < 0 then -1 else max(level) end as level from (
        select i.subject_id, case when i.role in ('lead', 'trusted adult') then 3 else 2 end as level from involvement i
        where i.partnership_id = place and i.staff_id = staff and i.from_at <= at and (i.to_at is null or i.to_at > at)
        union all
        select b.subject_id, 3 from break_glass b
        where b.partnership_id = place and b.staff_id = staff and b.from_at <= at and b.to_at > at
        union all
        select c.subject_id, -1 from conflict c
        where c.partnership_id = place and c.staff_id = staff and c.lifted_at is null) tie
      group by subject_id) closest), '{}');
end
$$;

-- Puts a table with subject data under the agreement. It needs partnership_id, id, agency_id (the supplier), data_class,
-- handling, adult_from and the subject's id in the column named. Every room's migration calls this for its own tables;
-- it is the same rule as `decide`, and a test holds the two together.
create function guard_by_agreement(guarded regclass, subject text default 'subject_id', row_column text default 'id') returns void
language plpgsql as $guard$
declare
  tie text := format('((select viewer_ties()) ->> %I::text)', subject);
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  execute format('create policy %I on %s for select using (' ||
    'partnership_id = (select system_partnership()) or partnership_id = (select viewer_partnership())' ||
    ' and ' || tie || ' is distinct from ''-1''' ||
    ' and (handling < 2 or %I in (select n.row_id from named_person n where n.partnership_id = (select viewer_partnership())' ||
    '   and n.staff_id = (select viewer_staff()) and n.ended_at is null))' ||
    ' and case (select viewer_cells()) ->> cell_of(agency_id, data_class, age_frame(adult_from, (select viewer_today())), handling::int)' ||
    '   when ''0'' then true' ||
    '   when ''1'' then ' || tie || ' is not null or exists (select from involvement i' ||
    '     where i.partnership_id = (select viewer_partnership()) and i.subject_id = %s.%I and i.agency_id = (select viewer_agency())' ||
    '     and i.from_at <= (select viewer_now()) and (i.to_at is null or i.to_at > (select viewer_now())))' ||
    '   when ''2'' then ' || tie || ' is not null' ||
    '   when ''3'' then ' || tie || ' = ''3''' ||
    '   else false end)',
    guarded || '_agreed', guarded, row_column, guarded, subject);
  execute format('create policy %I on %s for all using (partnership_id = (select system_partnership()))', guarded || '_kept', guarded);
end
$guard$;
