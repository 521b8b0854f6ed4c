-- How long records are kept, what holds them longer, and who let go of them. Nothing here is destroyed by the product
-- alone: it proposes, and two people confirm.

-- Rules, not rows about anybody: shipped as data, dated and sourced, for each partnership to check and add to.
create table retention_rule (
  partnership_id uuid not null references partnership,
  code text not null,
  label text not null,
  -- Of which kinds of agency, and which kinds of entry it needs to find; empty means every one.
  agency_kinds text[] not null default '{}',
  entry_kinds text[] not null default '{}',
  counts_from text not null check (counts_from in ('eighteenth birthday', 'last contact', 'closure', 'death')),
  years integer not null check (years between 0 and 120),
  -- Whether somebody answerable for records here has confirmed it.
  checked boolean not null default false,
  source text not null default '',
  ended_at timestamptz,
  primary key (partnership_id, code)
);

alter table subject add column erased_at timestamptz;

-- It wins over every rule until it is lifted. Why is sealed with the subject's own key.
create table legal_hold (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  why_sealed bytea not null,
  key_id uuid not null,
  placed_by uuid not null,
  from_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((lifted_at is null) = (lifted_by is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index legal_hold_of on legal_hold (partnership_id, subject_id) where lifted_at is null;

create table destruction_proposal (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Who opened the record: its managers and the guardians answer.
  agency_id uuid not null,
  rule_code text not null,
  due_on date not null,
  proposed_at timestamptz not null,
  -- Destroyed, put off, or no longer due.
  settled_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, rule_code) references retention_rule
);
create unique index destruction_proposal_open on destruction_proposal (partnership_id, subject_id) where settled_at is null;

create table destruction_answer (
  partnership_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  agency_id uuid not null,
  answer text not null check (answer in ('confirm', 'defer')),
  answered_by uuid not null,
  answered_at timestamptz not null,
  -- Of a deferral: why, sealed with the subject's own key, and until when.
  why_sealed bytea,
  key_id uuid,
  until_on date,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((answer = 'defer') = (why_sealed is not null and key_id is not null and until_on is not null)),
  foreign key (partnership_id, proposal_id) references destruction_proposal
);
-- Two people, not one person twice.
create unique index destruction_answer_each on destruction_answer (partnership_id, proposal_id, answered_by) where answer = 'confirm';

-- What is left to show: what classes went, when, under which rule, and who confirmed. Nothing of whom.
create table destruction_certificate (
  partnership_id uuid not null references partnership,
  id uuid not null,
  rule_code text not null,
  rule_label text not null,
  classes text[] not null,
  row_count integer not null,
  destroyed_at timestamptz not null,
  first_by uuid not null,
  second_by uuid not null,
  primary key (partnership_id, id),
  check (first_by <> second_by)
);

do $$
declare t text;
begin
  foreach t in array array['legal_hold', 'destruction_proposal', 'destruction_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
  foreach t in array array['retention_rule', 'destruction_certificate'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) in (''staff'', ''system''))', t || '_seen', t);
    execute format('create policy %I on %I for insert with check (partnership_id = (select system_partnership()))', t || '_made', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
-- Erasure takes the keyed hashes away; row-level security lets the product alone do it.
grant delete on identity_key to trellis_app;
