-- The clock of the duty to share, for the partnerships that are there already; others get it from content/clocks.json.
do $$
declare p record;
begin
  for p in select id from partnership loop
    perform set_config('trellis.viewer', 'system', true);
    perform set_config('trellis.partnership', p.id::text, true);
    insert into clock (partnership_id, id, code, label, amount, unit, starts_when, basis)
    select p.id, gen_random_uuid(), 'duty-to-share', 'Duty to share: share it, or say why not', 1, 'working-days',
      'An agency comes to hold what a duty clause obliges it to share',
      'Local default. The law names no time that has been confirmed (section 16LA of the Children Act 2004)'
    where not exists (select from clock where partnership_id = p.id and code = 'duty-to-share');
  end loop;
  perform set_config('trellis.viewer', '', true);
  perform set_config('trellis.partnership', '', true);
end
$$;
