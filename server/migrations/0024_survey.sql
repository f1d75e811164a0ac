-- A link in a letter that opens one record to the one person it was written to, without sign-in. Only its hash is kept.
create table guest_link (
  id uuid primary key,
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person on delete cascade,
  hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz
);
create unique index guest_link_hash_key on guest_link (hash);
create index guest_link_item on guest_link (item_id);
create index guest_link_person on guest_link (person_id);
create index guest_link_expires on guest_link (expires_at);
alter table guest_link enable row level security;
create policy system_sees_all on guest_link to steward_system using (true);
grant select, insert, update, delete on guest_link to steward_system;

-- Whoever came by such a link sees that record and nothing beside it, whatever else its person may see.
create function app.only_item() returns uuid stable parallel safe language sql as
  $$ select nullif(current_setting('app.only_item', true), '')::uuid $$;
create policy guests_see_one on item as restrictive to steward_requester
  using ((select app.only_item()) is null or id = (select app.only_item()));
create policy guests_see_staff_and_themselves on person as restrictive to steward_requester
  using ((select app.only_item()) is null or audience = 'staff' or id = (select app.actor()));
create policy guests_have_none on view as restrictive to steward_requester using ((select app.only_item()) is null);

alter table event drop constraint event_channel_check;
alter table event add constraint event_channel_check
  check (channel in ('web', 'api', 'email', 'alert', 'import', 'system', 'cli', 'link'));

-- What was promised of a record to its requester and is not over: what teams and suppliers promise each other is not in it.
create function app.promises(item uuid) returns table (target text, due_at timestamptz, paused boolean)
  stable security definer set search_path = public, pg_temp language sql as
  $$ select target, due_at, state = 'paused' from clock
     where item_id = item and kind = 'sla' and state in ('running', 'paused') order by due_at nulls last, target $$;
revoke execute on function app.promises from public;
grant execute on function app.promises to steward_requester, steward_staff, steward_system;

-- What is asked of requesters when their records are done: whom, how many of them, and how often.
create table survey (
  id uuid primary key,
  name text not null,
  question text not null check (question <> ''),
  kind text not null,
  "on" text not null check ("on" in ('resolved', 'closed')),
  filter text not null,
  delay_hours integer not null check (delay_hours between 0 and 336),
  share integer not null check (share between 1 and 100),
  rest_days integer not null check (rest_days between 0 and 365),
  open_days integer not null check (open_days between 1 and 60),
  active boolean not null default true,
  created_at timestamptz not null
);
create unique index survey_name_key on survey (lower(name));
create trigger audited after insert or update or delete on survey for each row execute function app.audited();
create trigger begins_epoch after insert or update or delete on survey
  for each statement execute function app.begin_epoch();
grant select, insert, update on survey to steward_staff;
grant select on survey to steward_system, steward_report;

-- One person asked once about one record, in the words of that time, and what they answered: theirs alone to write.
create table survey_ask (
  id uuid primary key,
  survey_id uuid not null references survey,
  item_id uuid not null references item on delete cascade,
  person_id uuid not null references person,
  question text not null,
  asked_at timestamptz not null,
  closes_at timestamptz not null,
  score smallint check (score between 1 and 5),
  comment text,
  answered_at timestamptz,
  changed_at timestamptz,
  constraint an_answer_is_whole check (num_nonnulls(score, comment, answered_at, changed_at) in (0, 4))
);
create unique index survey_ask_once on survey_ask (survey_id, item_id);
create index survey_ask_item on survey_ask (item_id);
create index survey_ask_person on survey_ask (person_id, asked_at);
create index survey_ask_asked on survey_ask (asked_at);
create index survey_ask_answered on survey_ask (answered_at) where answered_at is not null;
alter table survey_ask enable row level security;
create policy system_sees_all on survey_ask to steward_system, steward_report using (true);
create policy as_its_item on survey_ask to steward_staff
  using (exists (select from item where item.id = survey_ask.item_id));
create policy ones_own on survey_ask to steward_requester
  using (person_id = (select app.actor()) and exists (select from item where item.id = survey_ask.item_id));
grant select on survey_ask to steward_staff, steward_requester, steward_report;
grant select, insert, update on survey_ask to steward_system;

-- Whoever answers for the service decides what its users are asked.
update role set permissions = permissions || '{survey.manage}'
  where key in ('service_manager', 'administrator') and not 'survey.manage' = any (permissions);
