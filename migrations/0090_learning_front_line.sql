-- What the front line says practice is really like, for the independent chair. Who said it is in no row unless they chose
-- so, no row says when, and nothing is read before eight different people have spoken (decisions/016).

-- While a round is open staff are heard. The chair opens and closes it.
create table front_line_round (
  partnership_id uuid not null references partnership,
  id uuid not null,
  number int not null check (number > 0),
  opened_by uuid not null,
  opened_at timestamptz not null,
  closed_by uuid,
  closed_at timestamptz,
  primary key (partnership_id, id),
  unique (partnership_id, number),
  foreign key (partnership_id, opened_by) references account,
  foreign key (partnership_id, closed_by) references account,
  check ((closed_by is null) = (closed_at is null))
);
create unique index front_line_round_open on front_line_round (partnership_id) where closed_at is null;

-- One thing that somebody said. There is no moment here on purpose, and no account where they did not choose their name.
create table front_line_voice (
  partnership_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  -- A code of content/front-line.json.
  theme text not null,
  -- Where they stand. When the round closes: a group of levels that eight people or more spoke from, or nothing.
  level text,
  key_id uuid not null,
  words_sealed bytea not null,
  account_id uuid,
  agency_id uuid,
  -- Whether the chair may read it.
  shown boolean not null default false,
  data_class data_class not null default 'D9',
  handling handling not null default 2,
  primary key (partnership_id, id),
  foreign key (partnership_id, round_id) references front_line_round,
  foreign key (partnership_id, account_id) references account,
  foreign key (partnership_id, agency_id) references agency,
  check (agency_id is null or account_id is not null)
);
create index front_line_voice_round on front_line_voice (partnership_id, round_id, theme);

-- That one more person spoke on a theme: a keyed mark of them that opens nothing and leads to no voice. The key is
-- destroyed, and these rows with it, when the round closes.
create table front_line_heard (
  partnership_id uuid not null,
  round_id uuid not null,
  theme text not null,
  mark bytea not null,
  level text not null,
  -- Whether something of theirs is still to be shown.
  waits boolean not null default true,
  data_class data_class not null default 'D9',
  handling handling not null default 2,
  primary key (partnership_id, round_id, theme, mark),
  foreign key (partnership_id, round_id) references front_line_round
);

-- That a theme may be read, and since which week: the day would say when the eighth person spoke.
create table front_line_showing (
  partnership_id uuid not null,
  round_id uuid not null,
  theme text not null,
  week date not null check (extract(isodow from week) = 1),
  primary key (partnership_id, round_id, theme),
  foreign key (partnership_id, round_id) references front_line_round
);

-- That somebody answered the questions of a round, so that nobody does twice: a mark as above.
create table front_line_answered (
  partnership_id uuid not null,
  round_id uuid not null,
  mark bytea not null,
  data_class data_class not null default 'D9',
  handling handling not null default 2,
  primary key (partnership_id, round_id, mark),
  foreign key (partnership_id, round_id) references front_line_round
);

-- While a round is open: how many at each level gave each answer. Nobody's answers stand together, so no row is a person.
create table front_line_tally (
  partnership_id uuid not null,
  round_id uuid not null,
  statement text not null,
  level text not null,
  answer text not null,
  people int not null check (people > 0),
  primary key (partnership_id, round_id, statement, level, answer),
  foreign key (partnership_id, round_id) references front_line_round
);

-- What a closed round came to, as far as it may be told: of a group of levels in which eight or more answered, how many
-- gave an answer at least and at most. A number from 1 to 7 cannot be written here, and none can be worked out.
create table front_line_result (
  partnership_id uuid not null,
  round_id uuid not null,
  statement text not null,
  -- Levels, lowest first, joined by '+'.
  levels text not null,
  answer text not null,
  least int not null,
  most int not null,
  people int not null check (people >= 8),
  primary key (partnership_id, round_id, statement, levels, answer),
  foreign key (partnership_id, round_id) references front_line_round,
  check (0 <= least and least <= most and most <= people),
  check (least <> most or least = 0 or least >= 8)
);

-- What the chair answers, to everybody: what was said, what will happen, who sees to it and by when.
create table front_line_answer (
  partnership_id uuid not null references partnership,
  id uuid not null,
  said text not null check (said <> ''),
  will text not null check (will <> ''),
  owner text not null check (owner <> ''),
  by_on date not null,
  answered_by uuid not null,
  answered_at timestamptz not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, answered_by) references account
);
-- The themes that are answered together.
create table front_line_answer_theme (
  partnership_id uuid not null,
  answer_id uuid not null,
  round_id uuid not null,
  theme text not null,
  primary key (partnership_id, answer_id, round_id, theme),
  foreign key (partnership_id, answer_id) references front_line_answer,
  foreign key (partnership_id, round_id, theme) references front_line_showing
);
-- What became of it. The latest one stands; the earlier ones stay.
create table front_line_outcome (
  partnership_id uuid not null,
  id uuid not null,
  answer_id uuid not null,
  became text not null check (became in ('under way', 'done', 'changed', 'not done')),
  words text not null check (words <> ''),
  told_by uuid not null,
  told_at timestamptz not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, answer_id) references front_line_answer,
  foreign key (partnership_id, told_by) references account
);
create index front_line_outcome_answer on front_line_outcome (partnership_id, answer_id, told_at);

do $$
declare t text;
begin
  foreach t in array array['front_line_round', 'front_line_voice', 'front_line_heard', 'front_line_showing', 'front_line_answered',
    'front_line_tally', 'front_line_result', 'front_line_answer', 'front_line_answer_theme', 'front_line_outcome'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update, delete on %I to trellis_app', t);
  end loop;
  -- What everybody who works here may read. None of it can tell of fewer than eight people.
  foreach t in array array['front_line_round', 'front_line_showing', 'front_line_result', 'front_line_answer',
    'front_line_answer_theme', 'front_line_outcome'] loop
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and (select viewer_kind()) = ''staff'')', t || '_seen', t);
  end loop;
end
$$;
create policy front_line_voice_chair on front_line_voice for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and (select viewer_has_role('chair')) and shown);
