-- A pair that somebody is asked about without hearing what another answered: before a big join, or as a sample that tells how
-- often the proposals and the answers are right.
create table pair_question (
  partnership_id uuid not null references partnership,
  id uuid not null,
  a_id uuid not null,
  b_id uuid not null,
  agency_id uuid not null,
  reason text not null check (reason in ('big join', 'sample')),
  band text not null check (band in ('strong', 'look')),
  -- Of a sample: the share of such pairs that is asked about, so that each can be counted for those that are not.
  share double precision,
  -- The answer that stood when it was asked; null where nobody had answered.
  decision_id uuid,
  asked_at timestamptz not null,
  closed_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  check ((share is null) = (reason = 'big join')),
  foreign key (partnership_id, a_id) references noted_record,
  foreign key (partnership_id, b_id) references noted_record,
  foreign key (partnership_id, decision_id) references join_decision
);
create unique index pair_question_open on pair_question (partnership_id, a_id, b_id, reason) where closed_at is null;
create index pair_question_of on pair_question (partnership_id, decision_id);

-- What each said who was asked. By itself it moves nothing, and it is never changed.
create table pair_answer (
  partnership_id uuid not null references partnership,
  id uuid not null,
  question_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  answer text not null check (answer in ('same', 'different', 'not sure')),
  why_sealed bytea,
  key_id uuid not null,
  at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, question_id, staff_id),
  foreign key (partnership_id, question_id) references pair_question,
  foreign key (partnership_id, staff_id) references account
);

-- How well it works, by month and band: shares only, and only where enough pairs were asked about.
create table match_quality (
  partnership_id uuid not null references partnership,
  month date not null,
  band text not null check (band in ('strong', 'look')),
  -- All of these are null together where too few were asked about to say anything.
  checked integer,
  same double precision,
  same_low double precision,
  same_high double precision,
  -- Of the pairs that are the same, those that stood in this band.
  found double precision,
  found_low double precision,
  found_high double precision,
  measured_at timestamptz not null,
  primary key (partnership_id, month, band)
);

do $$
declare t text;
begin
  foreach t in array array['pair_question', 'pair_answer', 'match_quality'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
  foreach t in array array['pair_question', 'pair_answer'] loop
    execute format('create policy %I on %I for all using (partnership_id = (select deciding_partnership()))', t || '_front_door', t);
  end loop;
end
$$;
create policy match_quality_seen on match_quality for select using (partnership_id = (select viewer_partnership()));
create policy match_quality_kept on match_quality for all using (partnership_id = (select system_partnership()));
grant select, insert, update on pair_question, match_quality to trellis_app;
grant select, insert on pair_answer to trellis_app;
