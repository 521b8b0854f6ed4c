-- What somebody else wrote down of an attendee shuts nobody out: they say it themself, or a manager of theirs confirms it.
alter table meeting_declaration drop constraint meeting_declaration_said_check;
alter table meeting_declaration add constraint meeting_declaration_said_check
  check (said in ('confidential', 'conflict', 'confirmed'));
