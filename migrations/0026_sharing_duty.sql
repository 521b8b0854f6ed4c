-- What a duty clause obliges one agency to tell another about a subject: share it, or say why not. A row is raised when
-- the agency comes to hold such a thing, and stays open until a disclosure, or a decision not to share, answers it.
create table share_duty (
  partnership_id uuid not null references partnership,
  id uuid not null,
  subject_id uuid not null,
  -- Who holds it and owes the answer.
  agency_id uuid not null,
  recipient_agency_id uuid not null,
  -- As people cite the clause: it stays the same when the next version of the agreement gives the clause another id.
  cite text not null,
  clause_id uuid not null,
  purpose text not null,
  -- What still waits for an answer. Of one that has ended: what was answered last.
  classes data_class[] not null check (cardinality(classes) > 0),
  -- Whose it is first; managers see all of their agency's.
  for_staff_id uuid,
  raised_at timestamptz not null,
  -- The last time something came in that it reaches: an answer given before then does not speak of it.
  held_at timestamptz not null,
  -- Null where the partnership runs no such clock.
  at_risk_at timestamptz,
  due_at timestamptz,
  -- When nobody had answered in time and the managers were told.
  escalated_at timestamptz,
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, recipient_agency_id) references agency,
  foreign key (partnership_id, for_staff_id) references account
);
create unique index share_duty_open on share_duty (partnership_id, subject_id, agency_id, recipient_agency_id, cite)
  where ended_at is null;
create index share_duty_waits on share_duty (partnership_id, agency_id, due_at) where ended_at is null;

-- Which disclosure, or decision not to share, answered which.
create table share_duty_answer (
  partnership_id uuid not null references partnership,
  share_duty_id uuid not null,
  disclosure_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, share_duty_id, disclosure_id),
  foreign key (partnership_id, share_duty_id) references share_duty,
  foreign key (partnership_id, disclosure_id) references disclosure
);
create index share_duty_answer_by on share_duty_answer (partnership_id, disclosure_id);

do $$
declare t text;
begin
  foreach t in array array['share_duty', 'share_duty_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- The agency's own, and of no subject that the viewer is too close to.
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and agency_id = (select viewer_agency()) and ((select viewer_ties()) ->> subject_id::text) is distinct from ''-1'')', t || '_own', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;
