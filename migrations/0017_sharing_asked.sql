-- Somebody asked who else is involved, and said why: the person and their lead worker can read it.
create table involvement_asked (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  why_sealed bytea not null,
  key_id uuid not null,
  shown integer not null,
  asked_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, staff_id) references account
);
create index involvement_asked_of on involvement_asked (partnership_id, subject_id);
alter table involvement_asked enable row level security;
alter table involvement_asked force row level security;
create policy involvement_asked_own on involvement_asked for select
  using (partnership_id = (select viewer_partnership()) and agency_id = (select viewer_agency()));
create policy involvement_asked_kept on involvement_asked for all using (partnership_id = (select system_partnership()));
grant select, insert on involvement_asked to trellis_app;
