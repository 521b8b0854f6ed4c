-- The other pair of eyes: whoever leads, or a manager of the agency that opened the record, looks at each break-glass
-- within one working day. A row is the review; until there is one it waits.
create table break_glass_review (
  partnership_id uuid not null references partnership,
  id uuid not null,
  break_glass_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  reviewed_by uuid not null,
  reviewed_at timestamptz not null,
  outcome text not null check (outcome in ('justified', 'not justified', 'more to ask')),
  words_sealed bytea not null,
  key_id uuid not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, break_glass_id),
  foreign key (partnership_id, break_glass_id) references break_glass,
  foreign key (partnership_id, reviewed_by) references account
);
alter table break_glass add column review_due_at timestamptz;
alter table break_glass_review enable row level security;
alter table break_glass_review force row level security;
create policy break_glass_review_own on break_glass_review for select
  using (partnership_id = (select viewer_partnership()) and agency_id = (select viewer_agency()));
create policy break_glass_review_kept on break_glass_review for all using (partnership_id = (select system_partnership()));
grant select, insert on break_glass_review to trellis_app;
