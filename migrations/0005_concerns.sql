-- What somebody noticed. The words are kept exactly as sent.
create table concern (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- The supplier: the sender's agency, or for the public the agency that holds the front door.
  agency_id uuid not null,
  -- Short and sayable, for people to talk about it; random, so it does not tell how many there are.
  reference text not null,
  channel text not null check (channel in ('public', 'self', 'small', 'professional', 'phone', 'api')),
  setting text,
  language text not null default 'en',
  worry text not null,
  about text not null check (about in ('one', 'several', 'place', 'business', 'group', 'online', 'self', 'unknown')),
  danger_now boolean not null default false,
  -- When it happened, as said, and as a date where one was given.
  happened text not null default '',
  happened_on date,
  still_happening text check (still_happening in ('yes', 'no', 'not sure')),
  place text not null default '',
  postcode text,
  latitude double precision,
  longitude double precision,
  wants_news boolean not null default false,
  -- Professionals' part.
  person_wants text,
  person_knows text check (person_knows in ('yes', 'no', 'not sure')),
  person_knows_why text,
  consent text check (consent in ('given', 'refused', 'not sought')),
  consent_why text,
  agency_reference text,
  entered_by uuid,
  client_id uuid,
  received_at timestamptz not null default now(),
  -- The same submission twice is one concern.
  submission_key bytea,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, reference),
  unique (partnership_id, submission_key),
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, entered_by) references account
);
create index concern_received on concern (partnership_id, received_at desc);
create index concern_agency on concern (partnership_id, agency_id, received_at desc);
create index concern_postcode on concern (partnership_id, postcode) where postcode is not null;

-- Concerns that nobody has decided yet: the row goes with the decision. The queue is read all day and holds a few
-- thousand; without this it would have to look through every concern there ever was.
create table undecided (
  partnership_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  received_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, concern_id),
  foreign key (partnership_id, concern_id) references concern
);

-- A person somebody is worried about, or who may be causing harm; as described, not yet known to be anyone.
create table concern_person (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  position integer not null,
  part text not null default 'worried about' check (part in ('worried about', 'may be causing harm', 'other')),
  name text not null default '',
  nickname text not null default '',
  born_on date,
  -- What was said of the age when no date is known: 'about 15'.
  age_said text not null default '',
  -- The frame somebody chose where no age is known.
  age_group text check (age_group in ('child', 'adult', 'not known')),
  sex text,
  gender text not null default '',
  ethnicity text,
  first_language text not null default '',
  needs text not null default '',
  address text not null default '',
  postcode text,
  phone text not null default '',
  nhs_number text,
  other_reference text not null default '',
  school_or_work text not null default '',
  description text not null default '',
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern
);
create index concern_person_of on concern_person (partnership_id, concern_id);

create table concern_sign (
  partnership_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  sign text not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, concern_id, sign),
  foreign key (partnership_id, concern_id) references concern
);

-- Plates, phones, names, nicknames, accounts and postcodes: as said, and as a key that finds the same thing said elsewhere.
create table detail (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('vehicle', 'phone', 'name', 'nickname', 'account', 'postcode')),
  said text not null,
  key text,
  note text not null default '',
  -- 'given' in its own box, or 'found' in the free text and kept because the sender said so.
  came text not null default 'given' check (came in ('given', 'found', 'added')),
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern
);
create index detail_of on detail (partnership_id, concern_id);
create index detail_key on detail (partnership_id, kind, key) where key is not null;

-- Who said it and how to reach them safely. Sealed to those named in contact_opening.
create table reporter (
  partnership_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  name text not null default '',
  relationship text not null default '',
  job_title text not null default '',
  may_contact boolean not null default false,
  contact_by text check (contact_by in ('phone', 'text', 'email', 'letter', 'in person')),
  contact_value text not null default '',
  safe_times text not null default '',
  safe_note text not null default '',
  data_class data_class not null default 'D8',
  handling handling not null default 2,
  primary key (partnership_id, concern_id),
  foreign key (partnership_id, concern_id) references concern
);
create table contact_opening (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  why text not null,
  at timestamptz not null default now(),
  data_class data_class not null default 'D8',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, staff_id) references account
);
create index contact_opening_of on contact_opening (partnership_id, concern_id, staff_id);

create table receipt (
  partnership_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  selector text not null,
  -- argon2id of secret and pepper; the receipt itself is shown once and kept nowhere.
  secret_hash text not null,
  made_at timestamptz not null default now(),
  expires_at timestamptz not null,
  data_class data_class not null default 'D8',
  handling handling not null default 2,
  primary key (partnership_id, concern_id),
  unique (partnership_id, selector),
  foreign key (partnership_id, concern_id) references concern
);
-- A receipt that was opened, for as long as the reporter reads: the browser holds the token, never the receipt.
create table receipt_visit (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  token_hash bytea not null,
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  data_class data_class not null default 'D8',
  handling handling not null default 2,
  primary key (partnership_id, id),
  unique (partnership_id, token_hash),
  foreign key (partnership_id, concern_id) references concern
);

create table attachment (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  -- The name it came with, as sent; shown, never used as a path.
  name text not null,
  type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  -- Whether a copy without metadata could be made to show; the original stays sealed.
  copy_type text,
  copy_bytes bigint,
  added_at timestamptz not null default now(),
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern
);
create index attachment_of on attachment (partnership_id, concern_id);
create table attachment_piece (
  partnership_id uuid not null,
  attachment_id uuid not null,
  version text not null check (version in ('original', 'copy')),
  position integer not null,
  sealed bytea not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, attachment_id, version, position),
  foreign key (partnership_id, attachment_id) references attachment
);

-- Somebody saw the file as it came, with whatever its metadata says about its maker, and why they needed to.
create table original_opening (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  attachment_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  why text not null,
  at timestamptz not null default now(),
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, attachment_id) references attachment,
  foreign key (partnership_id, staff_id) references account
);
create index original_opening_of on original_opening (partnership_id, concern_id);

-- Between the front door and whoever said it.
create table message (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  direction text not null check (direction in ('to reporter', 'from reporter')),
  kind text not null check (kind in ('question', 'answer', 'more', 'news', 'not heard', 'reply')),
  words text not null,
  answers_id uuid,
  staff_id uuid,
  sent_at timestamptz not null default now(),
  read_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, answers_id) references message,
  foreign key (partnership_id, staff_id) references account
);
create index message_of on message (partnership_id, concern_id, sent_at);
create index message_new on message (partnership_id, concern_id) where direction = 'from reporter' and read_at is null;

-- Who has it: the row without an end.
create table holding (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  from_at timestamptz not null default now(),
  to_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, staff_id) references account
);
create unique index holding_one on holding (partnership_id, concern_id) where to_at is null;
create index holding_of on holding (partnership_id, concern_id);
create index holding_staff on holding (partnership_id, staff_id) where to_at is null;

-- How soon it must be looked at: words with a colour. The newest row counts.
create table priority (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  level text not null check (level in ('red', 'amber', 'green', 'blue')),
  why text not null,
  -- Null when it followed from the sender saying that someone is in danger now.
  staff_id uuid,
  at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, staff_id) references account
);
create unique index priority_one on priority (partnership_id, concern_id) where ended_at is null;
create index priority_of on priority (partnership_id, concern_id);

-- A clock that runs, or ran. Stopped when what it waited for was done.
create table clock_run (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  clock text not null,
  -- What it is a clock of besides the concern: a partner check, an escalation.
  of_id uuid,
  started_at timestamptz not null,
  at_risk_at timestamptz not null,
  due_at timestamptz not null,
  stopped_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern
);
create index clock_run_due on clock_run (partnership_id, due_at) where stopped_at is null;
create index clock_run_of on clock_run (partnership_id, concern_id);
create table clock_pause (
  partnership_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  why text not null,
  staff_id uuid not null,
  from_at timestamptz not null default now(),
  to_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, run_id) references clock_run,
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, staff_id) references account
);
create unique index clock_pause_one on clock_pause (partnership_id, run_id) where to_at is null;

create table partner_check (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  -- Who asks, and so whose words these are.
  agency_id uuid not null,
  asked_agency_id uuid not null,
  asked_by uuid not null,
  -- All that the partner is told: written for them, not the concern itself.
  question text not null,
  reason text not null,
  asked_at timestamptz not null default now(),
  answered_by uuid,
  answered_at timestamptz,
  known text check (known in ('known', 'not known', 'cannot say')),
  answer text,
  withdrawn_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, asked_agency_id) references agency,
  foreign key (partnership_id, asked_by) references account,
  foreign key (partnership_id, answered_by) references account
);
create index partner_check_of on partner_check (partnership_id, concern_id);
create index partner_check_open on partner_check (partnership_id, concern_id) where answered_at is null and withdrawn_at is null;
create index partner_check_asked on partner_check (partnership_id, asked_agency_id) where answered_at is null;

-- A decision and its reasons. It is never changed: another look makes another row that names the one it replaces.
create table decision (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  -- The frame that the age on the date gave, or that was chosen where no age is known.
  frame text not null check (frame in ('child', 'adult', 'context')),
  route text not null,
  also text[] not null default '{}',
  reason text not null check (reason <> ''),
  unknowns text not null check (unknowns <> ''),
  confidence text not null check (confidence in ('low', 'medium', 'high')),
  -- Care Act section 42(1), limb by limb, for adults.
  limb_needs text check (limb_needs in ('yes', 'no', 'not yet known')),
  limb_needs_why text,
  limb_risk text check (limb_risk in ('yes', 'no', 'not yet known')),
  limb_risk_why text,
  limb_protect text check (limb_protect in ('yes', 'no', 'not yet known')),
  limb_protect_why text,
  -- What is offered whatever the legal test says. Never empty: there is no 'no further action'.
  offered text not null check (offered <> ''),
  told text not null check (told <> ''),
  -- Information that is only kept is looked at again on a day that is named.
  look_again_on date,
  decided_by uuid not null,
  decided_at timestamptz not null default clock_timestamp(),
  replaces_id uuid,
  replaced_at timestamptz,
  data_class data_class not null default 'D5',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, decided_by) references account,
  foreign key (partnership_id, replaces_id) references decision
);
create unique index decision_standing on decision (partnership_id, concern_id) where replaced_at is null;
create index decision_newest on decision (partnership_id, decided_at desc) where replaced_at is null;
create index decision_of on decision (partnership_id, concern_id);

-- What a route asks of whoever chooses it, such as what the adult wants or the lawful basis, one by one.
create table decision_need (
  partnership_id uuid not null,
  decision_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  need text not null,
  -- Where there is something to choose, such as whether consent was given.
  choice text,
  words text not null default '',
  data_class data_class not null default 'D5',
  handling handling not null default 1,
  primary key (partnership_id, decision_id, need),
  check (choice is not null or words <> ''),
  foreign key (partnership_id, decision_id) references decision,
  foreign key (partnership_id, concern_id) references concern
);
create index decision_need_of on decision_need (partnership_id, concern_id);

-- Somebody says they were not heard. Each step has its own clock and its own answerer.
create table escalation (
  partnership_id uuid not null,
  id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  step integer not null check (step between 1 and 3),
  message_id uuid not null,
  raised_at timestamptz not null default now(),
  answered_by uuid,
  answered_at timestamptz,
  answer text,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, concern_id) references concern,
  foreign key (partnership_id, message_id) references message,
  foreign key (partnership_id, answered_by) references account
);
create unique index escalation_one on escalation (partnership_id, concern_id) where answered_at is null;
create index escalation_of on escalation (partnership_id, concern_id);

-- Row-level security. The whole front door team sees every concern of its partnership; an agency sees what it supplied,
-- but not the deciding; a reporter sees their own through the receipt; a partner asked for a check sees that check alone.

-- The partnership of a viewer who works at its front door, or of the product itself. One value to compare with, asked
-- once a query: the queue touches so many tables that longer rules took longer to plan than to run.
create function deciding_partnership() returns uuid language sql stable parallel safe
  return case when viewer_front_door() or viewer_kind() = 'system' then viewer_partnership() end;
-- A function of its own, so that nothing of it is planned for the front door, for whom it is never asked.
create function viewer_said(partnership uuid, concern uuid) returns boolean language sql stable parallel safe
  return exists (select from concern c where c.partnership_id = partnership and c.id = concern);

do $$
declare t text;
begin
  foreach t in array array['concern', 'undecided', 'concern_person', 'concern_sign', 'detail', 'attachment', 'attachment_piece',
    'reporter', 'receipt', 'receipt_visit', 'contact_opening', 'original_opening', 'message', 'holding', 'priority', 'clock_run',
    'clock_pause', 'partner_check', 'decision', 'decision_need', 'escalation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
  -- The deciding: the front door alone.
  foreach t in array array['undecided', 'holding', 'priority', 'clock_run', 'clock_pause', 'decision', 'decision_need',
    'contact_opening', 'original_opening', 'partner_check'] loop
    execute format('create policy %I on %I for all using (partnership_id = (select deciding_partnership()))', t || '_front_door', t);
    execute format('grant update on %I to trellis_app', t);
  end loop;
  -- What belongs to a concern is seen by whoever sees the concern.
  foreach t in array array['concern_person', 'concern_sign', 'detail', 'attachment', 'message', 'escalation'] loop
    execute format('create policy %I on %I for select using (partnership_id = (select deciding_partnership())
      or partnership_id = (select viewer_partnership()) and viewer_said(partnership_id, concern_id))', t || '_seen', t);
  end loop;
  foreach t in array array['concern', 'undecided', 'concern_person', 'concern_sign', 'detail', 'attachment', 'attachment_piece', 'reporter',
    'receipt'] loop
    execute format('create policy %I on %I for insert with check (partnership_id = (select viewer_partnership()))', t || '_sent', t);
  end loop;
end
$$;

create policy concern_seen on concern for select
  using (partnership_id = (select deciding_partnership())
    or partnership_id = (select viewer_partnership()) and (
      (select viewer_kind()) = 'staff' and entered_by = (select viewer_staff())
      or (select viewer_kind()) = 'client' and agency_id = (select viewer_agency()) and channel = 'api'
        and client_id = (select viewer_client())
      or (select viewer_kind()) = 'reporter' and id = (select viewer_concern())));

grant delete on undecided to trellis_app;
-- A report starts its clock and, when someone is in danger now, its priority, whoever sends it.
create policy clock_run_started on clock_run for insert with check (partnership_id = (select viewer_partnership()));
create policy priority_danger on priority for insert
  with check (partnership_id = (select viewer_partnership()) and level = 'red' and staff_id is null);

create policy attachment_piece_seen on attachment_piece for select
  using (exists (select from attachment a where a.partnership_id = attachment_piece.partnership_id and a.id = attachment_piece.attachment_id));

-- Named people only: who opened the contact, with a reason, or who said it themself.
create policy reporter_named on reporter for select
  using (partnership_id = (select viewer_partnership()) and (
    (select viewer_kind()) = 'system'
    or (select viewer_kind()) = 'reporter' and concern_id = (select viewer_concern())
    or (select viewer_front_door()) and exists (select from contact_opening o where o.partnership_id = reporter.partnership_id
      and o.concern_id = reporter.concern_id and o.staff_id = (select viewer_staff()))));

-- Checking a receipt happens before anyone is known.
create policy receipt_checked on receipt for select
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'system');
create policy receipt_visit_kept on receipt_visit for all
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'system');
grant update, delete on receipt_visit to trellis_app;

create policy message_written on message for insert with check (partnership_id = (select deciding_partnership()));
-- Whoever said it reads and answers: through the receipt, or as the member of staff who sent it.
create policy message_from_reporter on message for insert
  with check (partnership_id = (select viewer_partnership()) and direction = 'from reporter'
    and viewer_said(partnership_id, concern_id));
create policy message_read on message for update using (partnership_id = (select deciding_partnership()));
grant update on message to trellis_app;

create policy escalation_raised on escalation for insert
  with check (partnership_id = (select viewer_partnership()) and viewer_said(partnership_id, concern_id));
create policy escalation_answered on escalation for update using (partnership_id = (select deciding_partnership()));
grant update on escalation to trellis_app;

create policy partner_check_asked on partner_check for select
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'staff'
    and asked_agency_id = (select viewer_agency()) and withdrawn_at is null);
create policy partner_check_answered on partner_check for update
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'staff'
    and asked_agency_id = (select viewer_agency()) and withdrawn_at is null);
create function viewer_was_asked(partnership uuid, asked uuid) returns boolean language sql stable parallel safe
  return exists (select from partner_check p where p.partnership_id = partnership and p.id = asked);
-- The answer stops the clock of that check, though whoever answers sees no other clock.
create policy clock_run_answered on clock_run for select
  using (partnership_id = (select viewer_partnership()) and clock = 'partner-check-reply'
    and viewer_was_asked(partnership_id, of_id));
create policy clock_run_stopped on clock_run for update
  using (partnership_id = (select viewer_partnership()) and clock = 'partner-check-reply'
    and viewer_was_asked(partnership_id, of_id));
