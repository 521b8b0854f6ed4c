-- That an agency works with somebody because its own list says so. Others learn of it as of every involvement. For the
-- agency itself it opens nothing: a list is no relationship, and sending one must not be a way to read.
alter table involvement drop constraint involvement_role_check;
alter table involvement add constraint involvement_role_check
  check (role in ('lead', 'trusted adult', 'circle', 'triage', 'panel', 'feed'));
alter table involvement add check (role <> 'feed' or staff_id is null);
drop policy involvement_own on involvement;
create policy involvement_own on involvement for select using (partnership_id = (select viewer_partnership())
  and agency_id = (select viewer_agency()) and role <> 'feed');
create unique index involvement_feed on involvement (partnership_id, subject_id, agency_id)
  where role = 'feed' and to_at is null;
