create table calendar (
  id uuid primary key,
  name text not null,
  retired boolean not null default false,
  version integer not null
);
create unique index calendar_name_key on calendar (lower(name));
create trigger audited after insert or update or delete on calendar for each row execute function app.audited();

-- What a calendar said, version after version: what was counted under one is counted under it again.
create table calendar_version (
  id uuid primary key,
  calendar_id uuid not null references calendar on delete cascade,
  version integer not null,
  revision bigint not null,
  zone text not null,
  week jsonb not null,
  days jsonb not null,
  holidays jsonb
);
create unique index calendar_version_once on calendar_version (calendar_id, version);
create index calendar_version_revision on calendar_version (revision);
create trigger audited after insert or update or delete on calendar_version
  for each row execute function app.audited();

-- Who keeps which calendar from which revision on; where nobody is named, the desk itself.
create table calendar_use (
  id uuid primary key,
  revision bigint not null,
  organisation_id uuid references organisation on delete cascade,
  team_id uuid references team on delete cascade,
  person_id uuid references person on delete cascade,
  calendar_id uuid references calendar,
  check (num_nonnulls(organisation_id, team_id, person_id) <= 1)
);
create index calendar_use_organisation on calendar_use (organisation_id, revision) where organisation_id is not null;
create index calendar_use_team on calendar_use (team_id, revision) where team_id is not null;
create index calendar_use_person on calendar_use (person_id, revision) where person_id is not null;
create index calendar_use_calendar on calendar_use (calendar_id);
create trigger audited after insert or update or delete on calendar_use for each row execute function app.audited();

-- How far the settings by which time is counted have come. Each revision says what holds from it on; none is given
-- twice, not even where the transaction that had it was undone.
create sequence timekeeping_revision;
create table timekeeping (
  id boolean primary key default true check (id),
  calendars bigint not null,
  definitions bigint not null default 0
);
insert into timekeeping (calendars) values (nextval('timekeeping_revision'));

do $$
declare around uuid := gen_random_uuid();
begin
  insert into calendar (id, name, version) values (around, 'Around the clock', 1);
  insert into calendar_version (id, calendar_id, version, revision, zone, week, days)
    select gen_random_uuid(), around, 1, calendars, 'UTC',
      (select jsonb_agg('[{"from": "00:00", "to": "24:00"}]'::jsonb) from generate_series(1, 7)), '[]' from timekeeping;
  insert into calendar_use (id, revision, calendar_id) select gen_random_uuid(), calendars, around from timekeeping;
end $$;

grant select on calendar, calendar_version, calendar_use, timekeeping to steward_report, steward_system, steward_staff;
grant insert, update on calendar, calendar_version, calendar_use to steward_system, steward_staff;
grant update on timekeeping to steward_system, steward_staff;
grant usage on sequence timekeeping_revision to steward_system, steward_staff;
