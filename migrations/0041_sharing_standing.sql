-- What the law already asks of a front door, as an agreement of tier 0: in force from the start, signed by nobody because
-- it adds nothing to the law, and shut by any bar like everything else.
alter table agreement drop constraint agreement_tier_check, drop constraint agreement_check,
  add constraint agreement_tier_check check (tier in (0, 1, 2)),
  add constraint agreement_check check ((tier = 2) = (under_id is not null));
create unique index agreement_standing on agreement (partnership_id) where tier = 0;

-- Three purposes follow from where somebody sits, was asked or has sent something. Nobody states one, and no row about a
-- subject is ever opened for one (impliedPurposes in src/sharing/implied.ts).
create function is_implied(purpose text) returns boolean language sql immutable parallel safe
  return purpose in ('front-door', 'asked', 'sent');
create or replace function viewer_purpose() returns text language sql stable parallel safe
  return case when current_setting('trellis.purpose_until', true) ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$'
    and not is_implied(current_setting('trellis.purpose', true))
    then case when current_setting('trellis.purpose_until', true)::timestamptz > viewer_now()
      then nullif(current_setting('trellis.purpose', true), '') end end;

-- What such a purpose opens to the viewer's agency, bars taken off: 'all' lists the classes with their marking that are
-- open of whatever agency supplied them (',D40,D41,'), 'some' does so for each supplier. The lawful basis is the clause's
-- own. Whoever sits, was asked or has sent it is as near as the circle (need 2). A concern is about somebody who is not yet
-- known to be anyone, so its age is unknown.
--
-- The queue asks some twenty times in one statement. The answer is kept for the transaction: at once while what can be seen
-- of other transactions is the same (whoever compiles the register clears that), otherwise under the register's edition,
-- as in viewer_cells. A query that keeps something in a setting must not run in parallel, or it fails.
create function implied_cells(why text, part text) returns text language plpgsql stable parallel unsafe as $$
declare
  setting text := 'trellis.implied_' || translate(why, '-', '_') || '_';
  kept text := current_setting(setting || part, true);
  asked text := concat_ws(' ', pg_current_snapshot()::text, current_setting('trellis.partnership', true),
    current_setting('trellis.agency', true), current_setting('trellis.viewer', true),
    coalesce(nullif(current_setting('trellis.now', true), ''), statement_timestamp()::text));
  place uuid;
  agency uuid;
  at timestamptz;
  edition uuid;
  follows_from text;
  open_of_all text;
  open_of_some text;
begin
  if asked = current_setting(setting || 'asked', true) then
    return substr(kept, strpos(kept, chr(10)) + 1);
  end if;
  place := viewer_partnership();
  agency := viewer_agency();
  at := viewer_now();
  edition := (select e.edition from register_edition e where e.partnership_id = place);
  follows_from := concat_ws(' ', edition, place, agency, at, viewer_kind()) || chr(10);
  perform set_config(setting || 'asked', asked, true);
  if edition is not null and starts_with(kept, follows_from) then
    return substr(kept, length(follows_from) + 1);
  end if;
  with open as (
    select distinct g.supplier_id, g.class || g.handling as cell from effective_grant g
    where g.partnership_id = place and g.recipient_id = agency and g.purpose = why and g.age = 'unknown' and g.need <= 2
      and g.from_at <= at and (g.to_at is null or g.to_at > at)
      and not exists (select from effective_bar b
        where b.partnership_id = place and b.recipient_id = agency and b.purpose = why and b.supplier_id = g.supplier_id
          and b.class = g.class and b.age = g.age and b.handling = g.handling
          and b.from_at <= at and (b.to_at is null or b.to_at > at)))
  select
    (select ',' || string_agg(cell, ',') || ',' from (
      select cell from open group by cell
      having count(*) = (select count(*) from agency a where a.partnership_id = place)) everywhere),
    (select '{' || string_agg(format('"%s":",%s,"', supplier_id, cells), ',') || '}' from (
      select supplier_id, string_agg(cell, ',') as cells from open group by supplier_id) supplied)
  into open_of_all, open_of_some;
  perform set_config(setting || 'all', follows_from || coalesce(open_of_all, ''), true),
    set_config(setting || 'some', follows_from || coalesce(open_of_some, '{}'), true);
  return case part when 'all' then coalesce(open_of_all, '') else coalesce(open_of_some, '{}') end;
end
$$;
-- Whether such a purpose opens this class with this marking, whichever agency supplied it.
create function implied_from_all(why text, class text, handling int) returns boolean language sql stable parallel unsafe
  return strpos(implied_cells(why, 'all'), ',' || class || handling::text || ',') > 0;
-- The agencies of whose supply it opens this class with this marking.
create function implied_suppliers(why text, class text, handling int) returns uuid[] language sql stable parallel unsafe
  return array(select o.key::uuid from jsonb_each_text(implied_cells(why, 'some')::jsonb) o
    where strpos(o.value, ',' || class || handling::text || ',') > 0);
alter table purpose_statement add constraint purpose_statement_stated check (not is_implied(purpose));
-- The same holds of what the policies of subjects ask, which would have failed in the first plan to run in parallel.
alter function viewer_cells() parallel unsafe;
