-- Sealed entries are few among millions, and a manager's list asks on every opening whether one of them is left with
-- nobody to read it.
create index entry_sealed on entry (partnership_id, agency_id) where handling = 2;
