-- A birthday that becomes known, or was wrong: every row about the person carries the day from which they count as an adult's,
-- because the agreement asks it of each row. They follow the person's in the same statement, whatever room they are of.
create function follow_birthday() returns trigger language plpgsql as $$
declare t text;
begin
  for t in select c.relname from pg_class c
    join pg_attribute s on s.attrelid = c.oid and s.attname = 'subject_id' and not s.attisdropped
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'adult_from' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  loop
    execute format('update %I set adult_from = $3 where partnership_id = $1 and subject_id = $2 and adult_from is distinct from $3', t)
      using new.partnership_id, new.id, new.adult_from;
  end loop;
  return null;
end
$$;
create trigger birthday_followed after update of adult_from on subject for each row
  when (new.adult_from is distinct from old.adult_from and new.erased_at is null) execute function follow_birthday();
