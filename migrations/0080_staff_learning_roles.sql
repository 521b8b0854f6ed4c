-- Two more jobs. A learning lead works on support projects and learning reports; the independent chair hears what the front
-- line says and answers it. Neither sees a person's record by that role.
alter table role_grant drop constraint role_grant_role_check;
alter table role_grant add constraint role_grant_role_check
  check (role in ('reporter-agency', 'practitioner', 'duty', 'manager', 'guardian', 'administrator', 'learning', 'chair'));
