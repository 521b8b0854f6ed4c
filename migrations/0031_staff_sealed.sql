-- Why an account or an agency was closed and a second factor reset is sealed with the partnership's own data key. Rows
-- from before become bytes here and are sealed by `trellis migrate`, the next start or a restore
-- (src/staff/seal-plain.ts); the constraint lets nothing plain in, and is validated once all of it is sealed.
do $$
declare t text;
begin
  foreach t in array array['suspension', 'factor_reset', 'agency_suspension'] loop
    execute format('alter table %I add column key_id uuid', t);
    execute format('alter table %I add foreign key (partnership_id, key_id) references data_key', t);
    execute format('alter table %I alter column why type bytea using convert_to(why, ''UTF8'')', t);
    execute format('alter table %I add constraint %I check (key_id is not null and substring(why from 1 for 1) = ''\x01'') not valid',
      t, t || '_sealed');
  end loop;
end
$$;
