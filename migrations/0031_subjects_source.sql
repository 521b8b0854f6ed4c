-- Where an entry comes from ("home visit, her aunt") names people: it is sealed like the entry's words. No released
-- version wrote the plain column.
alter table entry drop column source, add column source_sealed bytea;
