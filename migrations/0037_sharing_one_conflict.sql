-- One conflict stands at a time for somebody and a subject. Where it was said twice, the first stays.
alter table conflict no force row level security;
delete from conflict c using conflict first
  where first.partnership_id = c.partnership_id and first.staff_id = c.staff_id and first.subject_id = c.subject_id
    and first.lifted_at is null and c.lifted_at is null and (first.declared_at, first.id) < (c.declared_at, c.id);
alter table conflict force row level security;
create unique index conflict_standing on conflict (partnership_id, staff_id, subject_id) where lifted_at is null;
drop index conflict_staff;
