-- Asking without a name whether somebody is known elsewhere. A permit says which agency may, under which agreement; its
-- secret makes the encodings; a question is counted and has its reason. No encoding is kept, of those who ask or of those
-- who are known: where the secret lies beside them they would be as good as names.
create table blind_permit (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  agreement_id uuid not null,
  permitted_by uuid not null,
  permitted_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, agreement_id) references agreement,
  foreign key (partnership_id, permitted_by) references account,
  foreign key (partnership_id, ended_by) references account,
  check ((ended_at is null) = (ended_by is null))
);
create unique index blind_permit_one on blind_permit (partnership_id, agency_id) where ended_at is null;

create table blind_secret (
  partnership_id uuid not null references partnership,
  id uuid not null,
  permit_id uuid not null,
  agency_id uuid not null,
  -- Sealed with the partnership's data key; empty once another took its place or the permit ended.
  secret_sealed bytea not null,
  key_id uuid not null,
  -- Of a hundred people who do not exist, encoded with it.
  checksum text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  primary key (partnership_id, id),
  foreign key (partnership_id, permit_id) references blind_permit,
  foreign key (partnership_id, key_id) references data_key,
  foreign key (partnership_id, made_by) references account,
  check (ended_at is null or secret_sealed = '')
);
create unique index blind_secret_one on blind_secret (partnership_id, permit_id) where ended_at is null;

create table blind_question (
  partnership_id uuid not null references partnership,
  id uuid not null,
  permit_id uuid not null,
  agency_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  why_sealed bytea not null,
  key_id uuid not null,
  people integer not null,
  yes integer not null,
  ask integer not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, permit_id) references blind_permit,
  foreign key (partnership_id, key_id) references data_key,
  foreign key (partnership_id, asked_by) references account
);
create index blind_question_of on blind_question (partnership_id, agency_id, asked_at desc);

do $$
declare t text;
begin
  foreach t in array array['blind_permit', 'blind_secret', 'blind_question'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_product', t);
  end loop;
end
$$;
-- An agency knows that it may ask; who may is kept by administrators. The secret is the product's alone.
create policy blind_permit_own on blind_permit for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and agency_id = (select viewer_agency()));
create policy blind_permit_kept on blind_permit for all using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and (select viewer_has_role('administrator')));
-- What an agency asked is read by those who answer for it, and by the guardian.
create policy blind_question_answered_for on blind_question for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff'
  and ((agency_id = (select viewer_agency()) and (select viewer_has_role('manager'))) or (select viewer_has_role('guardian'))));
create policy blind_question_asked on blind_question for insert with check (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and agency_id = (select viewer_agency()));
grant select, insert, update on blind_permit, blind_secret to trellis_app;
grant select, insert on blind_question to trellis_app;
