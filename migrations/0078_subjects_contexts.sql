-- What a place, a group, a school, an online space, a route or a business is called and where it is. Sealed, since a place
-- may be somebody's home; the district alone lies open, to find it by. A later row replaces the earlier, which stays.
create table context (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  area_id uuid,
  name_sealed bytea not null,
  where_sealed bytea,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, area_id) references area
);
create unique index context_standing on context (partnership_id, subject_id) where replaced_at is null;
create index subject_contexts on subject (partnership_id, kind) where kind <> 'person';
select guard_by_agreement('context');
grant select, insert, update on context to trellis_app;

create function forget_context() returns trigger language plpgsql as $$
begin
  update context set area_id = null, handling = 2 where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
create trigger context_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_context();

do $$
begin
  execute 'create or replace view subjects_facts with (security_invoker) as '
    || rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ')
    || ' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from context';
end
$$;
