insert into kind_state (kind, state, phase) values
  ('incident', 'new', 'open'),
  ('incident', 'assigned', 'open'),
  ('incident', 'in_progress', 'open'),
  ('incident', 'waiting', 'waiting'),
  ('incident', 'resolved', 'done'),
  ('incident', 'closed', 'done'),
  ('incident', 'cancelled', 'done');

create sequence number_inc;

create table incident (
  id uuid primary key references item on delete cascade,
  description text not null default '',
  impact smallint not null check (impact between 1 and 3),
  urgency smallint not null check (urgency between 1 and 3),
  priority_reason text,
  source text not null check (source in ('portal', 'phone', 'email', 'walk_up', 'chat', 'api', 'alert')),
  contact_id uuid references person,
  callback text,
  category text,
  configuration_item text,
  hold_reason text check (hold_reason in ('caller', 'change', 'problem', 'vendor', 'evidence')),
  major boolean not null default false,
  parent_id uuid references incident,
  reassignment_count integer not null default 0,
  reopen_count integer not null default 0,
  opened_by_id uuid references person,
  resolution_code text check (resolution_code in
    ('fixed', 'workaround', 'no_fault', 'not_reproducible', 'by_caller', 'duplicate')),
  resolution_notes text,
  close_category text,
  resolved_at timestamptz,
  resolved_by_id uuid references person,
  closed_at timestamptz,
  constraint resolution_is_whole check (num_nonnulls(resolution_code, resolution_notes, resolved_at) in (0, 3)),
  check (parent_id <> id)
);
create index incident_contact on incident (contact_id) where contact_id is not null;
create index incident_parent on incident (parent_id) where parent_id is not null;
create index incident_opened_by on incident (opened_by_id);
create index incident_resolved_by on incident (resolved_by_id) where resolved_by_id is not null;
create index incident_to_close on incident (resolved_at) where resolved_at is not null and closed_at is null;

-- Impact by urgency gives the priority; 1 is high, 3 low. The rows are data, and an administrator's to change.
create table priority_rule (
  id uuid primary key default gen_random_uuid(),
  impact smallint not null check (impact between 1 and 3),
  urgency smallint not null check (urgency between 1 and 3),
  priority smallint not null check (priority between 1 and 5)
);
create unique index priority_rule_cell on priority_rule (impact, urgency);
insert into priority_rule (impact, urgency, priority)
  values (1, 1, 1), (1, 2, 2), (1, 3, 3), (2, 1, 2), (2, 2, 3), (2, 3, 4), (3, 1, 3), (3, 2, 4), (3, 3, 5);
create trigger audited after insert or update or delete on priority_rule
  for each row execute function app.audited();

alter table incident enable row level security;
create policy system_sees_all on incident to steward_system, steward_report using (true);
create policy as_its_item on incident to steward_staff, steward_requester
  using (exists (select from item where item.id = incident.id));

grant select on incident, priority_rule to steward_report;
grant select, insert, update on incident to steward_system, steward_staff, steward_requester;
grant select, update on priority_rule to steward_system, steward_staff;
grant select on priority_rule to steward_requester;
grant usage on sequence number_inc to steward_system, steward_staff, steward_requester;
