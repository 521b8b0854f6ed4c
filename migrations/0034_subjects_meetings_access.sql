-- What came of a meeting is held about a person like what is written on their record: it belongs in what they are given.
alter table access_decision drop constraint access_decision_item_kind_check;
alter table access_decision add constraint access_decision_item_kind_check
  check (item_kind in ('identity', 'entry', 'disclosure', 'meeting', 'supplier'));
