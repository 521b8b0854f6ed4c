-- Concerns go by the agreement. Until here sitting at the front door opened them, and being asked or having sent one opened
-- a part. Now each of these is a purpose that a clause must name: 'front-door', 'asked', 'sent' (0041). What is open is
-- read from effective_grant and effective_bar, so a bar, an end or a clause taken away shuts the very next read.
-- What somebody said themself they read by the law and not by agreement: whoever holds the receipt (Article 15 UK GDPR).

-- The partnership of a viewer for whom their seat at the front door opens this class and marking whichever agency supplied
-- it, or of the product itself. One value to compare with, asked once a query: the queue touches so many tables that
-- longer rules took longer to plan than to run.
create function deciding_partnership(class text, handling int) returns uuid language sql stable parallel unsafe
  return case when viewer_kind() = 'system' or viewer_front_door() and implied_from_all('front-door', class, handling)
    then viewer_partnership() end;
-- Where a bar shuts it for some suppliers only: the others. Asked when the comparison above has failed.
create function deciding_suppliers(class text, handling int) returns uuid[] language sql stable parallel unsafe
  return case when viewer_front_door() then implied_suppliers('front-door', class, handling) end;
-- For what other rooms keep about concerns, as close as the facts of a concern are.
create or replace function deciding_partnership() returns uuid language sql stable parallel unsafe
  return deciding_partnership('D4', 1);
-- The viewer's agency, where it may go on seeing what it sent of this class and marking.
create function sending_agency(class text, handling int) returns uuid language sql stable parallel unsafe
  return case when viewer_agency() = any (implied_suppliers('sent', class, handling)) then viewer_agency() end;
-- Whether the viewer is who sent it. Being able to see it is not enough: the front door sees what others sent.
create or replace function viewer_said(partnership uuid, concern uuid) returns boolean language sql stable parallel unsafe
  return exists (select from concern c where c.partnership_id = partnership and c.id = concern
    and (viewer_kind() = 'reporter' or c.entered_by = viewer_staff() or c.client_id = viewer_client()));
create or replace function viewer_was_asked(partnership uuid, asked uuid) returns boolean language sql stable parallel unsafe
  return exists (select from partner_check p where p.partnership_id = partnership and p.id = asked
    and p.asked_agency_id = viewer_agency());

do $$
declare
  t text;
  class text;
  marking int;
  kind text;
  open text;
begin
  for t, class, marking, kind in values
    ('undecided', 'D4', 0, 'deciding'), ('holding', 'D4', 0, 'deciding'), ('priority', 'D4', 0, 'deciding'),
    ('clock_run', 'D4', 0, 'deciding'), ('clock_pause', 'D4', 0, 'deciding'), ('decision', 'D5', 1, 'deciding'),
    ('decision_need', 'D5', 1, 'deciding'), ('contact_opening', 'D8', 1, 'deciding'), ('original_opening', 'D4', 1, 'deciding'),
    ('partner_check', 'D4', 1, 'deciding'),
    ('concern_person', 'D3', 1, 'said'), ('concern_sign', 'D4', 1, 'said'), ('detail', 'D4', 1, 'said'),
    ('attachment', 'D4', 1, 'said'), ('message', 'D4', 1, 'said'), ('escalation', 'D4', 1, 'said'),
    ('concern', 'D4', 1, 'itself'), ('reporter', 'D8', 2, 'sealed')
  loop
    -- The policies name the class, so that it is looked up once a query and not for every row: so every row must have it.
    execute format('alter table %I add constraint %I check (data_class = %L and handling = %s)', t, t || '_classed', class, marking);
    open := format('partnership_id = (select deciding_partnership(%1$L, %2$s))
      or partnership_id = (select viewer_partnership()) and agency_id = any ((select deciding_suppliers(%1$L, %2$s))::uuid[])', class, marking);
    if kind = 'deciding' then
      execute format('drop policy %1$I on %2$I', t || '_front_door', t);
      execute format('create policy %1$I on %2$I for all using (%3$s)', t || '_front_door', t, open);
    elsif kind = 'said' then
      execute format('drop policy %1$I on %2$I', t || '_seen', t);
      execute format('create policy %1$I on %2$I for select using (%3$s or partnership_id = (select viewer_partnership())
        and ((select viewer_kind()) = ''reporter'' or agency_id = (select sending_agency(%4$L, %5$s)))
        and viewer_said(partnership_id, concern_id))', t || '_seen', t, open, class, marking);
    elsif kind = 'itself' then
      drop policy concern_seen on concern;
      execute format('create policy concern_seen on concern for select using (%1$s
        or partnership_id = (select viewer_partnership()) and (
          (select viewer_kind()) = ''staff'' and entered_by = (select viewer_staff()) and agency_id = (select sending_agency(%2$L, %3$s))
          or (select viewer_kind()) = ''client'' and channel = ''api'' and client_id = (select viewer_client())
            and agency_id = (select sending_agency(%2$L, %3$s))
          or (select viewer_kind()) = ''reporter'' and id = (select viewer_concern())))', open, class, marking);
    else
      -- Named people only: who opened the contact, with a reason, or who said it themself.
      drop policy reporter_named on reporter;
      execute format('create policy reporter_named on reporter for select using (
        partnership_id = (select system_partnership())
        or partnership_id = (select viewer_partnership()) and (select viewer_kind()) = ''reporter'' and concern_id = (select viewer_concern())
        or (%s) and exists (select from contact_opening o where o.partnership_id = reporter.partnership_id
          and o.concern_id = reporter.concern_id and o.staff_id = (select viewer_staff())))', open);
    end if;
  end loop;
  for t, kind in values ('message', 'written'), ('message', 'read'), ('escalation', 'answered') loop
    open := 'partnership_id = (select deciding_partnership(''D4'', 1))
      or partnership_id = (select viewer_partnership()) and agency_id = any ((select deciding_suppliers(''D4'', 1))::uuid[])';
    execute format('drop policy %I on %I', t || '_' || kind, t);
    execute format('create policy %I on %I for %s (%s)', t || '_' || kind, t,
      case kind when 'written' then 'insert with check' else 'update using' end, open);
  end loop;
end
$$;

drop policy partner_check_asked on partner_check;
drop policy partner_check_answered on partner_check;
create policy partner_check_asked on partner_check for select
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'staff'
    and asked_agency_id = (select viewer_agency()) and withdrawn_at is null
    and agency_id = any ((select implied_suppliers('asked', 'D4', 1))::uuid[]));
create policy partner_check_answered on partner_check for update
  using (partnership_id = (select viewer_partnership()) and (select viewer_kind()) = 'staff'
    and asked_agency_id = (select viewer_agency()) and withdrawn_at is null
    and agency_id = any ((select implied_suppliers('asked', 'D4', 1))::uuid[]));
drop policy clock_run_answered on clock_run;
drop policy clock_run_stopped on clock_run;
create policy clock_run_answered on clock_run for select
  using (partnership_id = (select viewer_partnership()) and clock = 'partner-check-reply'
    and agency_id = any ((select implied_suppliers('asked', 'D4', 0))::uuid[]) and viewer_was_asked(partnership_id, of_id));
create policy clock_run_stopped on clock_run for update
  using (partnership_id = (select viewer_partnership()) and clock = 'partner-check-reply'
    and agency_id = any ((select implied_suppliers('asked', 'D4', 0))::uuid[]) and viewer_was_asked(partnership_id, of_id));

-- The timeline of a concern is seen by whoever sees the concern; a seat at the front door opened every event before.
drop policy event_seen on event;
create policy event_seen on event for select
  using (partnership_id = (select viewer_partnership()) and (
    (select viewer_kind()) = 'system' or staff_id = (select viewer_staff())));
create policy event_of_concern on event for select
  using (partnership_id = (select viewer_partnership()) and about_kind = 'concern' and (select viewer_front_door()) and (
    partnership_id = (select deciding_partnership('D3', 1)) and partnership_id = (select deciding_partnership('D4', 1))
    or exists (select from concern c where c.partnership_id = event.partnership_id and c.id = event.about_id
      and c.agency_id = any ((select deciding_suppliers('D3', 1))::uuid[]))));
