-- That another agency knows something of the same, told to the agency that sent a concern, where a clause lets it hear of
-- that agency: who, and since when. It ends when the answer behind it is taken back.
create table join_notice (
  partnership_id uuid not null references partnership,
  id uuid not null,
  decision_id uuid not null,
  -- Who is told, about which concern of theirs.
  agency_id uuid not null,
  concern_id uuid not null,
  kind text not null,
  other_agency_id uuid not null,
  -- The clause that lets it, as people cite it.
  cite text not null,
  told_at timestamptz not null,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  unique (partnership_id, decision_id, agency_id),
  foreign key (partnership_id, decision_id) references join_decision,
  foreign key (partnership_id, agency_id) references agency,
  foreign key (partnership_id, other_agency_id) references agency
);
create index join_notice_of on join_notice (partnership_id, concern_id);
alter table join_notice enable row level security;
alter table join_notice force row level security;
create policy join_notice_told on join_notice for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and agency_id = (select viewer_agency()));
create policy join_notice_kept on join_notice for all using (partnership_id = (select system_partnership()));
grant select, insert, update on join_notice to trellis_app;
