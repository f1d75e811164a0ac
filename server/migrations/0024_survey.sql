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
