-- The plan is a part of the person's own page, and may be chosen for a parent or an advocate by itself.
alter table own_way_section drop constraint own_way_section_section_check,
  add constraint own_way_section_section_check check (section in ('story', 'voice', 'written', 'next', 'circle', 'looked', 'plan'));

-- "I don't feel safe" that nobody answered in time: from here on the managers of this agency answer for it. That of the
-- lead worker; where nobody leads, the one whose worker handed the code over.
create table own_message_escalation (
  partnership_id uuid not null,
  message_id uuid not null,
  subject_id uuid not null,
  agency_id uuid not null,
  escalated_at timestamptz not null,
  data_class data_class not null default 'D4',
  handling handling not null default 1,
  primary key (partnership_id, message_id, agency_id),
  foreign key (partnership_id, message_id) references own_message,
  foreign key (partnership_id, agency_id) references agency
);
alter table own_message_escalation enable row level security;
alter table own_message_escalation force row level security;
create policy own_message_escalation_kept on own_message_escalation for all using (partnership_id = (select system_partnership()));
grant select, insert on own_message_escalation to trellis_app;
