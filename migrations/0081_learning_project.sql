-- A support project: a partnership asks for help with its whole approach, and people of a programme work on it with them.
create table support_project (
  partnership_id uuid not null references partnership,
  id uuid not null,
  name text not null check (name <> ''),
  -- Codes of content/learning.json.
  kind text not null,
  size text not null,
  -- Whose people deliver it: an agency of this partnership like any other, of the kind that supports.
  programme_agency_id uuid not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, programme_agency_id) references agency,
  foreign key (partnership_id, opened_by) references account
);

-- Who works on it, for which side, and what their part is: one owner at any time.
create table project_member (
  partnership_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  account_id uuid not null,
  side text not null check (side in ('local', 'programme')),
  part text not null check (part in ('owner', 'contact', 'sponsor', 'delivery', 'writer')),
  added_by uuid not null,
  added_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  data_class data_class not null default 'D2',
  handling handling not null default 0,
  primary key (partnership_id, id),
  foreign key (partnership_id, project_id) references support_project,
  foreign key (partnership_id, account_id) references account
);
create unique index project_member_owner on project_member (partnership_id, project_id) where part = 'owner' and ended_at is null;
create unique index project_member_once on project_member (partnership_id, project_id, account_id, part) where ended_at is null;
create index project_member_account on project_member (partnership_id, account_id) where ended_at is null;

alter table project_member enable row level security;
alter table project_member force row level security;
create policy project_member_seen on project_member for select using (partnership_id = (select viewer_partnership())
  and (select viewer_kind()) = 'staff' and ((select viewer_has_role('learning')) or account_id = (select viewer_staff())));
create policy project_member_kept on project_member for all using (partnership_id = (select system_partnership()));

-- The projects that the viewer may read: all of the partnership for a learning lead, their own for whoever was named on one.
create function viewer_projects() returns setof uuid language sql stable parallel safe as
  $$ select project_id from project_member where partnership_id = viewer_partnership()
    and (viewer_has_role('learning') or account_id = viewer_staff() and ended_at is null) $$;

-- Puts a table of one project, with the columns partnership_id and project_id, under that rule. The room's verbs write as
-- the product, after they have shown that the project is the writer's.
create function guard_by_project(name text, project text default 'project_id') returns void language plpgsql as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy %I on %I for select using (partnership_id = (select viewer_partnership())
    and (select viewer_kind()) = ''staff'' and %I in (select viewer_projects()))', name || '_seen', name, project);
  execute format('create policy %I on %I for all using (partnership_id = (select system_partnership()))', name || '_kept', name);
  execute format('grant select, insert, update, delete on %I to trellis_app', name);
end $$;
select guard_by_project('support_project', 'id');
grant select, insert, update on project_member to trellis_app;
