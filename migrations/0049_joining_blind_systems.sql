-- An agency's own system asks as well, with its key: a question is somebody's or a system's.
alter table blind_question
  alter column asked_by drop not null,
  add column client_id uuid,
  add foreign key (partnership_id, client_id) references api_client,
  add check ((asked_by is null) <> (client_id is null));
drop policy blind_question_asked on blind_question;
create policy blind_question_asked on blind_question for insert with check (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) in ('staff', 'client') and agency_id = (select viewer_agency()));
