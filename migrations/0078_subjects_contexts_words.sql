-- The words of what it is called, as keyed hashes like those of a concern's place: a concern that names it is found
-- without opening either.
alter table context add column name_words text[] not null default '{}';
create or replace function forget_context() returns trigger language plpgsql as $$
begin
  update context set area_id = null, name_words = '{}', handling = 2 where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
