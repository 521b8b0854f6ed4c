-- The delivery of a support project: sessions, what was said there, what is to be done, and what people who were asked
-- contributed.
create table project_session (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  held_on date not null,
  place text not null,
  purpose text not null,
  agenda text not null,
  planned_by uuid not null,
  planned_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, planned_by) references account
);
create index project_session_of on project_session (partnership_id, project_id, held_on);

-- Who was invited and who came, counted by agency, level and area, without names. People with lived experience need no
-- agency; an area where one is known.
create table session_group (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  session_id uuid not null,
  agency_id uuid,
  level text not null check (level in ('front line', 'manager', 'senior', 'executive', 'lived experience')),
  area_id uuid,
  invited integer not null check (invited between 0 and 10000),
  -- Null until somebody says who came.
  came integer check (came between 0 and 10000),
  kept_by uuid not null,
  kept_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique nulls not distinct (partnership_id, session_id, agency_id, level, area_id),
  check (agency_id is not null or level = 'lived experience'),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, session_id) references project_session,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, area_id) references area,
  foreign key (partnership_id, kept_by) references account
);

-- What was said: a theme, a capability that is in place, or a resource that is needed.
create table session_line (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  session_id uuid not null,
  kind text not null check (kind in ('theme', 'in place', 'needed')),
  -- Of a theme its code in content/learning.json; else practical, physical or emotional.
  code text not null,
  words text not null,
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (kind = 'theme' or code in ('practical', 'physical', 'emotional')),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, session_id) references project_session,
  foreign key (partnership_id, said_by) references account
);
create index session_line_of on session_line (partnership_id, session_id);

-- What somebody took on, in a session or between two: one owner, one day.
create table project_action (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  session_id uuid,
  words text not null,
  owner_name text not null,
  agency_id uuid not null,
  due_on date not null,
  added_by uuid not null,
  added_at timestamptz not null,
  outcome text,
  done_by uuid,
  done_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((outcome is null) = (done_at is null)),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, session_id) references project_session,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, added_by) references account
);
create index project_action_of on project_action (partnership_id, project_id, due_on);

-- Who contributed what. Whoever does not want to be named is not: then the row holds no name.
create table contribution (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  on_day date not null,
  -- Who was asked, as a group: 'Parents who came to the evening in March'.
  invited text not null,
  attributed boolean not null,
  contributor text not null,
  words text not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (attributed = (contributor <> '')),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, recorded_by) references account
);
create index contribution_of on contribution (partnership_id, project_id, on_day);

-- What changed because of it, and where that can be seen.
create table contribution_change (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  contribution_id uuid not null,
  words text not null,
  aims_id uuid,
  session_id uuid,
  -- A finding of the project's report, in the words that it had then.
  finding text not null default '',
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, contribution_id) references contribution,
  foreign key (partnership_id, aims_id) references project_aims,
  foreign key (partnership_id, session_id) references project_session,
  foreign key (partnership_id, said_by) references account
);
create index contribution_change_of on contribution_change (partnership_id, contribution_id);

select guard_by_project(name) from unnest(array['project_session', 'session_group', 'session_line', 'project_action',
  'contribution', 'contribution_change']) name;
