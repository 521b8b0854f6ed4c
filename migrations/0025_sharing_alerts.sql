-- Alerts: acts that the agreement lets happen, and that somebody should hear of in the same moment. Who is told stands in
-- the row; whether it was answered is a row of its own.

-- The roles of a member of staff, told with the viewer: who answers for an agency, or for data protection, is a role.
create function viewer_has_role(role text) returns boolean language sql stable parallel safe
  return role = any(string_to_array(current_setting('trellis.roles', true), ' '));

create table alert (
  partnership_id uuid not null references partnership,
  id uuid not null,
  kind text not null check (kind in ('self-claimed', 'override', 'cross-organisation', 'restricted class', 'mass view')),
  -- Whose managers it concerns: the agency that opened the record; of a mass view the worker's own.
  agency_id uuid not null,
  -- Of a mass view none: it is about a worker.
  subject_id uuid,
  -- The involvement, the break-glass, the record or the worker that it is about.
  object_id uuid not null,
  caused_by uuid not null,
  caused_agency_id uuid not null,
  -- The act itself, in the event log.
  event_id uuid not null,
  raised_at timestamptz not null,
  purpose text,
  role text,
  classes text[] not null default '{}',
  people integer,
  minutes integer,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, id, caused_by),
  check ((kind = 'mass view') = (subject_id is null)),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, caused_by) references account
);
create index alert_for on alert (partnership_id, agency_id, raised_at desc);
create index alert_of on alert (partnership_id, caused_by, kind);

create table alert_answer (
  partnership_id uuid not null references partnership,
  alert_id uuid not null,
  subject_id uuid,
  agency_id uuid not null,
  caused_by uuid not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  outcome text not null check (outcome in ('expected', 'spoken with', 'passed on', 'misuse')),
  words_sealed bytea not null,
  key_id uuid not null,
  data_class data_class not null default 'D7',
  handling handling not null default 1,
  primary key (partnership_id, alert_id),
  -- Nobody answers for what they did themself.
  check (answered_by <> caused_by),
  foreign key (partnership_id, alert_id, caused_by) references alert (partnership_id, id, caused_by),
  foreign key (partnership_id, answered_by) references account
);

-- From how many people in how many minutes on a mass view is called one. The highest number counts; without a row the
-- default.
create table alert_rule (
  partnership_id uuid not null references partnership,
  id uuid not null,
  number integer not null,
  people integer not null check (people between 2 and 1000),
  minutes integer not null check (minutes between 5 and 1440),
  -- Whether those who were only shown in a search count as well.
  searches boolean not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (partnership_id, id),
  unique (partnership_id, number)
);

alter table alert enable row level security;
alter table alert force row level security;
alter table alert_answer enable row level security;
alter table alert_answer force row level security;
alter table alert_rule enable row level security;
alter table alert_rule force row level security;
-- An agency's managers and the guardian; nobody about a person whom they have said they are too close to.
create policy alert_told on alert for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff'
  and ((select viewer_has_role('guardian')) or (select viewer_has_role('manager')) and agency_id = (select viewer_agency()))
  and not exists (select from conflict c where c.partnership_id = alert.partnership_id and c.subject_id = alert.subject_id
    and c.staff_id = (select viewer_staff()) and c.lifted_at is null));
create policy alert_kept on alert for all using (partnership_id = (select system_partnership()));
create policy alert_answer_told on alert_answer for select using (partnership_id = (select viewer_partnership())
  and exists (select from alert a where a.partnership_id = alert_answer.partnership_id and a.id = alert_answer.alert_id));
create policy alert_answer_kept on alert_answer for all using (partnership_id = (select system_partnership()));
create policy alert_rule_seen on alert_rule for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) in ('staff', 'system'));
create policy alert_rule_kept on alert_rule for all using (partnership_id = (select system_partnership()));
-- Taken away only with the person whom they are about.
grant select, insert, delete on alert, alert_answer to trellis_app;
grant select, insert on alert_rule to trellis_app;

-- How many people somebody looked at lately is asked at every look.
create index event_person_by on event (partnership_id, staff_id, at) where about_kind = 'person';
