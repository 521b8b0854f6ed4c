-- The life of a support project from its application to an agreed specification. A state is a row; what is written again is
-- a version, and the latest counts. Everything names professionals at work and nobody who is helped.
create table project_stage (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  step integer not null check (step > 0),
  stage text not null
    check (stage in ('application', 'scoping', 'specification', 'delivery', 'learning', 'sign-off', 'publication')),
  -- Why it went back; a step onward needs no reason.
  why text not null default '',
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, project_id, step),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, entered_by) references account
);

-- Why a partnership asks for help, by a senior colleague of one of its agencies.
create table project_application (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  version integer not null check (version > 0),
  applicant_name text not null,
  applicant_role text not null,
  agency_id uuid not null,
  reasons text not null,
  hoped_for text not null,
  region text not null,
  areas uuid[] not null,
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, project_id, version),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, written_by) references account
);

-- That a partner agrees to the application: which agency, who said so, in what role, and when. One that is taken back ends.
create table partner_agreement (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  agency_id uuid not null,
  name text not null,
  role text not null,
  agreed_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, recorded_by) references account
);
create unique index partner_agreement_once on partner_agreement (partnership_id, project_id, agency_id) where ended_at is null;

-- A senior leader with whom the scoping is talked through. One with an account here answers for themself.
create table project_leader (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  agency_id uuid not null,
  account_id uuid,
  name text not null,
  role text not null,
  added_by uuid not null,
  added_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, account_id) references account
);
create index project_leader_of on project_leader (partnership_id, project_id);

create table scoping_conversation (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  leader_id uuid not null,
  version integer not null check (version > 0),
  held_on date not null,
  aims text not null,
  worries text not null,
  constraints text not null,
  strengths text not null,
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, leader_id, version),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, leader_id) references project_leader,
  foreign key (partnership_id, written_by) references account
);

-- Where leaders do not want or fear the same. It stays open until somebody says how it was talked through.
create table leader_difference (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  words text not null,
  noted_by uuid not null,
  noted_at timestamptz not null,
  settled text,
  settled_by uuid,
  settled_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((settled is null) = (settled_at is null)),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, noted_by) references account
);
create index leader_difference_of on leader_difference (partnership_id, project_id);

-- What the project is for. A version says what led to it and on whose feedback; none is ever overwritten.
create table project_aims (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  version integer not null check (version > 0),
  words text not null,
  why text not null,
  feedback text not null,
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, project_id, version),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, written_by) references account
);

create table project_specification (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  version integer not null check (version > 0),
  methods text not null,
  delivery_partners text not null,
  starts_on date not null,
  ends_on date not null,
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, project_id, version),
  check (ends_on >= starts_on),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, written_by) references account
);

-- Which leaders stand behind the specification, and to which version with which aims each of them said yes.
create table project_sponsor (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  leader_id uuid not null,
  named_by uuid not null,
  named_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, leader_id) references project_leader
);
create unique index project_sponsor_once on project_sponsor (partnership_id, leader_id) where ended_at is null;

create table sponsor_agreement (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  sponsor_id uuid not null,
  specification_id uuid not null,
  aims_id uuid not null,
  agreed_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, sponsor_id, specification_id, aims_id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, sponsor_id) references project_sponsor,
  foreign key (partnership_id, specification_id) references project_specification,
  foreign key (partnership_id, aims_id) references project_aims
);

select guard_by_project(name) from unnest(array['project_stage', 'project_application', 'partner_agreement', 'project_leader',
  'scoping_conversation', 'leader_difference', 'project_aims', 'project_specification', 'project_sponsor',
  'sponsor_agreement']) name;
