-- A file that is brought in: what was found in it, how it is to be read, how far it is, and what it proved at the end.
-- `attempt` counts who took it up: one who was given up for dead and comes back finds another number, and stops.
create table import_run (
  id uuid primary key,
  file_name text not null,
  file text not null,
  size bigint not null,
  person_id uuid references person,
  state text not null check (state in ('reading', 'ready', 'waiting', 'working', 'done', 'failed', 'cancelled')),
  step text check (step in ('read', 'write', 'check')),
  done bigint not null default 0,
  total bigint not null default 0,
  last_key text not null default '',
  attempt integer not null default 0,
  beat_at timestamptz,
  step_at timestamptz,
  recognised jsonb,
  sample jsonb,
  mapping jsonb,
  adopt_matrix boolean not null default false,
  added jsonb not null default '{}',
  certificate jsonb,
  error text,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index import_run_person on import_run (person_id);
create index import_run_created on import_run (created_at desc);

create table import_rejected (
  run_id uuid not null references import_run on delete cascade,
  line integer not null,
  reason text not null,
  cells text[],
  primary key (run_id, line, reason)
);

-- The rows of a file on their way, so that those of one record are found together however they stand in it. They are
-- read again if they are lost, so they cost no write-ahead log.
create unlogged table import_row (
  run_id uuid not null references import_run on delete cascade,
  key text not null,
  line integer not null,
  cells text not null,
  primary key (run_id, key, line)
);

-- What stands in the desk for what elsewhere: the same key of the same system is the same thing, however often it comes.
-- `rows` holds eight bytes of the SHA-256 of each row that is in the history already.
create table import_source (
  system text not null,
  what text not null check (what in ('incident', 'person', 'team', 'organisation', 'service')),
  key text not null,
  item_id uuid references item on delete cascade,
  person_id uuid references person on delete cascade,
  team_id uuid references team on delete cascade,
  organisation_id uuid references organisation on delete cascade,
  service_id uuid references service on delete cascade,
  rows bytea not null default '',
  primary key (system, what, key),
  check (num_nonnulls(item_id, person_id, team_id, organisation_id, service_id) = 1)
);
create index import_source_item on import_source (item_id) where item_id is not null;
create index import_source_person on import_source (person_id) where person_id is not null;
create index import_source_team on import_source (team_id) where team_id is not null;
create index import_source_organisation on import_source (organisation_id) where organisation_id is not null;
create index import_source_service on import_source (service_id) where service_id is not null;

create table import_mapping (
  id uuid primary key,
  name text not null,
  mapping jsonb not null,
  created_at timestamptz not null
);
create unique index import_mapping_name_key on import_mapping (lower(name));

do $$
declare name text;
begin
  foreach name in array array['import_run', 'import_rejected', 'import_row', 'import_source', 'import_mapping'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy system_sees_all on %I to steward_system using (true)', name);
    execute format('grant select, insert, update, delete on %I to steward_system', name);
  end loop;
end $$;

-- Numbers of records that were brought in are never given again: the sequence moves beyond them. A short way it goes
-- number by number, so that it can pass nobody who draws one meanwhile; a long way is longer than what could be drawn.
create function app.keep_numbers(prefix text, upto bigint) returns void
  security definer set search_path = public, pg_temp language plpgsql as $$
declare
  taken bigint;
  sequence regclass := ('number_' || lower(prefix))::regclass;
begin
  execute format('select case when is_called then last_value else 0 end from %s', sequence) into taken;
  if upto - taken > 100000 then
    perform setval(sequence, upto);
  elsif taken < upto then
    perform count(nextval(sequence)) from generate_series(taken + 1, upto);
  end if;
end $$;
revoke execute on function app.keep_numbers from public;
grant execute on function app.keep_numbers to steward_system;
