-- Who added somebody to a circle, who ended it, and why: a code, and words that are sealed with the subject's key. No
-- page wrote the plain column that goes.
alter table involvement
  drop column why_ended,
  -- Null where the record was opened with it, or a system wrote it.
  add column entered_by uuid,
  -- Somebody added themself: nobody who worked with the person before asked them in.
  add column self_claimed boolean not null default false,
  add column why_sealed bytea,
  add column end_reason text check (end_reason in ('work done', 'handed over', 'left post', 'person asked', 'not needed', 'mistake')),
  add column why_ended_sealed bytea,
  add column key_id uuid,
  add column ended_by uuid,
  -- When whoever's part another ended had read that it was.
  add column told_at timestamptz,
  add check (end_reason is null or to_at is not null),
  add check (key_id is not null or why_sealed is null and why_ended_sealed is null);
create index involvement_untold on involvement (partnership_id, staff_id) where ended_by is not null and told_at is null;
