-- Somebody else holds it from now on, until agencies agree: for a reason, and both are told.
alter table boundary_step drop constraint boundary_step_step_check;
alter table boundary_step add constraint boundary_step_step_check
  check (step in ('said', 'held', 'to managers', 'to guardian', 'resolved'));
drop index boundary_step_once;
create unique index boundary_step_once on boundary_step (partnership_id, dispute_id, step) where step not in ('said', 'held');
-- Who held it before, and who does from here on. Whoever has no account is known by the words of the step.
alter table boundary_step add column from_holder_id uuid;
alter table boundary_step add column to_holder_id uuid;
alter table boundary_step add column to_agency_id uuid;
alter table boundary_step add foreign key (partnership_id, from_holder_id) references account;
alter table boundary_step add foreign key (partnership_id, to_holder_id) references account;
alter table boundary_step add foreign key (partnership_id, to_agency_id) references agency;
alter table boundary_step add check ((step = 'held') = (to_agency_id is not null));
create index boundary_step_from on boundary_step (partnership_id, from_holder_id, taken_at) where from_holder_id is not null;
create index boundary_dispute_holder on boundary_dispute (partnership_id, holder_id) where holder_id is not null;
