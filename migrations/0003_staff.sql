create table account (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  -- What they sign in with. Kept lower case.
  email text not null check (email = lower(email)),
  name text not null,
  job_title text not null default '',
  made_at timestamptz not null default now(),
  demo boolean not null default false,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, email),
  foreign key (partnership_id, agency_id) references agency
);
create index account_agency on account (partnership_id, agency_id);

-- Apart from the account, which colleagues may read.
create table password (
  partnership_id uuid not null,
  account_id uuid not null,
  -- argon2id, with its parameters in it.
  hash text not null,
  set_at timestamptz not null default now(),
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, account_id),
  foreign key (partnership_id, account_id) references account
);

create table role_grant (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('reporter-agency', 'duty', 'manager', 'administrator')),
  granted_by uuid,
  granted_at timestamptz not null default now(),
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, account_id) references account
);
create unique index role_grant_once on role_grant (partnership_id, account_id, role) where ended_at is null;

-- While a row without an end stands, the account is closed to its owner.
create table suspension (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  why text not null,
  suspended_by uuid,
  suspended_at timestamptz not null default now(),
  lifted_by uuid,
  lifted_at timestamptz,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, account_id) references account
);
create index suspension_account on suspension (partnership_id, account_id);

create table invitation (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  -- The id stands in the link; the code is typed by hand, so nothing secret is ever in an address.
  code_hash bytea not null,
  invited_by uuid,
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  taken_at timestamptz,
  replaced_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id),
  foreign key (partnership_id, account_id) references account
);
create unique index invitation_open on invitation (partnership_id, account_id) where taken_at is null and replaced_at is null;
create index invitation_account on invitation (partnership_id, account_id);

create table totp (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  secret_sealed bytea not null,
  label text not null,
  -- The last time step that was used: a code opens the door once.
  last_step bigint not null,
  added_at timestamptz not null default now(),
  used_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id),
  foreign key (partnership_id, account_id) references account
);
create index totp_account on totp (partnership_id, account_id);

create table passkey (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null default 0,
  transports text[] not null default '{}',
  label text not null,
  added_at timestamptz not null default now(),
  used_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id),
  unique (partnership_id, credential_id),
  foreign key (partnership_id, account_id) references account
);
create index passkey_account on passkey (partnership_id, account_id);

create table recovery_code (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  code_hash bytea not null,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id),
  foreign key (partnership_id, account_id) references account
);
create index recovery_code_account on recovery_code (partnership_id, account_id);

-- An administrator took somebody's password and second factors away, because they were lost.
create table factor_reset (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  why text not null,
  reset_by uuid,
  reset_at timestamptz not null default now(),
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, account_id) references account
);
create index factor_reset_account on factor_reset (partnership_id, account_id);

-- A sign-in that still stands. `second_factor_at` is null between the password and the second factor.
create table session (
  partnership_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  second_factor_at timestamptz,
  -- What a passkey was asked to sign.
  challenge text,
  ended_at timestamptz,
  ended_why text,
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id),
  unique (partnership_id, token_hash),
  foreign key (partnership_id, account_id) references account
);
create index session_account on session (partnership_id, account_id) where ended_at is null;

-- Tries to sign in of the last day, so that guessing one account slows down. Unknown names are counted alike, by a keyed
-- hash of the email; a browser that has signed in before is counted apart, so that a stranger cannot slow its owner down.
create table sign_in_try (
  partnership_id uuid not null,
  id uuid not null,
  counted_as bytea not null,
  step text not null check (step in ('password', 'second factor', 'recovery code')),
  succeeded boolean not null,
  at timestamptz not null default now(),
  data_class data_class not null default 'D2',
  handling handling not null default 2,
  primary key (partnership_id, id)
);
create index sign_in_try_recent on sign_in_try (partnership_id, counted_as, at);
create index sign_in_try_old on sign_in_try (partnership_id, at);

do $$
declare t text;
begin
  foreach t in array array['account', 'password', 'role_grant', 'suspension', 'invitation', 'totp', 'passkey', 'recovery_code',
    'factor_reset', 'session', 'sign_in_try'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- Sign-in happens before anyone is known, so it acts as the product itself. So does everything that touches a secret:
    -- no page of anybody, not even of their own, reads a password or a second factor.
    execute format('create policy %I on %I for all using (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) = ''system'')', t || '_system', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
  foreach t in array array['account', 'role_grant', 'suspension', 'invitation', 'factor_reset', 'session'] loop
    execute format('create policy %I on %I for all using (partnership_id = (select viewer_partnership())
      and (select viewer_administrator()))', t || '_administered', t);
  end loop;
  foreach t in array array['role_grant', 'session'] loop
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and account_id = (select viewer_staff()))', t || '_own', t);
  end loop;
end
$$;
-- A secret that no longer opens anything is not kept; events remember that it was there.
grant delete on password, totp, passkey, recovery_code, sign_in_try to trellis_app;
-- Colleagues' names stand beside what they did: the directory is open to every signed-in member of the partnership.
create policy account_directory on account for select
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'staff');
-- What happened to an account is its owner's and the administrators' to read.
create policy event_of_account on event for select
  using (partnership_id = (select viewer_partnership()) and about_kind = 'account'
    and ((select viewer_administrator()) or about_id = (select viewer_staff())));
