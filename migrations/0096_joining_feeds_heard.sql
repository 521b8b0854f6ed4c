-- A big file arrives for longer than anybody's patience: what counts is when the last piece of it came. By the database's clock.
alter table feed_run add column heard_at timestamptz not null default clock_timestamp();
