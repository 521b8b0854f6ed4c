-- Why somebody was named for a sealed row after it was written, and why a name was taken away, sealed with the
-- subject's key. Naming somebody again begins a new part of the same row; the events tell the earlier ones.
alter table named_person
  add column why_sealed bytea,
  add column why_ended_sealed bytea,
  add column key_id uuid,
  add column ended_by uuid,
  add check (key_id is not null or why_sealed is null and why_ended_sealed is null);
create index named_person_row on named_person (partnership_id, row_id) where ended_at is null;
