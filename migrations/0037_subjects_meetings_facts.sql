-- An agency that only called a meeting holds something of the person too. What a meeting was for goes with it: that
-- there was one against a crime is not everybody's to hear.
create or replace view subjects_facts with (security_invoker) as
  select partnership_id, id as subject_id, agency_id, data_class, handling, adult_from, null::text as purpose from subject
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from identity
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from entry
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, purpose from meeting;
