-- A person whom an agency sends has a data key of their own, and so has a file while it is being read: what is deleted at
-- its source opens nowhere from then on.
alter table data_key drop constraint data_key_of_kind_check;
alter table data_key add constraint data_key_of_kind_check
  check (of_kind in ('subject', 'concern', 'partnership', 'fed person', 'feed run'));
