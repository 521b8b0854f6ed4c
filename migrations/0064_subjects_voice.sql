-- What the person said or showed, at every stage: as they said it, who heard it, who may read it, what they wanted to
-- happen and what did. Where nobody heard them, why, and when it is tried again.
create table voice (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  stage text not null check (stage in ('first contact', 'assessment', 'plan', 'review', 'meeting', 'missing', 'transition', 'step-down', 'other')),
  channel text not null check (channel in ('talk', 'drawing', 'text', 'app', 'audio', 'body language', 'advocate', 'parent', 'professional')),
  words_sealed bytea not null,
  wanted_sealed bytea,
  -- The language they said it in, and who heard it where that was not whoever wrote it down.
  language_sealed bytea,
  heard_by_sealed bytea,
  key_id uuid not null,
  heard_on date not null,
  -- Null where the person wrote it themself, by their own way in.
  entered_by uuid,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index voice_of on voice (partnership_id, subject_id, heard_on desc);

-- What came of it, and how and when that was explained back to them.
create table voice_reply (
  partnership_id uuid not null,
  id uuid not null,
  voice_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  did_sealed bytea not null,
  key_id uuid not null,
  explained text check (explained in ('in person', 'by phone', 'by text', 'in writing', 'through somebody')),
  explained_on date,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((explained is null) = (explained_on is null)),
  foreign key (partnership_id, voice_id) references voice,
  foreign key (partnership_id, agency_id) references agency
);
create index voice_reply_of on voice_reply (partnership_id, voice_id);

create table voice_absence (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  stage text not null,
  reason text not null check (reason in ('did not want to', 'not reached', 'not safe', 'too unwell', 'no interpreter', 'no advocate', 'other')),
  why_sealed bytea not null,
  key_id uuid not null,
  next_try_on date not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index voice_absence_of on voice_absence (partnership_id, subject_id, stage, entered_at desc);

-- Making Safeguarding Personal, for adults: whether they were asked what they want to come of it, in the words of the
-- national return (SAC SG4a), and how far each of their own outcomes was met.
create table outcomes_asked (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  point text not null check (point in ('start', 'middle', 'end')),
  asked text not null check (asked in ('yes and expressed', 'yes but none expressed', 'no', 'don''t know', 'not recorded')),
  asked_on date not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index outcomes_asked_of on outcomes_asked (partnership_id, subject_id);

create table own_outcome (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  words_sealed bytea not null,
  key_id uuid not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index own_outcome_of on own_outcome (partnership_id, subject_id);

create table own_outcome_met (
  partnership_id uuid not null,
  id uuid not null,
  outcome_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  point text not null check (point in ('start', 'middle', 'end')),
  met text not null check (met in ('fully', 'partly', 'not met')),
  said_on date not null,
  entered_by uuid not null,
  entered_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, outcome_id) references own_outcome,
  foreign key (partnership_id, agency_id) references agency
);
create index own_outcome_met_of on own_outcome_met (partnership_id, outcome_id);

-- How it was, in one of three words. Whoever would rather not say who they are leaves no subject behind, and what they
-- add is sealed with the partnership's key.
create table feedback (
  partnership_id uuid not null,
  id uuid not null,
  agency_id uuid not null,
  subject_id uuid,
  stage text not null,
  heard text not null check (heard in ('heard', 'partly', 'not heard')),
  words_sealed bytea,
  key_id uuid,
  said_on date not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((words_sealed is null) = (key_id is null)),
  foreign key (partnership_id, agency_id) references agency
);

-- "You said, we did": the partnership's own public words.
create table you_said (
  partnership_id uuid not null references partnership,
  id uuid not null,
  said text not null,
  did text not null,
  published_by uuid not null,
  published_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (partnership_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['voice', 'voice_absence', 'outcomes_asked', 'own_outcome'] loop
    perform guard_by_agreement(t::regclass);
  end loop;
  create policy voice_chosen on voice as restrictive for select using (
    partnership_id = (select system_partnership()) or may_read_chosen(subject_id, null, id));
  create policy voice_reply_of on voice_reply for select using (partnership_id = (select viewer_partnership())
    and exists (select from voice v where v.partnership_id = voice_reply.partnership_id and v.id = voice_reply.voice_id));
  create policy own_outcome_met_of on own_outcome_met for select using (partnership_id = (select viewer_partnership())
    and exists (select from own_outcome o where o.partnership_id = own_outcome_met.partnership_id and o.id = own_outcome_met.outcome_id));
  foreach t in array array['voice_reply', 'own_outcome_met', 'feedback', 'you_said'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  create policy you_said_seen on you_said for select using (partnership_id = (select viewer_partnership()));
  foreach t in array array['voice', 'voice_reply', 'voice_absence', 'outcomes_asked', 'own_outcome', 'own_outcome_met', 'feedback', 'you_said'] loop
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;

create or replace view subjects_facts with (security_invoker) as
  select partnership_id, id as subject_id, agency_id, data_class, handling, adult_from, null::text as purpose from subject
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from identity
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from entry
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, purpose from meeting
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from story_card
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from story_note
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from voice
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from voice_absence
  union all
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from own_outcome;

alter table access_decision drop constraint access_decision_item_kind_check;
alter table access_decision add constraint access_decision_item_kind_check
  check (item_kind in ('identity', 'entry', 'disclosure', 'meeting', 'supplier', 'involvement', 'asked', 'glass',
    'glass review', 'put off', 'request', 'story', 'story note', 'voice', 'voice answer',
    'not heard', 'own outcome'));
