create table sla_definition (
  id uuid primary key,
  name text not null,
  kind text not null,
  type text not null check (type in ('sla', 'ola', 'contract')),
  target text not null check (target in ('response', 'resolution', 'other')),
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index sla_definition_name_key on sla_definition (lower(name));
create trigger audited after insert or update or delete on sla_definition for each row execute function app.audited();

create table sla_version (
  id uuid primary key,
  definition_id uuid not null references sla_definition on delete cascade,
  version integer not null,
  starts_at timestamptz not null,
  terms jsonb not null
);
create unique index sla_version_once on sla_version (definition_id, version);
create trigger audited after insert or update or delete on sla_version for each row execute function app.audited();

/*
 * One clock on one item: what the definition, the calendars and the item's history come to. It is kept for queues,
 * figures and waking alone; all of it can be counted again.
 *
 * What passes by itself only adds to a row: what it said of an earlier time stays true, so a row clipped at a time is what
 * was known then. Where that is not so (something is learned late, or counted anew by other terms or calendars), the row as
 * it was goes to clock_past, and stays there with the time until which the desk knew no better.
 */
create table clock (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  definition_id uuid not null references sla_definition,
  definition_version integer not null,
  -- By the calendars of which revision it is counted.
  revision bigint not null,
  kind text not null check (kind in ('sla', 'ola', 'contract')),
  target text not null check (target in ('response', 'resolution', 'other')),
  state text not null check (state in ('running', 'paused', 'stopped', 'cancelled')),
  attached_at timestamptz not null,
  started_at timestamptz not null,
  paused boolean not null,
  stopped_at timestamptz,
  cancelled_at timestamptz,
  breached_at timestamptz,
  -- None while it is paused; of one that is over, when it would have been due.
  due_at timestamptz,
  original_due_at timestamptz,
  target_ms bigint,
  -- Final once it is over; before that as of `as_of`.
  business_ms bigint not null,
  elapsed_ms bigint not null,
  as_of timestamptz not null,
  seen_seq integer not null,
  known_at timestamptz not null,
  -- The highest share of its time, in percent, that was told or passed over in silence.
  told smallint not null default 0,
  -- What passed by then is told to nobody: it came in with a past.
  quiet_until timestamptz,
  wake_at timestamptz
);
create unique index clock_once on clock (item_id, definition_id, attached_at);
create index clock_definition on clock (definition_id, attached_at);
create index clock_wake on clock (wake_at) where wake_at is not null;
create index clock_open on clock (definition_id) where stopped_at is null and cancelled_at is null;
create index clock_stopped on clock (stopped_at) where stopped_at is not null;
create index clock_breached on clock (breached_at) where breached_at is not null;

create table clock_past (like clock including constraints);
alter table clock_past
  drop column told, drop column quiet_until, drop column wake_at,
  add column until timestamptz not null,
  add primary key (id, until),
  add foreign key (item_id) references item on delete cascade,
  add foreign key (definition_id) references sla_definition;
create index clock_past_item on clock_past (item_id);
create index clock_past_definition on clock_past (definition_id, attached_at);
create index clock_past_until on clock_past (until);

-- Queues by the due time.
create index item_due on item (due_at) where due_at is not null and phase <> 'done';
-- What something referred to was like at a time is found by what was changed since.
create index audit_row on audit ("table", row_id, id);

alter table clock enable row level security;
alter table clock_past enable row level security;
create policy system_sees_all on clock to steward_system, steward_report using (true);
create policy system_sees_all on clock_past to steward_system, steward_report using (true);
create policy as_its_item on clock to steward_staff
  using (exists (select from item where item.id = clock.item_id));
create policy as_its_item on clock_past to steward_staff
  using (exists (select from item where item.id = clock_past.item_id));

grant select on sla_definition, sla_version, clock, clock_past to steward_report, steward_system, steward_staff;
grant insert, update on sla_definition, sla_version to steward_system, steward_staff;
grant insert, update, delete on clock to steward_system;
grant insert on clock_past to steward_system;
grant select on timekeeping to steward_requester;
