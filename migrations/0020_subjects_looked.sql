-- Who looked lately at any subject, for the review lists across subjects. The log of one subject has event_about.
create index event_about_subject on event (partnership_id, at) where about_kind = 'person';
