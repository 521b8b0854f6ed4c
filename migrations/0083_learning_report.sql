-- A Project Learning Report while it is written: its words field by field, the issues and changes that have parts of their
-- own, who said what of it, who signed which version. Names of professionals alone: nobody who is helped stands in one.
create table learning_report (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- Null for one that was read in from a file.
  project_id uuid,
  title text not null check (title <> ''),
  -- The name of the file that it was read from, or ''.
  source text not null default '',
  -- What the box of that file said about sharing it.
  consent_read boolean,
  agency_id uuid not null,
  begun_by uuid not null,
  begun_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, begun_by) references account
);
create index learning_report_project on learning_report (partnership_id, project_id);

alter table learning_report enable row level security;
alter table learning_report force row level security;
create policy learning_report_seen on learning_report for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff'
  and ((select viewer_has_role('learning')) or project_id in (select viewer_projects())));
create policy learning_report_kept on learning_report for all using (partnership_id = (select system_partnership()));
grant select, insert, update on learning_report to trellis_app;

-- What somebody wrote in one field. It stands until another text follows it; two that were written at the same time stand
-- beside each other until somebody makes them one. A field is one of the form's, or a part of an issue or a change by its id.
create table report_text (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  field text not null,
  version int not null check (version > 0),
  words text not null,
  -- One page as it was opened: a text follows what the same sitting kept before.
  sitting uuid not null,
  written_by uuid not null,
  written_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, report_id, field, version),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, written_by) references account
);

-- A point under the key issues, for one of the two columns or for both, and those below it.
create table report_issue (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  parent_id uuid,
  place int not null,
  whose text not null check (whose in ('local', 'delivering', 'both')),
  -- As the file had it, until somebody moves a point: then all are numbered by where they stand.
  number text not null default '',
  added_by uuid not null,
  added_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, parent_id) references report_issue,
  foreign key (partnership_id, added_by) references account,
  foreign key (partnership_id, removed_by) references account
);
create index report_issue_report on report_issue (partnership_id, report_id) where removed_at is null;

-- One change of the system that the work is thought to have brought: an item of positive disruption.
create table report_change (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  place int not null,
  -- How far it reaches: a code of content/learning.json, or '' while nobody said.
  scale text not null default '',
  -- Since when it is seen: whether it lasts is asked 6 and 12 months later.
  seen_on date not null,
  added_by uuid not null,
  added_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, added_by) references account,
  foreign key (partnership_id, removed_by) references account
);
create index report_change_report on report_change (partnership_id, report_id) where removed_at is null;

-- Whether a change was still true when it was asked. The last answer counts; those before it stay.
create table change_check (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  change_id uuid not null,
  months int not null check (months in (6, 12)),
  still text not null check (still in ('yes', 'partly', 'no')),
  words text not null,
  checked_by uuid not null,
  checked_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, change_id) references report_change,
  foreign key (partnership_id, checked_by) references account
);
create index change_check_change on change_check (partnership_id, change_id);

-- The whole report as it stood: what is signed, compared and published is one of these. The last one grows while somebody
-- writes, and stays as it is once it is signed or half an hour old.
create table report_version (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  number int not null check (number > 0),
  content jsonb not null,
  begun_at timestamptz not null,
  made_by uuid not null,
  made_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, report_id, number),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, made_by) references account
);

-- What somebody asks or notes about one field, and the answer that settles it.
create table report_comment (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  field text not null,
  words text not null check (words <> ''),
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, said_by) references account
);
create index report_comment_report on report_comment (partnership_id, report_id);
create table report_comment_answer (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  comment_id uuid not null,
  words text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, comment_id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, comment_id) references report_comment,
  foreign key (partnership_id, answered_by) references account
);

-- A signature of one side under one version. One that a file had stands under none: it says who signed what was read in.
create table report_signature (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  version int,
  side text not null check (side in ('local', 'programme')),
  account_id uuid,
  name text not null check (name <> ''),
  role text not null,
  body text not null,
  signed_on date,
  kept_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, report_id, version, account_id),
  check ((version is null) = (account_id is null)),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, report_id, version) references report_version (partnership_id, report_id, number),
  foreign key (partnership_id, account_id) references account
);
create index report_signature_report on report_signature (partnership_id, report_id);

-- Whether a signatory agrees to be named where anybody reads it. The last word counts; without one they are not named.
create table signatory_naming (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  signature_id uuid not null,
  agreed boolean not null,
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, signature_id) references report_signature,
  foreign key (partnership_id, said_by) references account
);
create index signatory_naming_signature on signatory_naming (partnership_id, signature_id);

-- That one side agrees to one version being published: an act of its own, which may be taken back.
create table report_consent (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  version int not null,
  side text not null check (side in ('local', 'programme')),
  given_by uuid not null,
  given_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id, version) references report_version (partnership_id, report_id, number),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, given_by) references account,
  foreign key (partnership_id, withdrawn_by) references account
);
create unique index report_consent_once on report_consent (partnership_id, report_id, version, side) where withdrawn_at is null;

-- That a person read a sentence in which something looked like a name, a number or a date of somebody, and found it fine.
create table redaction_check (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  kind text not null,
  found text not null,
  sentence text not null,
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, confirmed_by) references account
);
create index redaction_check_report on redaction_check (partnership_id, report_id);

-- Each is read by whoever may read the report that it belongs to, and written as the product by the room's verbs.
create function guard_by_report(name text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
    and exists (select from learning_report r where r.partnership_id = %I.partnership_id and r.id = %I.report_id))',
    name || '_seen', name, name, name);
  execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', name || '_kept', name);
  execute format('grant select, insert, update on %I to trellis_app', name);
end $$;
select guard_by_report(name) from unnest(array['report_text', 'report_issue', 'report_change', 'change_check',
  'report_version', 'report_comment', 'report_comment_answer', 'report_signature', 'signatory_naming', 'report_consent',
  'redaction_check']) as name;
