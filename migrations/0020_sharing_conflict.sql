-- Opening a record again to somebody who was too close is another person's decision, and it says why.
alter table conflict
  add column lifted_by uuid,
  add column lifted_why text,
  add check ((lifted_at is null) = (lifted_by is null)),
  add check (lifted_by <> staff_id),
  add check (lifted_at is null or lifted_why <> '');
