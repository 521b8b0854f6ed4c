-- That a version of a report was given to everybody: which entry of the library it became, by whom, and when it was taken
-- back. Why it was taken back stands with the entry.
create table report_publication (
  partnership_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  version int not null,
  entry_id uuid not null,
  slug text not null,
  summary text not null,
  published_by uuid not null,
  published_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, report_id) references learning_report,
  foreign key (partnership_id, report_id, version) references report_version (partnership_id, report_id, number),
  foreign key (partnership_id, published_by) references account,
  foreign key (partnership_id, withdrawn_by) references account
);
create index report_publication_report on report_publication (partnership_id, report_id);
select guard_by_report('report_publication');
