-- To whom exactly, what an adult said of it, and when a second manager has to have answered.
alter table disclosure
  add column recipient_name_sealed bytea,
  add column recipient_role_sealed bytea,
  -- What the person wants, in an adult's case.
  add column wishes_sealed bytea,
  add column consent text check (consent in ('agrees', 'lacks capacity', 'coercion', 'risk to others', 'serious crime',
    'vital interest', 'public interest')),
  -- How closely what it speaks of is kept; `handling` is this row's own.
  add column kept handling not null default 0,
  add column second_due_at timestamptz
    check (second_due_at is null or reason = 'more harmful to the child than not sharing');
create index disclosure_for_second on disclosure (partnership_id, agency_id)
  where reason = 'more harmful to the child than not sharing';

alter table disclosure_second add column words_sealed bytea, add column key_id uuid;

-- What the agreement answered for each class at that moment: the clause that let the recipient have it, or the reason
-- against.
create table disclosure_answer (
  partnership_id uuid not null references partnership,
  disclosure_id uuid not null,
  class data_class not null,
  subject_id uuid not null,
  agency_id uuid not null,
  -- Null where it said yes.
  refusal text,
  clause_id uuid,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, disclosure_id, class),
  foreign key (partnership_id, disclosure_id) references disclosure,
  foreign key (partnership_id, clause_id) references clause,
  check (refusal is not null or clause_id is not null)
);
alter table disclosure_answer enable row level security;
alter table disclosure_answer force row level security;
create policy disclosure_answer_own on disclosure_answer for select
  using (partnership_id = (select viewer_partnership()) and agency_id = (select viewer_agency()));
create policy disclosure_answer_kept on disclosure_answer for all
  using (partnership_id = (select system_partnership()));
grant select, insert on disclosure_answer to trellis_app;

-- The register counts refusals over all agencies; the log is long and they are few.
create index event_sharing_refused on event (partnership_id, at) where kind = 'sharing refused';
