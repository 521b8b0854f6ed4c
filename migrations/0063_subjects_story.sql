-- The story, told once. A card is what the person says of one thing, in their words; a later version replaces the
-- earlier, which stays. The person decides who reads each card: that choice narrows what the agreement opens, and can
-- never widen it.
create table story_card (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  -- Whose worker wrote it down, or handed the person their own way in.
  agency_id uuid not null,
  adult_from date,
  card text not null check (card in ('about me', 'want you to know', 'do not ask', 'who I trust', 'reach me', 'helps', 'hurts')),
  how text not null check (how in ('wrote', 'said', 'drew')),
  words_sealed bytea not null,
  key_id uuid not null,
  said_on date not null,
  -- Who wrote it down; null where the person did it themself, by their own way in.
  entered_by uuid,
  entered_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D4',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check (how = 'wrote' or entered_by is not null),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create unique index story_card_standing on story_card (partnership_id, subject_id, card) where replaced_at is null;
create index story_card_of on story_card (partnership_id, subject_id, entered_at desc);

-- What professionals add stands beside a card, never over it.
create table story_note (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  adult_from date,
  card text not null,
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
create index story_note_of on story_note (partnership_id, subject_id);

-- Who may read a card, every version of it, or one thing that was said: the person's own choice. The newest stands.
create table reading_choice (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  card text,
  row_id uuid,
  readers text not null check (readers in ('circle', 'agencies', 'trusted adult')),
  -- Who wrote the choice down; null where the person did.
  entered_by uuid,
  chosen_at timestamptz not null,
  replaced_at timestamptz,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  check ((card is null) <> (row_id is null)),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create unique index reading_choice_card on reading_choice (partnership_id, subject_id, card) where replaced_at is null and card is not null;
create unique index reading_choice_row on reading_choice (partnership_id, row_id) where replaced_at is null and row_id is not null;

create table reading_agency (
  partnership_id uuid not null,
  choice_id uuid not null,
  -- May read it.
  reader_id uuid not null,
  agency_id uuid not null,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, choice_id, reader_id),
  foreign key (partnership_id, choice_id) references reading_choice,
  foreign key (partnership_id, reader_id) references agency
);

-- Who has read the story, for which purpose: whoever comes new to a person reads it before anything else.
create table story_read (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  purpose text not null,
  read_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, subject_id, staff_id, purpose),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);

-- How many questions a form did not have to ask, because the story had answered them.
create table spared_question (
  partnership_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  staff_id uuid not null,
  form text not null,
  questions integer not null check (questions > 0),
  spared_at timestamptz not null,
  data_class data_class not null default 'D3',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, subject_id) references subject,
  foreign key (partnership_id, agency_id) references agency
);
create index spared_question_of on spared_question (partnership_id, subject_id);

-- Whether the person chose that this viewer reads it. Without a choice nobody does.
create function may_read_chosen(of_subject uuid, of_card text, of_row uuid) returns boolean language sql stable parallel unsafe
  return coalesce((
    select case c.readers
      when 'circle' then coalesce((viewer_ties() ->> of_subject::text) in ('2', '3'), false) or exists (select from involvement i
        where i.partnership_id = c.partnership_id and i.subject_id = of_subject and i.agency_id = viewer_agency()
          and i.role <> 'feed' and i.from_at <= viewer_now() and (i.to_at is null or i.to_at > viewer_now()))
      when 'agencies' then exists (select from reading_agency a
        where a.partnership_id = c.partnership_id and a.choice_id = c.id and a.reader_id = viewer_agency())
      when 'trusted adult' then exists (select from involvement i
        where i.partnership_id = c.partnership_id and i.subject_id = of_subject and i.staff_id = viewer_staff()
          and i.role = 'trusted adult' and i.from_at <= viewer_now() and (i.to_at is null or i.to_at > viewer_now()))
      else false end
    from reading_choice c
    where c.partnership_id = viewer_partnership() and c.subject_id = of_subject and c.replaced_at is null
      and (c.card = of_card or c.row_id = of_row)), false);

select guard_by_agreement('story_card');
select guard_by_agreement('story_note');
-- Restrictive: it is asked on top of the agreement, and both have to say yes.
create policy story_card_chosen on story_card as restrictive for select using (
  partnership_id = (select system_partnership()) or may_read_chosen(subject_id, card, null));
create policy story_note_chosen on story_note as restrictive for select using (
  partnership_id = (select system_partnership()) or may_read_chosen(subject_id, card, null));
create policy story_note_added on story_note for insert with check (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and agency_id = (select viewer_agency()) and may_read_chosen(subject_id, card, null));

do $$
declare t text;
begin
  foreach t in array array['reading_choice', 'story_read', 'spared_question'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
      and exists (select from subject s where s.partnership_id = %I.partnership_id and s.id = %I.subject_id))', t || '_of', t, t, t);
    execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', t || '_kept', t);
  end loop;
  alter table reading_agency enable row level security;
  alter table reading_agency force row level security;
  create policy reading_agency_of on reading_agency for select using (partnership_id = (select viewer_partnership())
    and exists (select from reading_choice c where c.partnership_id = reading_agency.partnership_id and c.id = reading_agency.choice_id));
  create policy reading_agency_kept on reading_agency for all using (partnership_id = (select system_partnership()));
  foreach t in array array['story_card', 'story_note', 'reading_choice', 'reading_agency', 'story_read', 'spared_question'] loop
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
  select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from story_note;

alter table access_decision drop constraint access_decision_item_kind_check;
alter table access_decision add constraint access_decision_item_kind_check
  check (item_kind in ('identity', 'entry', 'disclosure', 'meeting', 'supplier', 'involvement', 'asked', 'glass',
    'glass review', 'put off', 'request', 'story', 'story note'));
