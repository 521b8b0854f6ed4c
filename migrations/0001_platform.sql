-- The role every request takes on. It owns nothing and cannot bypass row-level security.
-- Roles belong to the whole server, so another database there may have made it already.
do $$
begin
  create role trellis_app nologin nosuperuser nobypassrls noinherit;
exception
  when duplicate_object or unique_violation then null;
end
$$;

grant usage on schema public to trellis_app;

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

-- Who is asking, as told by asViewer in this transaction. After a commit a setting reads '' rather than null, so
-- nullif: absent means no rows. Policies call these inside a scalar sub-select, so they run once a query.
create function viewer_kind() returns text language sql stable parallel safe
  return nullif(current_setting('trellis.viewer', true), '');
create function viewer_partnership() returns uuid language sql stable parallel safe
  return nullif(current_setting('trellis.partnership', true), '')::uuid;
create function viewer_agency() returns uuid language sql stable parallel safe
  return nullif(current_setting('trellis.agency', true), '')::uuid;
create function viewer_staff() returns uuid language sql stable parallel safe
  return nullif(current_setting('trellis.staff', true), '')::uuid;
create function viewer_client() returns uuid language sql stable parallel safe
  return nullif(current_setting('trellis.client', true), '')::uuid;
create function viewer_concern() returns uuid language sql stable parallel safe
  return nullif(current_setting('trellis.concern', true), '')::uuid;
create function viewer_front_door() returns boolean language sql stable parallel safe
  return current_setting('trellis.front_door', true) = 'on';
create function viewer_administrator() returns boolean language sql stable parallel safe
  return current_setting('trellis.administrator', true) = 'on';

-- Data classes D0 to D9; what each means stands in sharing.
create domain data_class as text check (value ~ '^D[0-9]$');
-- 0 open under the agreement, 1 the circle only, 2 named people only.
create domain handling as smallint check (value between 0 and 2);

-- Audit trail, timeline and outbox in one: the act and its event commit together.
create table event (
  partnership_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity,
  -- Demo data is played at times gone by, and says so in this setting; nothing else does.
  at timestamptz not null default coalesce(nullif(current_setting('trellis.at', true), '')::timestamptz, clock_timestamp()),
  kind text not null,
  viewer text not null,
  staff_id uuid,
  client_id uuid,
  agency_id uuid,
  about_kind text not null,
  about_id uuid not null,
  detail jsonb not null default '{}',
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id)
);
create index event_about on event (partnership_id, about_id, seq);
create index event_seq on event (partnership_id, seq);
alter table event enable row level security;
alter table event force row level security;
create policy event_written on event for insert
  with check (partnership_id = (select viewer_partnership()));
create policy event_seen on event for select
  using (partnership_id = (select viewer_partnership()) and (
    (select viewer_kind()) = 'system'
    or (select viewer_front_door())
    or staff_id = (select viewer_staff())));
-- Nobody may change or remove one.
grant select, insert on event to trellis_app;

create table job (
  partnership_id uuid not null,
  id uuid not null,
  kind text not null,
  key text not null,
  payload jsonb not null,
  run_at timestamptz not null default now(),
  locked_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  done_at timestamptz,
  primary key (partnership_id, id)
);
create unique index job_waits_once on job (partnership_id, kind, key) where done_at is null;
create index job_due on job (run_at) where done_at is null;
alter table job enable row level security;
alter table job force row level security;
create policy job_left on job for insert
  with check (partnership_id = (select viewer_partnership()));
-- The worker looks for what is due in any partnership, then works inside that one.
create policy job_worked on job for all
  using ((select viewer_kind()) = 'system');
grant select, insert, update, delete on job to trellis_app;
create view dead_job with (security_invoker) as
  select * from job where done_at is null and attempts >= 8;
grant select on dead_job to trellis_app;

-- A half-finished answer. It is sealed with a key of which the visitor's browser holds a part.
create table draft (
  partnership_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  kind text not null,
  staff_id uuid,
  agency_id uuid,
  sealed bytea not null,
  saved_at timestamptz not null default now(),
  expires_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 2,
  primary key (partnership_id, id),
  unique (partnership_id, token_hash)
);
create index draft_expires on draft (expires_at);
create index draft_staff on draft (partnership_id, staff_id) where staff_id is not null;
create table draft_file (
  partnership_id uuid not null,
  draft_id uuid not null,
  id uuid not null,
  position integer not null,
  -- Name, type and size, sealed like the answers; the bytes are sealed in pieces.
  sealed bytea not null,
  bytes bigint not null,
  data_class data_class not null default 'D4',
  handling handling not null default 2,
  primary key (partnership_id, id),
  foreign key (partnership_id, draft_id) references draft on delete cascade
);
create index draft_file_of on draft_file (partnership_id, draft_id);
create table draft_file_piece (
  partnership_id uuid not null,
  file_id uuid not null,
  position integer not null,
  sealed bytea not null,
  data_class data_class not null default 'D4',
  handling handling not null default 2,
  primary key (partnership_id, file_id, position),
  foreign key (partnership_id, file_id) references draft_file on delete cascade
);
alter table draft enable row level security;
alter table draft force row level security;
alter table draft_file enable row level security;
alter table draft_file force row level security;
alter table draft_file_piece enable row level security;
alter table draft_file_piece force row level security;
-- A public draft has no owner but its token; knowing the hash is what opens it, and the bytes stay sealed besides.
create policy draft_held on draft for all
  using (partnership_id = (select viewer_partnership())
    and (staff_id is not distinct from (select viewer_staff()) or (select viewer_kind()) = 'system'))
  with check (partnership_id = (select viewer_partnership())
    and staff_id is not distinct from (select viewer_staff()));
create policy draft_file_held on draft_file for all
  using (exists (select from draft d where d.partnership_id = draft_file.partnership_id and d.id = draft_file.draft_id));
create policy draft_file_piece_held on draft_file_piece for all
  using (exists (select from draft_file f where f.partnership_id = draft_file_piece.partnership_id and f.id = draft_file_piece.file_id));
grant select, insert, update, delete on draft, draft_file, draft_file_piece to trellis_app;
