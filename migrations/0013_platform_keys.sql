-- The keys that what people said is sealed with, each wrapped by the one above it: the key file's key wraps the
-- partnership's, and that wraps a data key for every subject, every concern, and the partnership's own words. To destroy a
-- data key is to erase what it sealed, wherever that lies.

-- 76 bytes or so that are no use without the key file.
create table partnership_key (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- Null once nothing is wrapped by it any more.
  wrapped bytea,
  -- Which key of the key file wrapped it.
  kek_id text not null,
  made_at timestamptz not null default now(),
  retired_at timestamptz,
  primary key (partnership_id, id),
  check (wrapped is not null or retired_at is not null)
);
create unique index partnership_key_current on partnership_key (partnership_id) where retired_at is null;

create table data_key (
  partnership_id uuid not null,
  id uuid not null,
  of_kind text not null check (of_kind in ('subject', 'concern', 'partnership')),
  -- Random, like every id: it says nothing about whose key this is.
  of_id uuid not null,
  -- Which partnership key wrapped it, then the key: self-contained, so that a page fetches it in one column.
  wrapped bytea,
  partnership_key_id uuid not null,
  made_at timestamptz not null default now(),
  destroyed_at timestamptz,
  destroyed_by uuid,
  -- A code, such as 'retention'. Never words about anybody.
  destroyed_why text check (destroyed_why ~ '^[a-z][a-z -]{0,39}$'),
  primary key (partnership_id, id),
  -- One for each, for ever: after it was destroyed there is no second.
  unique (partnership_id, of_kind, of_id),
  check ((wrapped is null) = (destroyed_at is not null)),
  check ((destroyed_why is null) = (destroyed_at is null)),
  foreign key (partnership_id, partnership_key_id) references partnership_key
);
create index data_key_wrapped_by on data_key (partnership_id, partnership_key_id) where destroyed_at is null;

alter table partnership_key enable row level security;
alter table partnership_key force row level security;
alter table data_key enable row level security;
alter table data_key force row level security;
create policy partnership_key_seen on partnership_key for select using (partnership_id = (select viewer_partnership()));
create policy partnership_key_made on partnership_key for insert with check (partnership_id = (select viewer_partnership()));
create policy partnership_key_turned on partnership_key for update
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'system');
create policy data_key_seen on data_key for select using (partnership_id = (select viewer_partnership()));
create policy data_key_made on data_key for insert
  with check (partnership_id = (select viewer_partnership()) and destroyed_at is null);
-- What is destroyed stays destroyed.
create policy data_key_turned on data_key for update
  using (partnership_id = (select viewer_partnership()) and destroyed_at is null
    and (select viewer_kind()) in ('staff', 'system'))
  with check (partnership_id = (select viewer_partnership()));
grant select, insert on partnership_key, data_key to trellis_app;
grant update (wrapped, kek_id, retired_at) on partnership_key to trellis_app;
grant update (wrapped, partnership_key_id, destroyed_at, destroyed_by, destroyed_why) on data_key to trellis_app;
