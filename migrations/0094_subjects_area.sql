-- In which area an address lies, as far as somebody said it or the address names it, and whether that is over the border
-- of the area of the agency that wrote it. No list of postcodes comes with the product, so nothing is worked out from one
-- but that it begins with other letters than the postcode before it. What was seen is kept with it, so that it can be told.
alter table identity add column area_id uuid;
alter table identity add column area_how text check (area_how in ('chosen', 'named', 'postcode'));
alter table identity add column over_border boolean not null default false;
alter table identity add check (area_how is not null or (area_id is null and not over_border));
alter table identity add foreign key (partnership_id, area_id) references area;

-- A person who is erased: where they lived lies open beside their sealed words.
create function forget_identity_area() returns trigger language plpgsql as $$
begin
  update identity set area_id = null, area_how = null, over_border = false
    where partnership_id = new.partnership_id and subject_id = new.id;
  return null;
end
$$;
create trigger identity_area_forgotten after update of erased_at on subject for each row
  when (new.erased_at is not null and old.erased_at is null) execute function forget_identity_area();
