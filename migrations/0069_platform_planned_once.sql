-- What every request asks (is the account closed, is its agency), and what policies ask of a row. A function in SQL plans
-- what is inside it at each call (1.1 ms for the first, nearly all of it planning); in PL/pgSQL a connection plans it once.
-- What they answer is as it was.

create or replace function agency_closed(of_partnership uuid, of_agency uuid, on_at timestamptz)
returns boolean language plpgsql stable parallel safe as $$
begin
  return exists (select from agency_suspension s
      where s.partnership_id = of_partnership and s.agency_id = of_agency and s.lifted_at is null)
    or exists (select from agency g join partnership p on p.id = g.partnership_id
      where g.partnership_id = of_partnership and g.id = of_agency and g.valid_to < (on_at at time zone p.zone)::date);
end
$$;

create or replace function account_closed(of_partnership uuid, of_account uuid, of_agency uuid, on_at timestamptz)
returns boolean language plpgsql stable parallel safe cost 10000 as $$
begin
  return exists (select from suspension s
      where s.partnership_id = of_partnership and s.account_id = of_account and s.lifted_at is null)
    or agency_closed(of_partnership, of_agency, on_at);
end
$$;

create or replace function viewer_said(partnership uuid, concern uuid) returns boolean
language plpgsql stable parallel unsafe as $$
begin
  return exists (select from concern c where c.partnership_id = viewer_said.partnership and c.id = viewer_said.concern
    and (viewer_kind() = 'reporter' or c.entered_by = viewer_staff() or c.client_id = viewer_client()));
end
$$;

create or replace function viewer_was_asked(partnership uuid, asked uuid) returns boolean
language plpgsql stable parallel unsafe as $$
begin
  return exists (select from partner_check p where p.partnership_id = viewer_was_asked.partnership
    and p.id = viewer_was_asked.asked and p.asked_agency_id = viewer_agency());
end
$$;

create or replace function may_read_chosen(of_subject uuid, of_card text, of_row uuid) returns boolean
language plpgsql stable parallel unsafe as $$
begin
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
end
$$;
