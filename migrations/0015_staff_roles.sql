-- A practitioner works with people: opens a person for a stated purpose, leads, is somebody's trusted adult. A guardian
-- (Caldicott Guardian, data protection officer, information governance lead) reads who agreed and who has looked, and no case.
alter table role_grant drop constraint role_grant_role_check;
alter table role_grant add constraint role_grant_role_check
  check (role in ('reporter-agency', 'practitioner', 'duty', 'manager', 'guardian', 'administrator'));
