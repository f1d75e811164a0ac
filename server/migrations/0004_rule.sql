create table rule (
  id uuid primary key,
  position integer not null,
  name text not null,
  kind text not null,
  "on" text not null check ("on" in ('opened', 'changed', 'assigned', 'commented', 'reopened')),
  filter text not null,
  "then" jsonb not null,
  stop boolean not null,
  active boolean not null
);
create index rule_order on rule (position);
create trigger audited after insert or update or delete on rule for each row execute function app.audited();

-- Why a record is where it is: each rule that was tried when something happened, and what came of it.
create table rule_trace (
  item_id uuid not null references item on delete cascade,
  seq integer not null,
  at timestamptz not null,
  tried jsonb not null,
  primary key (item_id, seq)
);

create table template (
  id uuid primary key,
  use text not null check (use in ('template', 'reply', 'action', 'handling')),
  name text not null,
  kind text not null,
  body text not null,
  fill jsonb not null,
  filter text not null,
  active boolean not null default true
);
create unique index template_name_key on template (use, kind, lower(name));
create trigger audited after insert or update or delete on template for each row execute function app.audited();

alter table rule_trace enable row level security;
create policy system_sees_all on rule_trace to steward_system, steward_report using (true);
create policy as_its_item on rule_trace to steward_staff
  using (exists (select from item where item.id = rule_trace.item_id));

grant select, insert, update, delete on rule, template to steward_system, steward_staff;
grant select, insert, update on rule_trace to steward_system;
grant select on rule_trace to steward_staff;
grant select on rule, template, rule_trace to steward_report;

-- The rules that something wakes, for whoever made it happen: they run in that person's transaction.
create function app.rules_for(of_kind text, happened text) returns setof rule stable security definer
  set search_path = public, pg_temp language sql as
  $$ select * from rule where active and kind = of_kind and "on" = happened order by position, id $$;
