-- What a system's key for one sending was answered: a retry is answered by the same run, whatever came in between.
create table feed_sent (
  partnership_id uuid not null,
  client_id uuid not null,
  key_hash bytea not null,
  content_hash bytea not null,
  feed_id uuid not null,
  run_id uuid not null,
  agency_id uuid not null,
  at timestamptz not null,
  data_class data_class not null default 'D8',
  handling handling not null default 2,
  primary key (partnership_id, client_id, key_hash),
  foreign key (partnership_id, client_id) references api_client,
  foreign key (partnership_id, feed_id) references feed,
  foreign key (partnership_id, run_id) references feed_run
);
alter table feed_sent enable row level security;
alter table feed_sent force row level security;
create policy feed_sent_kept on feed_sent for all using (partnership_id = (select system_partnership()));
grant select, insert on feed_sent to trellis_app;

-- The lists that somebody may send: managers every one of their agency, whoever was named those, a system those that
-- systems may send. It reads as its caller, who sees the feeds of their own agency alone.
create function viewer_feeds() returns setof uuid language sql stable as $$
  select f.id from feed f where f.partnership_id = viewer_partnership() and f.agency_id = viewer_agency()
    and case viewer_kind()
      when 'client' then f.by_system
      when 'staff' then viewer_has_role('manager') or exists (select from feed_sender s
        where s.partnership_id = f.partnership_id and s.feed_id = f.id and s.staff_id = viewer_staff())
      else false end
$$;

-- Whoever may not send a list does not read it either: until now the pages alone asked.
drop policy fed_person_own on fed_person;
create policy fed_person_own on fed_person for select using (partnership_id = (select viewer_partnership())
  and agency_id = (select viewer_agency()) and feed_id in (select viewer_feeds()));
drop policy feed_run_own on feed_run;
create policy feed_run_own on feed_run for select using (partnership_id = (select viewer_partnership())
  and agency_id = (select viewer_agency()) and feed_id in (select viewer_feeds()));
-- A row follows its run.
drop policy feed_row_own on feed_row;
create policy feed_row_own on feed_row for select using (partnership_id = (select viewer_partnership())
  and agency_id = (select viewer_agency()) and run_id in (select r.id from feed_run r));
