-- Whether a key is of an entry of an agency's list. Entries are looked for among whom somebody wrote about and never among
-- each other: with this in the key they pass over the rest of a long list without opening a record of it.
alter table record_key add column of_list boolean not null default false;

alter table record_key no force row level security;
alter table noted_record no force row level security;
update record_key k set of_list = true from noted_record r
where r.partnership_id = k.partnership_id and r.id = k.record_id and r.fed_id is not null;
alter table record_key force row level security;
alter table noted_record force row level security;

alter table record_key drop constraint record_key_pkey,
  add primary key (partnership_id, hash, record_id) include (of_list);
