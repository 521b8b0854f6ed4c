-- A decision about something that is kept for named people only is seen by those named for it: whoever decided it, and
-- whom they named to answer it. Decisions of before name whoever decided them.
do $$
declare p record;
begin
  for p in select id from partnership loop
    perform set_config('trellis.viewer', 'system', true);
    perform set_config('trellis.partnership', p.id::text, true);
    insert into named_person (partnership_id, row_id, subject_id, agency_id, staff_id, named_at, named_by)
    select d.partnership_id, d.id, d.subject_id, d.agency_id, d.decided_by, d.decided_at, d.decided_by
    from disclosure d where d.partnership_id = p.id and d.kept = 2
    on conflict do nothing;
  end loop;
  perform set_config('trellis.viewer', '', true);
  perform set_config('trellis.partnership', '', true);
end
$$;

drop policy disclosure_own on disclosure;
create policy disclosure_own on disclosure for select
  using (partnership_id = (select viewer_partnership()) and agency_id = (select viewer_agency())
    and (kept < 2 or id in (select n.row_id from named_person n where n.partnership_id = (select viewer_partnership())
      and n.staff_id = (select viewer_staff()) and n.ended_at is null)));
