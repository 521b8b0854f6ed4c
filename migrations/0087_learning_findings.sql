-- A finding that is picked belongs to a report, and is read by whoever may read that.
alter table report_finding add foreign key (partnership_id, report_id) references learning_report;
drop policy report_finding_seen on report_finding;
create policy report_finding_seen on report_finding for select using (partnership_id = (select viewer_partnership())
  and exists (select from learning_report r where r.partnership_id = report_finding.partnership_id and r.id = report_finding.report_id));
