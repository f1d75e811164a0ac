create table source (
  id uuid primary key,
  type text not null check (type in ('alertmanager')),
  name text not null,
  token bytea not null,
  -- Who stands in an incident as its requester when monitoring reported it.
  person_id uuid not null references person,
  active boolean not null default true,
  created_at timestamptz not null,
  last_seen_at timestamptz
);
create unique index source_name_key on source (lower(name));
create unique index source_token_key on source (token);
create index source_person on source (person_id);
create trigger audited after insert or delete or update of name, active on source
  for each row execute function app.audited();

-- A problem that monitoring sees, by the sender's own key, and the incident that stands for it.
create table alert (
  id uuid primary key,
  source_id uuid not null references source on delete cascade,
  fingerprint text not null,
  status text not null check (status in ('firing', 'resolved')),
  item_id uuid references item on delete set null,
  labels jsonb not null,
  annotations jsonb not null,
  started_at timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  signals integer not null,
  resolved_at timestamptz
);
create unique index alert_open on alert (source_id, fingerprint) where status = 'firing';
create index alert_source on alert (source_id, last_seen_at desc);
create index alert_item on alert (item_id) where item_id is not null;

-- Every time a monitoring tool spoke, as it spoke: raw, never an item, a partition a month.
create sequence signal_id;
create table signal (
  id bigint not null default nextval('signal_id'),
  source_id uuid not null,
  alert_id uuid not null,
  status text not null check (status in ('firing', 'resolved')),
  labels jsonb not null,
  annotations jsonb not null,
  started_at timestamptz not null,
  received_at timestamptz not null
) partition by range (received_at);
create index signal_alert on signal (alert_id, id);
create table signal_early partition of signal default;

alter table source enable row level security;
alter table alert enable row level security;
alter table signal enable row level security;
create policy system_sees_all on source to steward_system using (true);
create policy staff_see_all on source to steward_staff using (true);
create policy system_sees_all on alert to steward_system, steward_report using (true);
create policy as_its_item on alert to steward_staff using (exists (select from item where item.id = alert.item_id));
create policy system_sees_all on signal to steward_system, steward_report using (true);
create policy as_its_alert on signal to steward_staff using (exists (select from alert where alert.id = signal.alert_id));

grant select, insert, update, delete on source to steward_system, steward_staff;
grant select, insert, update on alert to steward_system;
grant select, insert on signal to steward_system;
grant select on alert, signal to steward_staff, steward_report;
grant usage on sequence signal_id to steward_system;

-- How often monitoring spoke about each problem behind an item; requesters are told the number and nothing else.
create function app.signals_of(item uuid) returns setof integer stable security definer
  set search_path = public, pg_temp language sql as $$ select signals from alert where item_id = item $$;
