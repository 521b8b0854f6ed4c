-- Why a record was opened again to somebody who was too close says something of the person: it is sealed with their key.
-- No released version kept it in plain words; what lies there is let go. How somebody is close goes when the person is
-- erased, and that there was a conflict stays.
alter table conflict
  drop column lifted_why,
  add column lifted_why_sealed bytea,
  add column key_id uuid,
  alter column kind drop not null,
  add foreign key (partnership_id, key_id) references data_key;
alter table conflict
  alter column lifted_why_sealed type bytea using case when lifted_at is not null then ''::bytea end,
  add check ((lifted_at is null) = (lifted_why_sealed is null));
