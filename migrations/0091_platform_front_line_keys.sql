-- A round of the front line has two keys: one that seals what was said, and one that tells two people apart, destroyed when
-- the round closes.
alter table data_key drop constraint data_key_of_kind_check;
alter table data_key add constraint data_key_of_kind_check check (of_kind in
  ('subject', 'concern', 'partnership', 'fed person', 'feed run', 'front line round', 'front line marks'));
