-- Which agency opened a record, and so hears of what is done with it. Rooms below ask this and no more.
create view subject_owner with (security_invoker) as
  select partnership_id, id as subject_id, agency_id from subject where erased_at is null;
grant select on subject_owner to trellis_app;
