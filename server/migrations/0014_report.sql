-- What figures are made of, an incident a row: what it is counted under, and when what happened to it. All of it follows
-- from the incident's history; it is kept with each event, so that a figure over a million incidents reads no history.
-- What is counted under is copied from the item, so that who may see a row can be asked of the row itself.
create table incident_fact (
  item_id uuid primary key references item on delete cascade,
  -- When the desk learned of the newest event that told something new.
  recorded_at timestamptz not null,
  state text not null,
  priority smallint not null,
  organisation_id uuid not null,
  service_id uuid,
  team_id uuid,
  assignee_id uuid,
  requester_id uuid not null,
  confidential boolean not null,
  category text,
  source text not null,
  major boolean not null,
  opened_by_id uuid,
  resolved_by_id uuid,
  opened_at timestamptz not null,
  acknowledged_at timestamptz,
  assigned_at timestamptz,
  -- The resolution and the end that stand now; none while it is open.
  resolved_at timestamptz,
  closed_at timestamptz,
  ended_at timestamptz,
  waiting_since timestamptz,
  waiting_ms bigint not null,
  waits integer not null,
  group_changes integer not null,
  hand_changes integer not null,
  -- The ends that did not last, each beside the reopening that undid it; a resolution is missing where it was cancelled.
  resolutions timestamptz[] not null,
  endings timestamptz[] not null,
  reopenings timestamptz[] not null
);
create index incident_fact_opened on incident_fact (opened_at);
create index incident_fact_acknowledged on incident_fact (acknowledged_at);
create index incident_fact_resolved on incident_fact (resolved_at);
create index incident_fact_ended on incident_fact (ended_at);
create index incident_fact_closed on incident_fact (closed_at);
create index incident_fact_requester on incident_fact (requester_id, opened_at);
create index incident_fact_reopened on incident_fact (item_id) where reopenings <> '{}';

-- What a row was before, and until when the desk knew no better: a figure as of any time finds what was known then.
create table incident_fact_past (like incident_fact);
alter table incident_fact_past
  add column until timestamptz not null,
  add primary key (item_id, recorded_at),
  add foreign key (item_id) references item on delete cascade;
create index incident_fact_past_until on incident_fact_past (until);

-- Each time an incident went from one state or team to another, and from the beginning.
create table incident_step (
  item_id uuid not null references item on delete cascade,
  seq integer not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  state text not null,
  team_id uuid,
  primary key (item_id, seq)
);

-- Incidents that were there before their facts were kept; a job makes them and strikes them off.
create table incident_fact_missing (item_id uuid primary key references item on delete cascade);
insert into incident_fact_missing select id from item where kind = 'incident';

alter table incident_fact enable row level security;
create policy system_sees_all on incident_fact to steward_system, steward_report using (true);
-- The rule of item in the words of item: these columns are copies of its own, kept in the same transaction.
create policy staff_see_whom_they_serve on incident_fact to steward_staff using (
  ((select app.everywhere()) or organisation_id = any ((select app.organisations())::uuid[])
    or team_id = any ((select app.teams())::uuid[]) or assignee_id = (select app.actor())
    or requester_id = (select app.actor()))
  and (not confidential or team_id = any ((select app.teams())::uuid[]) or assignee_id = (select app.actor())
    or requester_id = (select app.actor())));
alter table incident_fact_past enable row level security;
create policy system_sees_all on incident_fact_past to steward_system, steward_report using (true);
-- Whoever sees an incident now sees what it was.
create policy as_its_item on incident_fact_past to steward_staff
  using (exists (select from item where item.id = incident_fact_past.item_id));
alter table incident_step enable row level security;
create policy system_sees_all on incident_step to steward_system, steward_report using (true);
create policy as_its_item on incident_step to steward_staff
  using (exists (select from item where item.id = incident_step.item_id));
alter table incident_fact_missing enable row level security;
create policy system_sees_all on incident_fact_missing to steward_system, steward_report using (true);

grant select on incident_fact, incident_fact_past, incident_step to steward_staff, steward_report;
grant select, insert, update, delete on incident_fact, incident_fact_past, incident_step to steward_system;
grant select, update, delete on incident_fact_missing to steward_system;

/*
 * Facts are kept for whoever makes something happen, also for those who may not read them: so they are read and written
 * by these two alone, each in one round trip. What was there before is kept, unless it was known for no time at all.
 */
create function app.fact_of(of_item uuid) returns jsonb stable security definer set search_path = public, pg_temp
  language sql as $$ select to_jsonb(f) from incident_fact f where item_id = of_item $$;

create function app.keep_fact(fact jsonb, step jsonb) returns void security definer set search_path = public, pg_temp
  language plpgsql as $$
declare
  kept incident_fact := jsonb_populate_record(null::incident_fact, fact);
begin
  if fact is not null then
    insert into incident_fact_past select was.*, kept.recorded_at from incident_fact was
      where was.item_id = kept.item_id and was.recorded_at < kept.recorded_at;
    delete from incident_fact where item_id = kept.item_id;
    insert into incident_fact values (kept.*);
  end if;
  if step is not null then
    insert into incident_step select (jsonb_populate_record(null::incident_step, step)).*;
  end if;
end $$;
-- The steps of incidents that somebody sees anyhow: to ask of each step whether its incident is seen takes a look into
-- item for every one of them, and a process is made of all steps there are.
create function app.steps_of(items uuid[]) returns setof incident_step stable parallel safe security definer rows 100000
  set search_path = public, pg_temp language sql as $$ select * from incident_step where item_id = any (items) $$;
revoke execute on function app.steps_of from public;
grant execute on function app.steps_of to steward_system, steward_staff;
revoke execute on function app.fact_of, app.keep_fact from public;
grant execute on function app.fact_of, app.keep_fact to steward_system, steward_staff, steward_requester;

-- Whoever leads or audits reads figures from now on.
update role set permissions = permissions || '{report.read}'
  where key in ('team_lead', 'service_manager', 'change_manager', 'auditor', 'administrator')
  and not 'report.read' = any (permissions);
