-- Standing patterns: rules that a person can read, switch and tune, about what is said in several concerns. A rule is about
-- a plate, a place or a phone; none of them says anything of a person, and nothing is weighed.

-- A rule as somebody changed it. The highest number counts; without a row, the rule ships as content/patterns.json has it.
create table pattern_rule (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  number integer not null,
  is_on boolean not null,
  least integer not null check (least between 2 and 50),
  days integer not null check (days between 1 and 365),
  before_days integer check (before_days between 1 and 3650),
  agency_id uuid not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  why_sealed bytea not null,
  key_id uuid not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, code, number),
  foreign key (partnership_id, changed_by) references account
);

-- Something that a rule found: the thing by its keyed hash, as it stands in detail, and the rule's numbers of that moment.
create table pattern (
  partnership_id uuid not null references partnership,
  id uuid not null,
  code text not null,
  -- Who looks at it: the front door.
  agency_id uuid not null,
  thing_kind text not null,
  thing bytea not null,
  least integer not null,
  days integer not null,
  before_days integer,
  found_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, agency_id) references agency
);
create index pattern_thing on pattern (partnership_id, code, thing);

-- The concerns that it rests on.
create table pattern_concern (
  partnership_id uuid not null references partnership,
  pattern_id uuid not null,
  concern_id uuid not null,
  agency_id uuid not null,
  added_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, pattern_id, concern_id),
  foreign key (partnership_id, pattern_id) references pattern,
  foreign key (partnership_id, concern_id) references concern
);
create index pattern_concern_of on pattern_concern (partnership_id, concern_id);

-- What was made of it, in words sealed with the key of the first concern that it rests on.
create table pattern_answer (
  partnership_id uuid not null references partnership,
  pattern_id uuid not null,
  agency_id uuid not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  outcome text not null check (outcome in ('acted on', 'known already', 'nothing in it')),
  words_sealed bytea not null,
  key_id uuid not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, pattern_id),
  foreign key (partnership_id, pattern_id) references pattern,
  foreign key (partnership_id, answered_by) references account
);

do $$
declare t text;
begin
  foreach t in array array['pattern_rule', 'pattern', 'pattern_concern', 'pattern_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select deciding_partnership()))', t || '_front_door', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
