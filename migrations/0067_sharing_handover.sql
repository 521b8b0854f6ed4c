-- No part in a circle ends without it: when all three met, what the person says of it, and who stays in touch; or one of
-- a few reasons for which there is nothing, or no meeting, to hand over by.
create table handover (
  partnership_id uuid not null,
  id uuid not null,
  involvement_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  without text,
  met_on date,
  view_sealed bytea,
  unheard_sealed bytea,
  stays_sealed bytea,
  key_id uuid not null,
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, involvement_id),
  check ((without is null) = (met_on is not null)),
  check (met_on is null or stays_sealed is not null and (view_sealed is null) <> (unheard_sealed is null)),
  foreign key (partnership_id, involvement_id) references involvement,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create index handover_of on handover (partnership_id, subject_id);
select guard_by_agreement('handover');
grant select, insert, update on handover to trellis_app;

-- Other rooms' files write the same view, so this adds to whatever stands.
do $$
begin
  execute 'create or replace view subjects_facts with (security_invoker) as '
    || rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ')
    || ' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from handover';
end
$$;
