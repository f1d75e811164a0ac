create extension if not exists pg_trgm;
create schema app;

-- Who is asking. Set once at the start of every transaction, for that transaction only; read by every policy.
create function app.actor() returns uuid stable parallel safe language sql as
  $$ select nullif(current_setting('app.actor', true), '')::uuid $$;
create function app.teams() returns uuid[] stable parallel safe language sql as
  $$ select coalesce(nullif(current_setting('app.teams', true), ''), '{}')::uuid[] $$;
create function app.organisations() returns uuid[] stable parallel safe language sql as
  $$ select coalesce(nullif(current_setting('app.organisations', true), ''), '{}')::uuid[] $$;
create function app.everywhere() returns boolean stable parallel safe language sql as
  $$ select coalesce(current_setting('app.everywhere', true), '') = 'yes' $$;
create function app.organisation() returns uuid stable parallel safe language sql as
  $$ select nullif(current_setting('app.organisation', true), '')::uuid $$;
-- The organisation whose records a requester may read beside their own, if they hold that right.
create function app.own_organisation() returns uuid stable parallel safe language sql as
  $$ select nullif(current_setting('app.own_organisation', true), '')::uuid $$;

-- One row: what the desk is called and how it behaves.
create table setting (
  id boolean primary key default true check (id),
  desk_name text not null default 'Service desk',
  set_up_at timestamptz,
  reopen_days integer not null default 14 check (reopen_days between 0 and 365),
  auto_close_days integer not null default 5 check (auto_close_days between 1 and 365),
  bounce_limit integer not null default 3 check (bounce_limit between 1 and 50),
  demo text not null default 'none' check (demo in ('none', 'working', 'ready', 'failed')),
  demo_done integer not null default 0,
  demo_total integer not null default 0
);
insert into setting default values;

create table organisation (
  id uuid primary key,
  name text not null,
  domain text,
  retired boolean not null default false
);
create unique index organisation_name_key on organisation (lower(name));
create unique index organisation_domain_key on organisation (domain);

create table person (
  id uuid primary key,
  name text not null check (name <> ''),
  email text not null check (email = lower(email)),
  job_title text,
  phone text,
  organisation_id uuid not null references organisation,
  manager_id uuid references person,
  zone text not null default 'UTC',
  vip boolean not null default false,
  active boolean not null default true,
  audience text not null check (audience in ('staff', 'requester')),
  created_at timestamptz not null,
  last_seen_at timestamptz
);
create unique index person_email_key on person (email);
create index person_organisation on person (organisation_id);
create index person_manager on person (manager_id);
create index person_name on person (lower(name), id);
create index person_words on person using gin ((lower(name || ' ' || email)) gin_trgm_ops);

create table role (
  id uuid primary key,
  key text not null,
  name text not null,
  audience text not null check (audience in ('staff', 'requester')),
  permissions text[] not null
);
create unique index role_key_key on role (key);
create unique index role_name_key on role (lower(name));

create table person_role (
  person_id uuid not null references person on delete cascade,
  role_id uuid not null references role,
  primary key (person_id, role_id)
);
create index person_role_role on person_role (role_id);

create table team (
  id uuid primary key,
  name text not null,
  description text not null default '',
  retired boolean not null default false
);
create unique index team_name_key on team (lower(name));

create table member (
  team_id uuid not null references team on delete cascade,
  person_id uuid not null references person on delete cascade,
  lead boolean not null default false,
  primary key (person_id, team_id)
);
create index member_team on member (team_id);

-- Whom a team serves. A team with no row here serves every organisation.
create table team_organisation (
  team_id uuid not null references team on delete cascade,
  organisation_id uuid not null references organisation on delete cascade,
  primary key (team_id, organisation_id)
);
create index team_organisation_organisation on team_organisation (organisation_id);

create table service (
  id uuid primary key,
  name text not null,
  description text not null default '',
  tier smallint not null default 3 check (tier between 1 and 4),
  team_id uuid references team,
  owner_id uuid references person,
  retired boolean not null default false
);
create unique index service_name_key on service (lower(name));
create index service_team on service (team_id);
create index service_owner on service (owner_id);

-- The states each kind can be in, and what each means to a queue or a report that mixes kinds.
create table kind_state (
  kind text not null,
  state text not null,
  phase text not null check (phase in ('open', 'waiting', 'done')),
  primary key (kind, state),
  unique (kind, state, phase)
);

-- An item is anything with a number, a title and a history: every column that a queue sorts or filters by.
-- Each kind adds its own table, same id. `version` counts its events; `head` is the hash of the newest.
create table item (
  id uuid primary key,
  kind text not null,
  number text not null,
  title text not null check (title <> ''),
  state text not null,
  phase text not null check (phase in ('open', 'waiting', 'done')),
  priority smallint check (priority between 1 and 5),
  due_at timestamptz,
  organisation_id uuid not null references organisation,
  service_id uuid references service,
  team_id uuid references team,
  assignee_id uuid references person,
  requester_id uuid not null references person,
  confidential boolean not null default false,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null,
  head bytea not null,
  foreign key (kind, state, phase) references kind_state (kind, state, phase)
);
create unique index item_number_key on item (number);
-- Queues ask for what is not done, and sort it by priority and age; what is done is most of the table.
create index item_queue on item (priority, created_at desc, id desc) where phase <> 'done';
create index item_team_queue on item (team_id, priority, created_at desc, id desc) where phase <> 'done';
create index item_assignee_queue on item (assignee_id, priority, created_at desc, id desc) where phase <> 'done';
create index item_team on item (team_id, created_at desc);
create index item_assignee on item (assignee_id, created_at desc);
create index item_requester on item (requester_id, created_at desc);
create index item_organisation on item (organisation_id, created_at desc);
create index item_service on item (service_id, created_at desc);
create index item_created on item (created_at desc, id desc);
create index item_updated on item (updated_at desc, id desc);
create index item_state on item (kind, state, phase);
create index item_tags on item using gin (tags) with (fastupdate = off) where tags <> '{}';

-- The search document lies apart, so that a change of state rewrites no long text. Staff alone search the notes.
create table search_document (
  item_id uuid primary key references item on delete cascade,
  words text not null,
  document tsvector not null,
  internal tsvector not null default ''
);
create index search_document_document on search_document using gin (document);
create index search_document_internal on search_document using gin (internal) where internal <> '';
create index search_document_words on search_document using gin (words gin_trgm_ops);

create table comment (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  author_id uuid not null references person,
  body text not null check (body <> ''),
  channel text not null,
  created_at timestamptz not null
);
create index comment_item on comment (item_id, created_at, id);
create index comment_author on comment (author_id);

-- Internal notes are a table of their own, which the requesters' role has no right to at all.
create table note (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  author_id uuid references person,
  body text not null check (body <> ''),
  channel text not null,
  created_at timestamptz not null
);
create index note_item on note (item_id, created_at, id);
create index note_author on note (author_id);

create table attachment (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  internal boolean not null,
  state text not null check (state in ('ready', 'quarantined')),
  by_id uuid not null references person,
  created_at timestamptz not null
);
create index attachment_item on attachment (item_id);
create index attachment_by on attachment (by_id);
create index attachment_sha256 on attachment (sha256);

create table link (
  id uuid primary key,
  type text not null check (type in ('relates', 'duplicates', 'causes', 'blocks', 'follows')),
  from_id uuid not null references item on delete cascade,
  to_id uuid not null references item on delete cascade,
  check (from_id <> to_id)
);
create unique index link_once on link (from_id, to_id, type);
create index link_to on link (to_id);

create table watcher (
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  primary key (item_id, person_id)
);
create index watcher_person on watcher (person_id);

create table task (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  title text not null,
  mandatory boolean not null,
  assignee_id uuid references person,
  due_at timestamptz,
  done_at timestamptz,
  position integer not null
);
create index task_item on task (item_id, position);
create index task_assignee on task (assignee_id);

create table custom_field (
  id uuid primary key,
  kind text not null,
  name text not null,
  label text not null,
  type text not null check (type in ('text', 'number', 'boolean', 'time', 'choice')),
  options text[] not null default '{}',
  required boolean not null default false,
  shown_to_requesters boolean not null default false,
  position integer not null default 0,
  retired boolean not null default false
);
create unique index custom_field_name_key on custom_field (kind, name);

create table view (
  id uuid primary key,
  owner_id uuid not null references person on delete cascade,
  name text not null,
  kind text not null,
  filter text not null,
  sort text not null,
  columns text[] not null,
  shared_with text not null check (shared_with in ('me', 'team', 'everyone')),
  team_id uuid references team on delete cascade,
  constraint a_team_view_names_its_team check ((shared_with = 'team') = (team_id is not null))
);
create index view_owner on view (owner_id);
create index view_team on view (team_id);

create table export (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  kind text not null,
  filter text not null,
  sort text not null,
  fields text[] not null,
  format text not null check (format in ('csv', 'xlsx')),
  state text not null check (state in ('waiting', 'working', 'ready', 'failed')),
  done integer not null default 0,
  total integer,
  file text,
  error text,
  created_at timestamptz not null
);
create index export_person on export (person_id);

-- What happened, for ever. `seq` counts an item's events, each holds the hash of the one before it on the same item.
-- `at` is when it happened, `recorded_at` when the desk learned of it, `txid` the transaction that wrote it: a seal
-- covers the events of all transactions that had ended when it was made.
create sequence event_id;
create table event (
  id bigint not null default nextval('event_id'),
  item_id uuid not null,
  seq integer not null,
  name text not null,
  data jsonb not null,
  changes jsonb not null,
  internal boolean not null,
  actor_id uuid,
  channel text not null check (channel in ('web', 'api', 'email', 'alert', 'import', 'system', 'cli')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  txid xid8 not null default pg_current_xact_id(),
  prev bytea not null,
  hash bytea not null
) partition by range (recorded_at);
create index event_item on event (item_id, seq);
create index event_id_order on event (id);
create index event_txid on event (txid);

create table event_early partition of event default;

/*
 * A partition a month, made ahead of time. What falls outside lands in the default one and is found all the same; a
 * month that has rows there already stays there.
 */
create function app.make_partitions(from_month date, months integer) returns void
  security definer set search_path = public, pg_temp language plpgsql as $$
declare
  part record;
  opens timestamptz;
  closes timestamptz;
  early boolean;
begin
  for part in select whole, stamp, date_trunc('month', from_month) + make_interval(months => i) as month
      from (values ('event', 'recorded_at'), ('signal', 'received_at')) its (whole, stamp),
        generate_series(0, months - 1) i loop
    continue when to_regclass(part.whole || '_' || to_char(part.month, 'YYYY_MM')) is not null;
    opens := part.month at time zone 'UTC';
    closes := (part.month + interval '1 month') at time zone 'UTC';
    execute format('select exists (select from %I where %I >= $1 and %I < $2)', part.whole || '_early', part.stamp, part.stamp)
      into early using opens, closes;
    continue when early;
    execute format('create table %I partition of %I for values from (%L) to (%L)',
      part.whole || '_' || to_char(part.month, 'YYYY_MM'), part.whole, opens, closes);
  end loop;
end $$;

create table seal (
  id bigint primary key,
  from_txid xid8 not null,
  to_txid xid8 not null,
  events integer not null,
  root bytea not null,
  prev bytea not null,
  hash bytea not null,
  at timestamptz not null
);

-- What a write that carried an Idempotency-Key answered, for as long as a client may try again.
create table idempotency (
  actor_id uuid not null,
  key text not null,
  request bytea not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (actor_id, key)
);
create index idempotency_at on idempotency (at);

-- Who changed which setting. Records have their history; everything else leaves its trace here, even from psql.
create table audit (
  id bigint generated always as identity primary key,
  "table" text not null,
  row_id text not null,
  act text not null check (act in ('insert', 'update', 'delete')),
  before jsonb,
  after jsonb,
  by_id uuid,
  at timestamptz not null default now()
);
create index audit_table on audit ("table", id);

create function app.audited() returns trigger security definer set search_path = public, pg_temp language plpgsql as $$
declare
  secret text[] := array['password', 'totp_secret', 'hash', 'token'];
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - secret end;
  now_is jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - secret end;
begin
  if was is distinct from now_is then
    insert into audit ("table", row_id, act, before, after, by_id)
    values (tg_table_name, coalesce(now_is->>'id', was->>'id', now_is->>'person_id', was->>'person_id', ''),
      lower(tg_op), was, now_is, app.actor());
  end if;
  return null;
end $$;

/* Text as it is searched: small letters, and no accents, in any alphabet that composes them. */
create function app.fold(words text) returns text immutable parallel safe language sql as
  $$ select regexp_replace(normalize(lower(words), NFD), '[\u0300-\u036f]', '', 'g') $$;

-- The only way the application queues work: inside the transaction whose work it follows.
create function app.enqueue(task text, payload json, run_at timestamptz, key text) returns void
  security definer set search_path = pg_catalog, pg_temp language sql as
  $$ select graphile_worker.add_job(task, payload, run_at => run_at, job_key => key, max_attempts => 25) $$;

-- Numbers come from a sequence per kind, so that no writer waits for another; a write undone leaves a gap.
create function app.next_number(prefix text) returns text language sql as
  $$ select prefix || lpad(nextval(('number_' || lower(prefix))::regclass)::text, 7, '0') $$;

-- Who sees what. The rule is written once, on item; whatever hangs on an item asks whether its item is seen.
alter table item enable row level security;
create policy system_sees_all on item to steward_system, steward_report using (true);
create policy staff_see_whom_they_serve on item to steward_staff using (
  ((select app.everywhere()) or organisation_id = any ((select app.organisations())::uuid[])
    or team_id = any ((select app.teams())::uuid[]) or assignee_id = (select app.actor())
    or requester_id = (select app.actor()))
  and (not confidential or team_id = any ((select app.teams())::uuid[]) or assignee_id = (select app.actor())
    or requester_id = (select app.actor())))
  -- Work may be given to those who see what the giver does not: what is written need not stay in sight.
  with check (true);
create policy requesters_see_their_own on item to steward_requester using (
  requester_id = (select app.actor())
  or (organisation_id = (select app.own_organisation()) and not confidential));

do $$
declare name text;
begin
  foreach name in array array['search_document', 'comment', 'watcher'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy system_sees_all on %I to steward_system, steward_report using (true)', name);
    execute format('create policy as_its_item on %I to steward_staff, steward_requester
      using (exists (select from item where item.id = %I.item_id))', name, name);
  end loop;
  foreach name in array array['note', 'task'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy system_sees_all on %I to steward_system, steward_report using (true)', name);
    execute format('create policy as_its_item on %I to steward_staff
      using (exists (select from item where item.id = %I.item_id))', name, name);
  end loop;
  foreach name in array array['attachment', 'event'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy system_sees_all on %I to steward_system, steward_report using (true)', name);
    execute format('create policy as_its_item on %I to steward_staff
      using (exists (select from item where item.id = %I.item_id))', name, name);
    execute format('create policy as_its_item_but_internal on %I to steward_requester
      using (not internal and exists (select from item where item.id = %I.item_id))', name, name);
  end loop;
  foreach name in array array['setting', 'organisation', 'role', 'person_role', 'team', 'member', 'team_organisation',
      'service', 'custom_field'] loop
    execute format('create trigger audited after insert or update or delete on %I
      for each row execute function app.audited()', name);
  end loop;
end $$;
-- A person's last visit is no change of theirs.
create trigger audited after insert or delete or update of name, email, job_title, phone, organisation_id, manager_id,
  zone, vip, active, audience on person for each row execute function app.audited();

alter table link enable row level security;
create policy system_sees_all on link to steward_system, steward_report using (true);
create policy as_both_its_items on link to steward_staff, steward_requester using (
  exists (select from item where item.id = link.from_id) and exists (select from item where item.id = link.to_id));

alter table person enable row level security;
create policy staff_see_all on person to steward_system, steward_staff, steward_report using (true);
create policy requesters_see_staff_and_their_own on person to steward_requester using (
  audience = 'staff' or id = (select app.actor()) or organisation_id = (select app.organisation()));

alter table view enable row level security;
create policy system_sees_all on view to steward_system using (true);
create policy mine_my_teams_and_everyones on view for select to steward_staff, steward_requester using (
  owner_id = (select app.actor()) or shared_with = 'everyone' or team_id = any ((select app.teams())::uuid[]));
create policy mine_to_write on view to steward_staff, steward_requester using (owner_id = (select app.actor()));

alter table export enable row level security;
create policy system_sees_all on export to steward_system using (true);
create policy mine on export to steward_staff, steward_requester using (person_id = (select app.actor()));

alter table idempotency enable row level security;
create policy system_sees_all on idempotency to steward_system using (true);
create policy mine on idempotency to steward_staff, steward_requester using (actor_id = (select app.actor()));

grant usage on schema app, public to steward_system, steward_staff, steward_requester, steward_report;
grant select on all tables in schema public to steward_report;
-- Straight to a partition would be round the row security of its table.
revoke all on event_early from steward_report;
grant select, insert, update, delete on setting, organisation, person, role, person_role, team, member,
  team_organisation, service, custom_field to steward_system, steward_staff;
grant select on setting, organisation, person, team, service, custom_field, kind_state to steward_requester;
grant select on kind_state to steward_system, steward_staff;
grant select, insert, update on item to steward_system, steward_staff, steward_requester;
grant select, insert, update, delete on comment, attachment, link, watcher, note, task, view, export
  to steward_system, steward_staff;
grant select, insert on comment, attachment to steward_requester;
grant select on link, watcher to steward_requester;
grant select, insert, update, delete on view to steward_requester;
grant select, insert, update on search_document to steward_system, steward_staff;
grant select (item_id, words, document), insert (item_id, words, document), update (words, document)
  on search_document to steward_requester;
grant select, insert on event to steward_system, steward_staff, steward_requester;
grant select, insert on seal to steward_system;
grant select on audit to steward_system, steward_staff;
grant select, insert on idempotency to steward_staff, steward_requester;
grant select, insert, delete on idempotency to steward_system;
grant usage on all sequences in schema public to steward_system, steward_staff, steward_requester;
revoke execute on function app.make_partitions from public;
grant execute on function app.make_partitions to steward_system;
