-- A system of an agency's own that sends and reads through the API.
create table api_client (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  name text not null,
  made_by uuid,
  made_at timestamptz not null default now(),
  closed_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency
);
create table api_key (
  partnership_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  token_hash bytea not null,
  made_by uuid,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  -- Rotation: the old key works until then.
  ends_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id),
  unique (partnership_id, token_hash),
  foreign key (partnership_id, client_id) references api_client
);

do $$
declare t text;
begin
  foreach t in array array['api_client', 'api_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- A key is checked before anyone is known; administrators keep clients.
    execute format('create policy %I on %I for all using (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) = ''system'')', t || '_system', t);
    execute format('create policy %I on %I for all using (partnership_id = (select viewer_partnership())
      and (select viewer_administrator()))', t || '_administered', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;
