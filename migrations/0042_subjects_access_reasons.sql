-- Why somebody worked with the person, asked about them, or opened their record in an emergency, and what was made of it,
-- is held about them like what is written on their record: it belongs in what they are given.
alter table access_decision drop constraint access_decision_item_kind_check;
alter table access_decision add constraint access_decision_item_kind_check
  check (item_kind in ('identity', 'entry', 'disclosure', 'meeting', 'supplier', 'involvement', 'asked', 'glass',
    'glass review', 'put off', 'request'));
