-- What is said of one person at a panel is a meeting about that person, like a strategy discussion: seen, declared,
-- given to them and forgotten as any other.
alter table meeting drop constraint meeting_kind_check;
alter table meeting add constraint meeting_kind_check check (kind in ('strategy discussion', 'mace', 'adult panel', 'joint panel',
  'daily meeting', 'professionals meeting', 'network meeting', 'other'));
