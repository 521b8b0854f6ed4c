-- Each version of each piece of guidance: who, when, and until when its words may stand unread. Publishing adds a row;
-- none is ever changed, so what a reporter read on a day can be shown again.
create table publication (
  partnership_id uuid not null references partnership,
  kind text not null check (kind in ('definition', 'type', 'setting', 'sign', 'offer', 'page', 'for-you')),
  -- Never changes and is never given to another piece: concerns refer to it.
  code text not null check (code ~ '^[A-Za-z0-9-]{1,60}$'),
  version integer not null check (version > 0),
  -- Words that came with the product may be renewed by it; words written here never are.
  origin text not null check (origin in ('shipped', 'local')),
  -- The shipped version these words are, or grew from.
  shipped_version integer,
  position integer not null default 0,
  review_by date not null,
  published_at timestamptz not null default clock_timestamp(),
  edited_by uuid,
  published_by uuid,
  why text not null default '',
  restored_from integer,
  data_class data_class not null default 'D0',
  handling handling not null default 0,
  primary key (partnership_id, kind, code, version),
  check (origin = 'shipped' or published_by is not null),
  foreign key (partnership_id, edited_by) references account,
  foreign key (partnership_id, published_by) references account,
  foreign key (partnership_id, kind, code, restored_from) references publication
);

-- Taken down. Publishing a later version puts it back.
create table guidance_withdrawal (
  partnership_id uuid not null,
  kind text not null,
  code text not null,
  version integer not null,
  withdrawn_at timestamptz not null default clock_timestamp(),
  withdrawn_by uuid not null,
  why text not null check (why <> ''),
  data_class data_class not null default 'D0',
  handling handling not null default 0,
  primary key (partnership_id, kind, code, version),
  foreign key (partnership_id, kind, code, version) references publication,
  foreign key (partnership_id, withdrawn_by) references account
);

-- What somebody is still writing: the form as it was typed. Each administrator has their own, so none overwrites another's.
create table guidance_draft (
  partnership_id uuid not null references partnership,
  kind text not null,
  code text not null,
  saved_by uuid not null,
  -- The version it started from; 0 for a new piece. When another has been published since, the writer is told.
  based_on integer not null,
  typed jsonb not null,
  saved_at timestamptz not null default clock_timestamp(),
  data_class data_class not null default 'D0',
  handling handling not null default 1,
  primary key (partnership_id, kind, code, saved_by),
  foreign key (partnership_id, saved_by) references account
);

-- The words themselves, a table for each kind, a row for each version. Lists hold one sentence an entry. What is only
-- ever drawn on a page (sections, contacts) is jsonb.
create table definition (
  partnership_id uuid not null,
  kind text not null default 'definition' check (kind = 'definition'),
  code text not null,
  version integer not null,
  plain text not null,
  easy_read text[] not null,
  scope_in text[] not null,
  scope_out text[] not null,
  approver text not null,
  -- Null: not approved yet, and the page says so.
  approved_on date,
  approver_note text not null,
  source text not null,
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);
create table exploitation_type (
  partnership_id uuid not null,
  kind text not null default 'type' check (kind = 'type'),
  code text not null,
  version integer not null,
  name text not null,
  plain text not null,
  -- 'flag' goes with another type, 'act' is how one is done; both are shown like a type.
  nature text not null check (nature in ('type', 'flag', 'act')),
  ages text not null check (ages in ('child', 'adult', 'any')),
  min_age integer,
  max_age integer,
  maps_to jsonb not null default '[]',
  applies_with text[] not null default '{}',
  -- What to call a person instead, where the field has found a better word.
  say_instead text not null default '',
  since date not null,
  until date,
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);
create table setting (
  partnership_id uuid not null,
  kind text not null default 'setting' check (kind = 'setting'),
  code text not null,
  version integer not null,
  slug text not null check (slug ~ '^[a-z0-9-]+$'),
  name text not null,
  who text not null,
  place text not null check (place in ('general', 'workplace', 'home', 'self')),
  intro text not null,
  do_lines text[] not null,
  say_this text[] not null,
  never text[] not null,
  report_setting text not null,
  emergency text not null,
  extra_contacts jsonb not null default '[]',
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);
create table sign (
  partnership_id uuid not null,
  kind text not null default 'sign' check (kind = 'sign'),
  code text not null,
  version integer not null,
  setting text not null,
  text text not null,
  ages text[] not null check (ages <@ array['child', 'adult'] and cardinality(ages) > 0),
  types text[] not null,
  -- What the sign tells of. It is never counted or scored.
  harm text not null check (harm in ('harm', 'vulnerability', 'context')),
  source text not null,
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);
create table offer (
  partnership_id uuid not null,
  kind text not null default 'offer' check (kind = 'offer'),
  code text not null,
  version integer not null,
  slug text not null check (slug ~ '^[a-z0-9-]+$'),
  situation text not null,
  do_now text[] not null,
  promise text not null,
  -- Codes of contact points.
  who text[] not null,
  how_fast text not null,
  clock text,
  route text not null,
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);
create table guidance_page (
  partnership_id uuid not null,
  kind text not null default 'page' check (kind = 'page'),
  code text not null,
  version integer not null,
  title text not null,
  lead text not null,
  sections jsonb not null,
  actions jsonb not null,
  status text not null check (status in ('default', 'draft', 'approved')),
  note text not null,
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);
-- The page for the person themself: one for a young person, one for an adult.
create table person_page (
  partnership_id uuid not null,
  kind text not null default 'for-you' check (kind = 'for-you'),
  code text not null,
  version integer not null,
  audience text not null check (audience in ('child', 'adult')),
  setting text not null,
  title text not null,
  opening text[] not null,
  signs_intro text not null,
  not_your_fault text[] not null,
  what_can_happen text[] not null,
  ways_to_talk jsonb not null,
  if_in_danger_now text[] not null,
  hide_tracks text[] not null,
  easy_read text[] not null,
  primary key (partnership_id, code, version),
  foreign key (partnership_id, kind, code, version) references publication
);

-- The newest version of each piece, and whether it has been taken down.
create view guidance_now with (security_invoker) as
  select distinct on (p.partnership_id, p.kind, p.code) p.*,
    exists (select from guidance_withdrawal w where w.partnership_id = p.partnership_id
      and w.kind = p.kind and w.code = p.code and w.version = p.version) as withdrawn
  from publication p
  order by p.partnership_id, p.kind, p.code, p.version desc;
grant select on guidance_now to trellis_app;

-- Published words are for everyone in the partnership, signed in or not; only administrators and the product write them.
-- No role may change or remove a version.
do $$
declare t text;
begin
  foreach t in array array['publication', 'guidance_withdrawal', 'definition', 'exploitation_type', 'setting', 'sign',
    'offer', 'guidance_page', 'person_page'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership()))', t || '_seen', t);
    execute format('create policy %I on %I for insert with check (partnership_id = (select viewer_partnership())
      and ((select viewer_administrator()) or (select viewer_kind()) = ''system''))', t || '_published', t);
    execute format('grant select, insert on %I to trellis_app', t);
  end loop;
end
$$;
alter table guidance_draft enable row level security;
alter table guidance_draft force row level security;
create policy guidance_draft_seen on guidance_draft for select
  using (partnership_id = (select viewer_partnership())
    and ((select viewer_administrator()) or (select viewer_kind()) = 'system'));
-- A colleague may publish what another wrote, which ends the draft; writing is in one's own name only.
create policy guidance_draft_written on guidance_draft for insert
  with check (partnership_id = (select viewer_partnership()) and (select viewer_administrator()) and saved_by = (select viewer_staff()));
create policy guidance_draft_rewritten on guidance_draft for update
  using (partnership_id = (select viewer_partnership()) and (select viewer_administrator()) and saved_by = (select viewer_staff()));
create policy guidance_draft_ended on guidance_draft for delete
  using (partnership_id = (select viewer_partnership()) and (select viewer_administrator()));
grant select, insert, update, delete on guidance_draft to trellis_app;
