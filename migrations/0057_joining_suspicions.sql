-- What is known as one and looks wrong. It is found by rule, asks somebody to look, and by itself joins and parts nothing.
create table suspicion (
  partnership_id uuid not null references partnership,
  id uuid not null,
  known_id uuid not null,
  agency_id uuid not null,
  kind text not null,
  -- A hash of which records, which ties and which reasons it was found in: while that is the same, so is the question.
  print text not null,
  -- Of the answers that tie its records, the one that least speaks for.
  weak_a_id uuid,
  weak_b_id uuid,
  found_at timestamptz not null,
  -- When it was found otherwise: nothing is wrong any more, or something else.
  ended_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, known_id) references known,
  foreign key (partnership_id, weak_a_id) references noted_record,
  foreign key (partnership_id, weak_b_id) references noted_record
);
create unique index suspicion_open on suspicion (partnership_id, known_id) where ended_at is null;
create index suspicion_of on suspicion (partnership_id, known_id);

-- Why it looks wrong, and the records that this rests on: never what they say.
create table suspicion_reason (
  partnership_id uuid not null references partnership,
  id uuid not null,
  suspicion_id uuid not null,
  agency_id uuid not null,
  reason text not null check (reason in ('two nhs numbers', 'two births', 'odd one out', 'too big', 'chain')),
  a_id uuid,
  b_id uuid,
  -- Of a chain: the record between the two.
  via_id uuid,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  foreign key (partnership_id, suspicion_id) references suspicion,
  foreign key (partnership_id, a_id) references noted_record,
  foreign key (partnership_id, b_id) references noted_record,
  foreign key (partnership_id, via_id) references noted_record
);
create index suspicion_reason_of on suspicion_reason (partnership_id, suspicion_id);

-- That it is right all the same, and why: it is not asked again until something changes.
create table suspicion_answer (
  partnership_id uuid not null references partnership,
  id uuid not null,
  suspicion_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  why_sealed bytea,
  key_id uuid not null,
  at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 1,
  primary key (partnership_id, id),
  unique (partnership_id, suspicion_id),
  foreign key (partnership_id, suspicion_id) references suspicion,
  foreign key (partnership_id, staff_id) references account
);

-- Where a record belonged ever: what is erased is looked for there.
create index belonging_ever on belonging (partnership_id, record_id);

do $$
declare t text;
begin
  foreach t in array array['suspicion', 'suspicion_reason', 'suspicion_answer'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for all using (partnership_id = (select deciding_partnership()))', t || '_front_door', t);
  end loop;
end
$$;
grant select, insert on suspicion, suspicion_reason, suspicion_answer to trellis_app;
grant update (ended_at) on suspicion to trellis_app;
-- What erases somebody ends the reasons that were given about them.
grant update (why_sealed) on suspicion_answer, pair_answer to trellis_app;
