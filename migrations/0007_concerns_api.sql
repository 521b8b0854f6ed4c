-- What a client's key for one submission was answered, so that a retry is answered the same and makes nothing new.
create table idempotency (
  partnership_id uuid not null,
  client_id uuid not null,
  key_hash bytea not null,
  request_hash bytea not null,
  concern_id uuid not null,
  -- The answer as first given, sealed: it holds a receipt, which is kept nowhere else.
  answer_sealed bytea not null,
  at timestamptz not null default now(),
  data_class data_class not null default 'D8',
  handling handling not null default 2,
  primary key (partnership_id, client_id, key_hash),
  foreign key (partnership_id, client_id) references api_client,
  foreign key (partnership_id, concern_id) references concern
);
create index idempotency_at on idempotency (partnership_id, at);

alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy idempotency_own on idempotency for all
  using (partnership_id = (select viewer_partnership()) and client_id = (select viewer_client()));
create policy idempotency_system on idempotency for all
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'system');
grant select, insert, delete on idempotency to trellis_app;
