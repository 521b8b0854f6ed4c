-- A plain hash of a file or of a report tells whoever holds a dump that a guess was right. Nothing read the file's: what
-- it is sealed with shows a changed byte already. The report's is keyed from now on; of those from before nothing is
-- kept, and a client that tries one of them again is answered as the first time.
alter table attachment drop column sha256;
alter table idempotency no force row level security;
update idempotency set request_hash = ''::bytea;
alter table idempotency force row level security;
