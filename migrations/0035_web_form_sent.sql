-- A form that is pressed twice does its work once: what the first press was answered with is kept for a day, by a keyed
-- hash of the form's own number and of who sent it.
create table form_sent (
  partnership_id uuid not null references partnership,
  hash bytea not null,
  answered_with text not null,
  sent_at timestamptz not null,
  primary key (partnership_id, hash)
);
create index form_sent_at on form_sent (partnership_id, sent_at);
alter table form_sent enable row level security;
alter table form_sent force row level security;
create policy form_sent_kept on form_sent for all using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) in ('staff', 'system'));
grant select, insert, update, delete on form_sent to trellis_app;
