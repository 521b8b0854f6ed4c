-- The library: what partnerships learnt and gave to everybody. It is public, so anybody may read it, of any partnership;
-- the product alone writes it, after a verb has shown that the writer may.
create table library_entry (
  partnership_id uuid not null references partnership,
  id uuid not null,
  -- The address of it, for good: an edition that replaces one keeps it.
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null check (kind in ('report', 'practice-note', 'tool')),
  -- What it was made of. A practice note or tool that is written here was made of nothing.
  draft_id uuid,
  edition integer not null check (edition > 0),
  title text not null check (title <> ''),
  summary text not null,
  area text not null,
  region text not null,
  size text not null,
  methodology text not null,
  year integer not null check (year between 1900 and 2200),
  areas text[] not null,
  -- Of a report its fields as they were signed: a copy, whatever happens to the draft.
  report jsonb,
  prose text not null,
  entered_by uuid not null,
  first_at timestamptz not null,
  entered_at timestamptz not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, entered_by) references account
);
create unique index library_entry_draft on library_entry (partnership_id, draft_id) where draft_id is not null;
create index library_entry_newest on library_entry (entered_at desc, id);

-- One thing learnt. Its number within the entry is its address and is never given to another.
create table library_finding (
  partnership_id uuid not null references partnership,
  id uuid not null,
  entry_id uuid not null,
  number integer not null check (number > 0),
  -- The last edition of the entry that it stood in.
  edition integer not null,
  words text not null check (words <> ''),
  themes text[] not null,
  boundary text not null,
  strength text not null,
  field text not null,
  paragraph integer not null check (paragraph >= 0),
  first_at timestamptz not null,
  primary key (partnership_id, id),
  unique (partnership_id, entry_id, number),
  foreign key (partnership_id, entry_id) references library_entry
);
create index library_finding_entry on library_finding (entry_id, number);
create index library_finding_themes on library_finding using gin (themes);

-- Taken out of the library, and why: the partnership's own matter.
create table library_withdrawal (
  partnership_id uuid not null references partnership,
  id uuid not null,
  entry_id uuid not null,
  why text not null check (why <> ''),
  withdrawn_by uuid not null,
  at timestamptz not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, entry_id) references library_entry,
  foreign key (partnership_id, withdrawn_by) references account
);
create index library_withdrawal_entry on library_withdrawal (partnership_id, entry_id);

-- What stands at the address meanwhile, for anybody: that something was withdrawn, and when. Entering it again removes it.
create table library_tombstone (
  partnership_id uuid not null references partnership,
  entry_id uuid not null,
  slug text not null unique,
  fell_at timestamptz not null,
  primary key (partnership_id, entry_id),
  foreign key (partnership_id, entry_id) references library_entry
);

-- What of an entry may be searched, while it stands: withdrawn, its row is gone. It hides nothing by a policy, because a
-- policy has to be asked before an index of words may be, and then every vector is read (PostgreSQL: leakproof operators).
create table library_search (
  partnership_id uuid not null references partnership,
  entry_id uuid not null,
  kind text not null,
  region text not null,
  size text not null,
  methodology text not null,
  year integer not null,
  -- Themes of its findings, and those that it speaks of again and again.
  themes text[] not null,
  entered_at timestamptz not null,
  body text not null,
  -- What it is about: title, findings, summary.
  head tsvector not null,
  search tsvector not null,
  primary key (partnership_id, entry_id),
  foreign key (partnership_id, entry_id) references library_entry
);
create index library_search_head on library_search using gin (head);
create index library_search_words on library_search using gin (search);
create index library_search_themes on library_search using gin (themes);
create index library_search_newest on library_search (entered_at desc, entry_id);

-- Words of what stands in the library, to tell a slip of the finger from a word. Not counted: to change a thousand rows for
-- every report costs more than all else.
create table library_word (word text primary key);
create index library_word_near on library_word using gin (word gin_trgm_ops);

-- Findings of a report that is still being written.
create table report_finding (
  partnership_id uuid not null references partnership,
  id uuid not null,
  report_id uuid not null,
  words text not null check (words <> ''),
  themes text[] not null,
  boundary text not null,
  strength text not null,
  field text not null,
  paragraph integer not null check (paragraph >= 0),
  -- The paragraph as it stood when it was picked, to tell when it has moved or changed.
  quoted text not null,
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, added_by) references account
);
create index report_finding_report on report_finding (partnership_id, report_id);

do $$
declare name text;
begin
  foreach name in array array['library_entry', 'library_finding', 'library_withdrawal', 'library_tombstone', 'library_search',
    'library_word', 'report_finding'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('grant select, insert, update, delete on %I to trellis_app', name);
  end loop;
  foreach name in array array['library_entry', 'library_finding', 'library_withdrawal', 'library_tombstone', 'library_search',
    'report_finding'] loop
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', name || '_kept', name);
  end loop;
end $$;
-- Asked once a statement: a tombstone hides what lies under it from every reader.
create policy library_entry_seen on library_entry for select using (id not in (select entry_id from library_tombstone));
create policy library_finding_seen on library_finding for select using (entry_id not in (select entry_id from library_tombstone));
create policy library_search_seen on library_search for select using (true);
create policy library_tombstone_seen on library_tombstone for select using (true);
create policy library_withdrawal_seen on library_withdrawal for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and (select viewer_has_role('learning')));
create policy library_word_seen on library_word for select using (true);
create policy library_word_kept on library_word for all using ((select viewer_kind()) = 'system');
create policy report_finding_seen on report_finding for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and (select viewer_has_role('learning')));
