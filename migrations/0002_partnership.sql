create table partnership (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]+$'),
  name text not null,
  place text not null,
  -- The one that answers when no host name matches.
  is_default boolean not null default false,
  hosts text[] not null default '{}',
  zone text not null default 'Europe/London',
  opens_at time not null default '09:00',
  closes_at time not null default '17:00',
  -- Otherwise a clock in working hours would never come to its end.
  check (closes_at > opens_at),
  languages text[] not null default '{en}',
  demo boolean not null default false
);
create unique index partnership_default on partnership (is_default) where is_default;

create table area (
  partnership_id uuid not null references partnership,
  id uuid not null,
  gss text not null,
  kind text not null check (kind in ('region', 'county', 'district', 'unitary', 'ward', 'other')),
  name text not null,
  parent_id uuid,
  valid_from date,
  -- The last day.
  valid_to date,
  -- Announced but not yet so: these councils are to be abolished on that day.
  planned_end date,
  succession_note text,
  primary key (partnership_id, id),
  unique (partnership_id, gss),
  check (valid_to >= valid_from),
  foreign key (partnership_id, parent_id) references area
);
create table area_succession (
  partnership_id uuid not null,
  area_id uuid not null,
  successor_id uuid not null,
  -- Null while the day is not decided.
  from_date date,
  primary key (partnership_id, area_id, successor_id),
  check (area_id <> successor_id),
  foreign key (partnership_id, area_id) references area,
  foreign key (partnership_id, successor_id) references area
);

create table agency (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  sector text not null check (sector in ('statutory', 'voluntary', 'business', 'community')),
  statutory_role text,
  parent_id uuid,
  valid_from date,
  -- The last day.
  valid_to date,
  planned_end date,
  succession_note text,
  -- Made up, to try the product with: it does not exist.
  invented boolean not null default false,
  primary key (partnership_id, id),
  unique (partnership_id, code),
  check (valid_to >= valid_from),
  foreign key (partnership_id, parent_id) references agency
);
create table agency_identifier (
  partnership_id uuid not null,
  agency_id uuid not null,
  scheme text not null,
  value text not null,
  -- Whether a person has confirmed it.
  checked boolean not null default false,
  primary key (partnership_id, agency_id, scheme, value),
  foreign key (partnership_id, agency_id) references agency
);
create table agency_succession (
  partnership_id uuid not null,
  agency_id uuid not null,
  successor_id uuid not null,
  from_date date,
  primary key (partnership_id, agency_id, successor_id),
  check (agency_id <> successor_id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, successor_id) references agency
);
create table agency_area (
  partnership_id uuid not null,
  agency_id uuid not null,
  area_id uuid not null,
  primary key (partnership_id, agency_id, area_id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, area_id) references area
);

-- Boards and groups: a board, subgroup, panel, or the team at the front door.
create table body (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('board', 'subgroup', 'panel', 'team', 'network')),
  parent_id uuid,
  statutory_basis text,
  -- The team whose duty workers decide about concerns.
  front_door boolean not null default false,
  note text,
  checked boolean not null default false,
  valid_from date,
  -- The last day.
  valid_to date,
  primary key (partnership_id, id),
  unique (partnership_id, code),
  foreign key (partnership_id, parent_id) references body
);
create unique index body_front_door on body (partnership_id) where front_door;
create table membership (
  partnership_id uuid not null,
  id uuid not null,
  body_id uuid not null,
  agency_id uuid not null,
  role text not null default 'member' check (role in ('chair', 'deputy chair', 'member', 'observer')),
  position integer not null default 0,
  valid_from date,
  -- The first day without it: a membership that is ended today opens nothing more today.
  valid_to date,
  primary key (partnership_id, id),
  foreign key (partnership_id, body_id) references body,
  foreign key (partnership_id, agency_id) references agency
);
create index membership_body on membership (partnership_id, body_id);

-- How the public and professionals reach the partnership: numbers and addresses are never code.
create table contact_point (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  label text not null,
  audience text not null default 'anyone',
  phone text,
  text_number text,
  email text,
  url text,
  hours text,
  note text,
  position integer not null default 0,
  -- A number made up for the demo, reserved so that it reaches nobody.
  demo boolean not null default false,
  checked boolean not null default false,
  primary key (partnership_id, id),
  unique (partnership_id, code)
);

-- How long each step may take here. A changed clock is a new row; what already runs keeps the one it started with.
create table clock (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  label text not null,
  amount numeric not null check (amount > 0),
  unit text not null check (unit in ('working-hours', 'working-days', 'hours', 'days', 'months')),
  starts_when text not null default '',
  basis text not null,
  at_risk_fraction numeric not null default 0.75 check (at_risk_fraction between 0 and 1),
  valid_from timestamptz not null default now(),
  primary key (partnership_id, id),
  unique (partnership_id, code, valid_from)
);
create table holiday (
  partnership_id uuid not null references partnership,
  date date not null,
  name text not null,
  primary key (partnership_id, date)
);

-- No personal data here, but no query crosses partnerships, so the database says so.
do $$
declare t text;
begin
  foreach t in array array['area', 'area_succession', 'agency', 'agency_identifier', 'agency_succession', 'agency_area',
    'body', 'membership', 'contact_point', 'clock', 'holiday'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership()))', t || '_seen', t);
    execute format('create policy %I on %I for all using (partnership_id = (select viewer_partnership())
      and ((select viewer_administrator()) or (select viewer_kind()) = ''system''))', t || '_kept', t);
    execute format('grant select, insert, update, delete on %I to trellis_app', t);
  end loop;
end
$$;
grant select on partnership to trellis_app;
alter table partnership enable row level security;
alter table partnership force row level security;
-- A visitor's host name must be matched before any partnership is known; the row holds nothing that is not public.
create policy partnership_seen on partnership for select using (true);
create policy partnership_kept on partnership for all
  using ((select viewer_kind()) = 'system') with check ((select viewer_kind()) = 'system');
create policy partnership_hours on partnership for update
  using (id = (select viewer_partnership()) and (select viewer_administrator()));
grant insert, update on partnership to trellis_app;
