-- Why work went from one person to another: a word out of a few, so that the row and its event say nothing about anybody.
alter table holding add column why text check (why in ('left', 'away', 'agency closed', 'shared out'));
