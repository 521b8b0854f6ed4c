-- A malformed setting means nobody, never an error that a page could be made to show: what is no uuid reads as none.
create function setting_uuid(name text) returns uuid language sql stable parallel safe
  return case when current_setting(name, true) ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then current_setting(name, true)::uuid end;
create or replace function viewer_partnership() returns uuid language sql stable parallel safe return setting_uuid('trellis.partnership');
create or replace function viewer_agency() returns uuid language sql stable parallel safe return setting_uuid('trellis.agency');
create or replace function viewer_staff() returns uuid language sql stable parallel safe return setting_uuid('trellis.staff');
create or replace function viewer_client() returns uuid language sql stable parallel safe return setting_uuid('trellis.client');
create or replace function viewer_concern() returns uuid language sql stable parallel safe return setting_uuid('trellis.concern');

-- The house's clock, told with the viewer, so that the page and the database close at the same moment; without it the
-- database's own.
create function viewer_now() returns timestamptz language sql stable parallel safe
  return case when current_setting('trellis.now', true) ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$'
    then current_setting('trellis.now', true)::timestamptz else statement_timestamp() end;
create function viewer_today() returns date language sql stable parallel safe
  return (viewer_now() at time zone coalesce(nullif(current_setting('trellis.zone', true), ''), 'Europe/London'))::date;
-- The partnership of the product itself, and null for everybody else.
create function system_partnership() returns uuid language sql stable parallel safe
  return case when viewer_kind() = 'system' then viewer_partnership() end;

-- Why the viewer is here: stated for one subject, until an hour. Past it the statement is as if never made.
create function viewer_purpose() returns text language sql stable parallel safe
  return case when current_setting('trellis.purpose_until', true) ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$'
    then case when current_setting('trellis.purpose_until', true)::timestamptz > viewer_now()
      then nullif(current_setting('trellis.purpose', true), '') end end;
create function viewer_basis() returns text language sql stable parallel safe
  return nullif(current_setting('trellis.basis', true), '');
create function viewer_condition() returns text language sql stable parallel safe
  return nullif(current_setting('trellis.condition', true), '');
