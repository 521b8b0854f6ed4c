-- What whoever leads the work on a place is told: that a concern came in whose place has the same words. A question, and
-- nothing of what the concern says.
create table context_notice (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  concern_id uuid not null,
  told_at timestamptz not null,
  read_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, staff_id, subject_id, concern_id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, staff_id) references account,
  foreign key (partnership_id, concern_id) references concern
);
create index context_notice_unread on context_notice (partnership_id, staff_id) where read_at is null;
alter table context_notice enable row level security;
alter table context_notice force row level security;
create policy context_notice_kept on context_notice for all using (partnership_id = (select system_partnership()));
create policy context_notice_own on context_notice for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and staff_id = (select viewer_staff()));
grant select, insert, update on context_notice to trellis_app;
