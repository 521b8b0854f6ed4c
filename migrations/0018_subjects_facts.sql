-- How much there is about whom, without names: which agency supplied what class of data about which subject. Rooms that
-- count read this; row-level security holds here as everywhere, so a viewer counts only what they may see.
create view subjects_facts with (security_invoker) as
  select partnership_id, id as subject_id, agency_id, data_class, handling, adult_from from subject
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from from identity
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from from entry;
grant select on subjects_facts to trellis_app;
