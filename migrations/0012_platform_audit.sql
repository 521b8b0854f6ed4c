-- What only the leaf's hash knows of: without it nobody can try out what an event might say.
alter table event add column salt bytea not null default uuid_send(gen_random_uuid());
-- When the row was really written. Unknown for what was there before this migration.
alter table event add column recorded_at timestamptz;
alter table event alter column recorded_at set default clock_timestamp();
-- Said openly: this event was played at a time gone by. A row that only pretends an earlier time does not have it.
alter table event add column played boolean
  default nullif(coalesce(current_setting('trellis.at', true), '') <> '', false);

-- Each partnership's events as a Merkle tree (RFC 9162). The leaves, in the order they came in:
create table event_leaf (
  partnership_id uuid not null,
  position bigint not null check (position >= 0),
  -- Not a reference: what was removed must be found missing, by those who look.
  event_id uuid not null,
  hash bytea not null,
  -- Made with a key that is not in the database, of the position and the hash: tells which leaf was exchanged or moved.
  mac bytea not null,
  primary key (partnership_id, position),
  unique (partnership_id, event_id)
);
-- And the node over each 16 leaves, over each 16 of those, and so on: enough to make any proof from some hundred rows.
create table event_node (
  partnership_id uuid not null,
  level smallint not null check (level > 0 and level % 4 = 0),
  position bigint not null check (position >= 0),
  hash bytea not null,
  primary key (partnership_id, level, position)
);
-- What was signed: "at this time there were so many events, and this is their root".
create table event_checkpoint (
  partnership_id uuid not null,
  size bigint not null,
  at timestamptz not null,
  note text not null,
  primary key (partnership_id, size)
);
do $$
declare t text;
begin
  foreach t in array array['event_leaf', 'event_node', 'event_checkpoint'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) = ''system'')', t || '_seen', t);
    execute format('create policy %I on %I for insert with check (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) = ''system'')', t || '_written', t);
    -- Like the events themselves: nobody may change or remove one.
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
