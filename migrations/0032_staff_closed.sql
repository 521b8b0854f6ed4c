-- Asked of every account there is before the one whose session it is was picked out: half of what it took to know who
-- asks. Its cost is told, and the database asks it last.
alter function account_closed(uuid, uuid, uuid, timestamptz) cost 10000;
