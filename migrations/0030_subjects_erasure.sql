-- Rules change as dated rows: the one that was is ended, the one that is says which it follows, why, and since when.
alter table retention_rule
  add column id uuid,
  add column follows text,
  add column from_at timestamptz,
  add column why text,
  add column changed_by uuid,
  add check ((id is null) = (changed_by is null) and (id is null) = (why is null));
create unique index retention_rule_followed on retention_rule (partnership_id, follows) where follows is not null;
create policy retention_rule_kept on retention_rule for update using (partnership_id = (select system_partnership()));
grant update on retention_rule to trellis_app;

-- Somebody asks to be erased (UK GDPR Article 17). One answer refuses; to erase takes two different people, and somebody
-- of every agency that supplied something, since one agency does not destroy what another knows.
create table erasure_request (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  ground text not null check (ground in ('not needed', 'consent withdrawn', 'objection', 'unlawful', 'legal duty')),
  said_sealed bytea not null,
  asked_on date not null,
  due_on date not null,
  key_id uuid not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index erasure_request_of on erasure_request (partnership_id, subject_id);

create table erasure_answer (
  partnership_id uuid not null,
  request_id uuid not null,
  answered_by uuid not null,
  agency_id uuid not null,
  answer text not null check (answer in ('erase', 'refuse')),
  refusal text check (refusal in ('public task', 'legal obligation', 'legal claims', 'public health', 'research', 'not a ground')),
  why_sealed bytea not null,
  key_id uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, request_id, answered_by),
  check ((answer = 'refuse') = (refusal is not null)),
  foreign key (partnership_id, request_id) references erasure_request
);

do $$
declare t text;
begin
  foreach t in array array['erasure_request', 'erasure_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
