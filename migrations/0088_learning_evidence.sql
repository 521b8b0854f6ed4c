-- What a partnership goes by: evidence with its local fit, decisions about programmes, and its review of itself. No person
-- who is helped is in any of it; the professionals who wrote it are.

-- Puts a table of one partnership under the rule for what is learnt: learning leads and the chair read. The room's verbs
-- write as the product, after the route has shown who asks.
create function guard_by_learning(name text) returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = ''staff'' and ((select viewer_has_role(''learning'')) or (select viewer_has_role(''chair''))))',
    name || '_seen', name);
  execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', name || '_kept', name);
  execute format('grant select, insert, update, delete on %I to trellis_app', name);
end $$;

create table evidence (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('research', 'audit', 'voice', 'data')),
  title text not null check (title <> ''),
  -- Who made it, and where it can be read: '' where it is nowhere to be read.
  source text not null,
  link text not null default '',
  year int not null check (year between 1900 and 2200),
  summary text not null,
  -- A code of content/learning.json.
  strength text not null,
  added_by uuid not null,
  added_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, added_by) references account
);

-- How a piece of evidence fits here, and who says so. Several may say so, and say otherwise later.
create table evidence_fit (
  partnership_id uuid not null,
  id uuid not null,
  evidence_id uuid not null,
  agency_id uuid not null,
  fit text not null check (fit in ('fits', 'partly', 'does not fit', 'not known')),
  words text not null check (words <> ''),
  -- In whose name it is said: 'the youth forum, March'.
  according_to text not null check (according_to <> ''),
  said_by uuid not null,
  said_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, evidence_id) references evidence,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, said_by) references account
);
create index evidence_fit_of on evidence_fit (partnership_id, evidence_id, said_at desc);

-- Something that is done for many: a package for schools, a campaign, a course. What was decided of it stands in rows below.
create table programme (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  name text not null check (name <> ''),
  about text not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);

create table programme_decision (
  partnership_id uuid not null,
  id uuid not null,
  programme_id uuid not null,
  agency_id uuid not null,
  outcome text not null check (outcome in ('continue', 'pause', 'adapt', 'stop')),
  alternatives text not null check (alternatives <> ''),
  why text not null check (why <> ''),
  -- Which board or people decided, as they are called.
  decided_by text not null check (decided_by <> ''),
  decided_on date not null,
  -- Joining the Dots: who carries it, which boundary it crosses, what is not known.
  care text not null,
  boundary text not null,
  curiosity text not null,
  review_on date not null,
  written_by uuid not null,
  written_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (review_on > decided_on),
  foreign key (partnership_id, programme_id) references programme,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, written_by) references account
);
create index programme_decision_of on programme_decision (partnership_id, programme_id, decided_on desc, written_at desc);

create table decision_evidence (
  partnership_id uuid not null,
  decision_id uuid not null,
  evidence_id uuid not null,
  primary key (partnership_id, decision_id, evidence_id),
  foreign key (partnership_id, decision_id) references programme_decision,
  foreign key (partnership_id, evidence_id) references evidence
);
create index decision_evidence_cited on decision_evidence (partnership_id, evidence_id);

-- A time at which the partnership looks at itself. Each agency answers for itself, principle by principle.
create table self_review (
  partnership_id uuid not null references partnership,
  id uuid not null,
  agency_id uuid not null,
  name text not null check (name <> ''),
  begun_on date not null,
  begun_by uuid not null,
  begun_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((ended_at is null) = (ended_by is null)),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, begun_by) references account,
  foreign key (partnership_id, ended_by) references account
);

-- What one agency says of one principle; what it said before stays, replaced.
create table self_review_answer (
  partnership_id uuid not null,
  id uuid not null,
  review_id uuid not null,
  agency_id uuid not null,
  -- A code of content/self-review.json.
  principle text not null,
  rating text not null check (rating in ('not yet', 'beginning', 'in place', 'heard')),
  narrative text not null check (narrative <> ''),
  evidence text not null,
  -- From whom it was heard that it works.
  heard_from text not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (rating <> 'heard' or heard_from <> ''),
  foreign key (partnership_id, review_id) references self_review,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, answered_by) references account
);
create unique index self_review_answer_standing on self_review_answer (partnership_id, review_id, principle, agency_id)
  where replaced_at is null;

create table self_review_evidence (
  partnership_id uuid not null,
  answer_id uuid not null,
  evidence_id uuid not null,
  primary key (partnership_id, answer_id, evidence_id),
  foreign key (partnership_id, answer_id) references self_review_answer,
  foreign key (partnership_id, evidence_id) references evidence
);

select guard_by_learning(name) from unnest(array['evidence', 'evidence_fit', 'programme', 'programme_decision',
  'decision_evidence', 'self_review', 'self_review_answer', 'self_review_evidence']) as name;
