-- What somebody sent, they go on seeing by what the clause says of suppliers, and not only where it was their agency's:
-- a clause may say 'any' for somebody who works elsewhere now. The generated proof found that `decide` says so already.
do $$
declare
  t text;
  class text;
  marking int;
  open text;
  sent text;
begin
  for t, class, marking in values ('concern', 'D4', 1), ('concern_person', 'D3', 1), ('concern_sign', 'D4', 1), ('detail', 'D4', 1),
    ('attachment', 'D4', 1), ('message', 'D4', 1), ('escalation', 'D4', 1)
  loop
    open := format('partnership_id = (select deciding_partnership(%1$L, %2$s))
      or partnership_id = (select viewer_partnership()) and agency_id = any ((select deciding_suppliers(%1$L, %2$s))::uuid[])', class, marking);
    sent := format('agency_id = any ((select implied_suppliers(''sent'', %L, %s))::uuid[])', class, marking);
    execute format('drop policy %I on %I', t || '_seen', t);
    if t = 'concern' then
      execute format('create policy concern_seen on concern for select using (%1$s
        or partnership_id = (select viewer_partnership()) and (
          (select viewer_kind()) = ''staff'' and entered_by = (select viewer_staff()) and %2$s
          or (select viewer_kind()) = ''client'' and channel = ''api'' and client_id = (select viewer_client()) and %2$s
          or (select viewer_kind()) = ''reporter'' and id = (select viewer_concern())))', open, sent);
    else
      execute format('create policy %1$I on %2$I for select using (%3$s or partnership_id = (select viewer_partnership())
        and ((select viewer_kind()) = ''reporter'' or %4$s) and viewer_said(partnership_id, concern_id))', t || '_seen', t, open, sent);
    end if;
  end loop;
end
$$;
drop function sending_agency(text, int);
