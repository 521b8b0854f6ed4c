-- A business by its name: said as a detail of a concern, and noted like a vehicle or a phone.
alter table detail drop constraint detail_kind_check;
alter table detail add constraint detail_kind_check
  check (kind in ('vehicle', 'phone', 'name', 'nickname', 'account', 'postcode', 'business'));
alter table noted_record drop constraint noted_record_kind_check;
alter table noted_record add constraint noted_record_kind_check
  check (kind in ('person', 'vehicle', 'phone', 'account', 'place', 'business'));
