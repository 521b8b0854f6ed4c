-- One chronology: an entry says how it is known and what it came from, and one may stand beside an earlier one that it
-- puts right. What it meant in the story, and that the team keeps it in view, are rows that people made.
alter table entry
  -- How whoever wrote it knows.
  add column known_from text check (known_from in ('seen or heard', 'the person', 'family or friend', 'another worker', 'a record', 'a professional view')),
  -- What it came from: a row of another table, by its id.
  add column about_kind text check (about_kind in ('concern', 'meeting', 'involvement', 'alert', 'warning', 'story', 'voice',
    'relationship', 'assessment', 'plan', 'review', 'transition', 'missing', 'referral', 'panel', 'gap')),
  add column about_id uuid,
  -- The entry that it puts right. That one stays as it was written.
  add column amends_id uuid,
  add constraint entry_about_whole check ((about_kind is null) = (about_id is null)),
  add constraint entry_amends_another check (amends_id <> id),
  add constraint entry_amends foreign key (partnership_id, amends_id) references entry;
create index entry_amended on entry (partnership_id, amends_id) where amends_id is not null;
create index entry_about on entry (partnership_id, about_id) where about_id is not null;

-- What an answer to a disagreement put right was the same all along.
do $$
declare p record;
begin
  for p in select id from partnership loop
    perform set_config('trellis.viewer', 'system', true);
    perform set_config('trellis.partnership', p.id::text, true);
    update entry e set amends_id = d.entry_id
      from entry_dispute_answer a join entry_dispute d on d.partnership_id = a.partnership_id and d.id = a.dispute_id
      where e.partnership_id = p.id and a.partnership_id = p.id and a.correction_id = e.id;
  end loop;
  perform set_config('trellis.viewer', '', true);
  perform set_config('trellis.partnership', '', true);
end
$$;

-- How much an entry means, as somebody chose it; the latest counts. Nothing works it out.
create table entry_significance (
  partnership_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  subject_id uuid not null,
  -- Whose staff chose it.
  agency_id uuid not null,
  significance text not null check (significance in ('ordinary', 'significant', 'turning point')),
  chosen_by uuid not null,
  chosen_at timestamptz not null,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, entry_id) references entry,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, chosen_by) references account
);
create index entry_significance_of on entry_significance (partnership_id, entry_id, chosen_at desc);

-- Kept in view for everybody who may see the entry, until somebody takes it down.
create table entry_pin (
  partnership_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  pinned_by uuid not null,
  pinned_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null,
  handling handling not null,
  primary key (partnership_id, id),
  check ((ended_by is null) = (ended_at is null)),
  foreign key (partnership_id, entry_id) references entry,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, pinned_by) references account
);
create unique index entry_pin_once on entry_pin (partnership_id, entry_id) where ended_at is null;
create index entry_pin_of on entry_pin (partnership_id, subject_id) where ended_at is null;

do $$
declare t text;
begin
  -- Seen by whoever sees the entry: its own row-level security answers inside the question.
  foreach t in array array['entry_significance', 'entry_pin'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and exists (select from entry e where e.partnership_id = %I.partnership_id and e.id = %I.entry_id))', t || '_beside', t, t, t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
    execute format('grant select, insert, update on %I to trellis_app', t);
  end loop;
end
$$;
