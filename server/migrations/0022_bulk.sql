-- A change of many records: what is to be done to each, who asked for it, with which of their rights, and how far it is.
-- `beat_at` tells that somebody is at it; what was left is taken up again.
create table bulk (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  channel text not null check (channel in ('web', 'api')),
  permissions text[] not null,
  kind text not null,
  verb text not null,
  input jsonb not null,
  label text not null,
  state text not null check (state in ('working', 'done', 'cancelled', 'undoing', 'undone')),
  created_at timestamptz not null,
  beat_at timestamptz not null,
  ended_at timestamptz
);
create index bulk_person on bulk (person_id, created_at desc);
create index bulk_going on bulk (beat_at) where state in ('working', 'undoing');

-- Each of its records. It leaves `waiting` in the transaction that changes the record, so none is changed twice; `did`
-- is what that changed of which items, so that it can be taken back.
create table bulk_record (
  bulk_id uuid not null references bulk on delete cascade,
  item_id uuid not null references item on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'changed', 'same', 'refused', 'undone', 'kept')),
  reason text,
  did jsonb,
  primary key (bulk_id, item_id)
);
create index bulk_record_item on bulk_record (item_id);
create index bulk_record_state on bulk_record (bulk_id, state, item_id);

alter table bulk enable row level security;
create policy system_sees_all on bulk to steward_system using (true);
create policy mine on bulk to steward_staff using (person_id = (select app.actor()));
alter table bulk_record enable row level security;
create policy system_sees_all on bulk_record to steward_system using (true);
create policy as_its_bulk on bulk_record to steward_staff
  using (exists (select from bulk where bulk.id = bulk_id));

grant select, insert, update, delete on bulk, bulk_record to steward_system;
grant select, insert, update (state, beat_at, ended_at) on bulk to steward_staff;
grant select, insert on bulk_record to steward_staff;
