-- What is open to the viewer was worked out anew by every statement that reads a guarded table, bars by a join. Bars are
-- now gathered first, and the answer is kept for the transaction under everything it follows from: the register's
-- edition (another one with every change, seen by the next statement), who asks, for what, and when. A transaction that
-- reads five guarded tables works it out once; a signature taken back meanwhile still shuts the very next read.
create or replace function viewer_cells() returns jsonb language plpgsql stable parallel restricted as $$
declare
  place uuid := viewer_partnership();
  agency uuid := viewer_agency();
  why text := viewer_purpose();
  ground text := viewer_basis();
  special text := viewer_condition();
  at timestamptz := viewer_now();
  edition uuid := (select e.edition from register_edition e where e.partnership_id = place);
  follows_from text := concat_ws(' ', edition, place, agency, at, to_jsonb(array[why, ground, special]), viewer_kind()) || chr(10);
  kept text := current_setting('trellis.cells', true);
  shut text[];
  open text;
begin
  if edition is not null and starts_with(kept, follows_from) then
    return substr(kept, length(follows_from) + 1)::jsonb;
  end if;
  shut := array(
    select cell_of(b.supplier_id, b.class, b.age, b.handling::int) from effective_bar b
    where b.partnership_id = place and b.recipient_id = agency and b.purpose = why
      and b.from_at <= at and (b.to_at is null or b.to_at > at));
  -- Of two grants of one cell the lesser need stands last, and the last of two equal names is the one that counts.
  open := coalesce((
    select '{' || string_agg('"' || cell || '":' || need, ',' order by need desc) || '}' from (
      select cell_of(g.supplier_id, g.class, g.age, g.handling::int) as cell, g.need
      from effective_grant g
      where g.partnership_id = place and g.recipient_id = agency and g.purpose = why
        and ground = any (g.bases) and (g.conditions = '{}' or special = any (g.conditions))
        and g.from_at <= at and (g.to_at is null or g.to_at > at)) granted
    where cell not in (select unnest(shut))), '{}');
  perform set_config('trellis.cells', follows_from || open, true);
  return open::jsonb;
end
$$;
