-- A warning stands above every page of a person: what whoever goes there or calls has to know first. It is looked at
-- again by a day that it names; that it still stands, or has ended, is a row with its reason.
create table warning (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  words_sealed bytea not null,
  key_id uuid not null,
  review_on date not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index warning_of on warning (partnership_id, subject_id);

create table warning_review (
  partnership_id uuid not null,
  id uuid not null,
  warning_id uuid not null,
  subject_id uuid not null,
  -- Whose staff looked at it again.
  agency_id uuid not null,
  outcome text not null check (outcome in ('stands', 'ended')),
  review_on date,
  why_sealed bytea not null,
  key_id uuid not null,
  reviewed_by uuid not null,
  reviewed_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((outcome = 'stands') = (review_on is not null)),
  foreign key (partnership_id, warning_id) references warning,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, reviewed_by) references account
);
create index warning_review_of on warning_review (partnership_id, warning_id, reviewed_at desc);
-- What ended stays ended: it is written anew where it is true again.
create unique index warning_ended_once on warning_review (partnership_id, warning_id) where outcome = 'ended';

select guard_by_agreement('warning');
grant select, insert, update on warning to trellis_app;
alter table warning_review enable row level security;
alter table warning_review force row level security;
create policy warning_review_beside on warning_review for select using (partnership_id = (select viewer_partnership())
  and exists (select from warning w where w.partnership_id = warning_review.partnership_id and w.id = warning_review.warning_id));
create policy warning_review_kept on warning_review for all using (partnership_id = (select system_partnership()));
grant select, insert on warning_review to trellis_app;
