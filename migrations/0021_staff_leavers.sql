-- While a row without an end stands, an agency is closed: to everybody who works there, and to its systems.
create table agency_suspension (
  partnership_id uuid not null,
  id uuid not null,
  agency_id uuid not null,
  why text not null,
  suspended_by uuid,
  suspended_at timestamptz not null default now(),
  lifted_by uuid,
  lifted_at timestamptz,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency
);
create unique index agency_suspension_one on agency_suspension (partnership_id, agency_id) where lifted_at is null;
create index agency_suspension_agency on agency_suspension (partnership_id, agency_id);
alter table agency_suspension enable row level security;
alter table agency_suspension force row level security;
create policy agency_suspension_system on agency_suspension for all
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'system');
create policy agency_suspension_administered on agency_suspension for all
  using (partnership_id = (select viewer_partnership()) and (select viewer_administrator()));
grant select, insert, update on agency_suspension to trellis_app;

-- One sentence for every door: sign-in, session, key. Suspended, or past its last day by the partnership's own calendar.
create function agency_closed(of_partnership uuid, of_agency uuid, on_at timestamptz) returns boolean
  language sql stable parallel safe
  return exists (select from agency_suspension s
      where s.partnership_id = of_partnership and s.agency_id = of_agency and s.lifted_at is null)
    or exists (select from agency g join partnership p on p.id = g.partnership_id
      where g.partnership_id = of_partnership and g.id = of_agency and g.valid_to < (on_at at time zone p.zone)::date);
create function account_closed(of_partnership uuid, of_account uuid, of_agency uuid, on_at timestamptz) returns boolean
  language sql stable parallel safe
  return exists (select from suspension s
      where s.partnership_id = of_partnership and s.account_id = of_account and s.lifted_at is null)
    or agency_closed(of_partnership, of_agency, on_at);

-- What a session was is told by the events; the row itself goes some time after it ended.
grant delete on session to trellis_app;
create index session_started on session (partnership_id, started_at);
