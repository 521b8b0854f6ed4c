-- A warning is held about the person: it counts among what an agency supplied, and belongs in what the person is given.
-- Other files write the same view and list, so this adds to whatever stands.
do $$
begin
  execute 'create or replace view subjects_facts with (security_invoker) as '
    || rtrim(pg_get_viewdef('subjects_facts'::regclass), '; ')
    || ' union all select partnership_id, subject_id, agency_id, data_class, handling, adult_from, null from warning';
  execute (select 'alter table access_decision drop constraint access_decision_item_kind_check, add constraint access_decision_item_kind_check '
      || replace(pg_get_constraintdef(oid), 'ARRAY[', 'ARRAY[''warning''::text, ')
    from pg_constraint where conname = 'access_decision_item_kind_check');
end
$$;
