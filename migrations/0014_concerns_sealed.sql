-- What people said, what was written about them, who said it and how to reach them is sealed with the concern's own data
-- key: bytes that are no use without it. Its id stands in key_id on every row. What is empty stays empty.
--
-- SQL cannot seal. Rows from before are turned into bytes here, with no key_id, and sealed by `trellis migrate`, by the next
-- start or by restoring (src/concerns/seal-plain.ts). The constraint lets nothing plain in from now on; it is
-- validated, table by table, once all of it is sealed.
--
-- What stays plain, and why: dates, codes and yes or no (clocks, filters, counts and the child's or adult's frame are SQL);
-- born_on and age_group of a person (the frame of a concern changes on an eighteenth birthday, and the queue filters by it);
-- a concern's postcode, latitude and longitude (filters and maps by area); references, ids and times. Nobody's name, address,
-- number or words.

-- Words of a place, each as a keyed hash: the queue finds "Weir Street" without reading the place of every concern.
alter table concern add column place_words text[] not null default '{}';

alter table decision drop constraint decision_reason_check, drop constraint decision_unknowns_check,
  drop constraint decision_offered_check, drop constraint decision_told_check;
alter table decision_need drop constraint decision_need_check;

do $$
declare
  t text;
  words text[];
  word text;
  empty boolean;
begin
  for t, words in values
    ('concern', array['worry', 'happened', 'place', 'person_wants', 'person_knows_why', 'consent_why', 'agency_reference']),
    ('concern_person', array['name', 'nickname', 'age_said', 'gender', 'first_language', 'needs', 'address', 'postcode',
      'phone', 'nhs_number', 'other_reference', 'school_or_work', 'description']),
    ('detail', array['said', 'note']),
    ('reporter', array['name', 'relationship', 'job_title', 'contact_value', 'safe_times', 'safe_note']),
    ('contact_opening', array['why']),
    ('original_opening', array['why']),
    ('attachment', array['name']),
    ('attachment_piece', array[]::text[]),
    ('message', array['words']),
    ('priority', array['why']),
    ('clock_pause', array['why']),
    ('partner_check', array['question', 'reason', 'answer']),
    ('decision', array['reason', 'unknowns', 'limb_needs_why', 'limb_risk_why', 'limb_protect_why', 'offered', 'told']),
    ('decision_need', array['words']),
    ('escalation', array['answer'])
  loop
    execute format('alter table %I add column key_id uuid', t);
    execute format('alter table %I add foreign key (partnership_id, key_id) references data_key', t);
    foreach word in array words loop
      empty := exists (select from pg_attribute where attrelid = t::regclass and attname = word and atthasdef);
      execute format('alter table %1$I alter column %2$I drop default, alter column %2$I type bytea using convert_to(%2$I, ''UTF8'')', t, word);
      if empty then
        execute format('alter table %I alter column %I set default ''''::bytea', t, word);
      end if;
    end loop;
    -- Every sealed text begins with the number of its format.
    execute format('alter table %I add constraint %I check (key_id is not null%s) not valid', t, t || '_sealed',
      (select string_agg(format(' and substring(%I from 1 for 1) in ('''', ''\x01'')', w), '') from unnest(words) w));
  end loop;
end
$$;

-- A key that finds the same plate or number said elsewhere is a keyed hash of it, 16 bytes.
alter table detail alter column key type bytea using convert_to(key, 'UTF8');
alter table detail add constraint detail_key_hashed check (octet_length(key) = 16) not valid;

alter table decision add check (reason <> ''), add check (unknowns <> ''), add check (offered <> ''), add check (told <> '');
alter table decision_need add check (choice is not null or words <> '');
