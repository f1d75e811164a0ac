-- What somebody has begun to write on a record and not sent. Its writer alone reads it: the desk itself may only take it
-- away. `version` counts how often it was saved. A draft that was sent or discarded stays for a while as an empty one,
-- so that a save that comes late finds a newer version and brings nothing back.
create table draft (
  person_id uuid not null references person on delete cascade,
  item_id uuid not null references item on delete cascade,
  mode text not null check (mode in ('reply', 'note')),
  body text not null,
  version integer not null,
  saved_at timestamptz not null,
  primary key (person_id, item_id, mode)
);
create index draft_item on draft (item_id);

alter table draft enable row level security;
create policy swept on draft to steward_system using (true);
create policy mine on draft to steward_staff using (
  person_id = (select app.actor()) and exists (select from item where item.id = draft.item_id));
create policy mine_but_notes on draft to steward_requester using (
  person_id = (select app.actor()) and mode = 'reply' and exists (select from item where item.id = draft.item_id));
grant select (person_id, saved_at), delete on draft to steward_system;
grant select, insert, update on draft to steward_staff, steward_requester;

-- Which page of a browser shows which record, and what is being written there. It is true for seconds, so a crash may
-- lose it, and it refers to nothing: to look at a record must not take a lock on it. Requesters have no right to it.
create unlogged table presence (
  person_id uuid not null,
  page uuid not null,
  item_id uuid not null,
  doing text not null check (doing in ('looking', 'noting', 'replying')),
  seen_at timestamptz not null,
  primary key (person_id, page)
);
create index presence_item on presence (item_id);

alter table presence enable row level security;
create policy system_sees_all on presence to steward_system using (true);
create policy as_its_item on presence for select to steward_staff
  using (exists (select from item where item.id = presence.item_id));
create policy mine_to_write on presence to steward_staff using (person_id = (select app.actor()))
  with check (person_id = (select app.actor()) and exists (select from item where item.id = presence.item_id));
grant select, insert, update, delete on presence to steward_staff;
grant select, delete on presence to steward_system;
