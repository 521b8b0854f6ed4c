-- That an agreement is about to lapse, said once for each time there is to say it.
create table lapse_warning (
  partnership_id uuid not null,
  version_id uuid not null,
  -- How many days before the end.
  days smallint not null,
  ends_at timestamptz not null,
  warned_at timestamptz not null,
  primary key (partnership_id, version_id, days, ends_at),
  foreign key (partnership_id, version_id) references agreement_version
);
alter table lapse_warning enable row level security;
alter table lapse_warning force row level security;
create policy lapse_warning_seen on lapse_warning for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) in ('staff', 'system'));
create policy lapse_warning_kept on lapse_warning for all using (partnership_id = (select system_partnership()));
grant select, insert on lapse_warning to trellis_app;
