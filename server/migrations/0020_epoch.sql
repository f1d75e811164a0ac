-- Who may do what, and how the desk is set up, is needed by every request and changes seldom. It is kept in memory while
-- this number stays as it is: whoever changes any of it changes the number too, in the same transaction.
create table epoch (id boolean primary key default true check (id), number bigint not null default 0);
insert into epoch default values;
alter table epoch enable row level security;

create function app.epoch() returns bigint stable security definer set search_path = public, pg_temp language sql as
  $$ select number from epoch $$;
revoke execute on function app.epoch from public;
grant execute on function app.epoch to steward_system, steward_staff, steward_requester, steward_report;

create function app.begin_epoch() returns trigger security definer set search_path = public, pg_temp language plpgsql as $$
begin
  update epoch set number = number + 1;
  return null;
end $$;

do $$
declare changed text;
begin
  foreach changed in array array['role', 'person_role', 'team', 'member', 'team_organisation', 'custom_field', 'rule', 'timekeeping'] loop
    execute format('create trigger begins_epoch after insert or update or delete on %I
      for each statement execute function app.begin_epoch()', changed);
  end loop;
end $$;
create trigger begins_epoch after delete or update of name, organisation_id, zone, active, audience on person
  for each statement execute function app.begin_epoch();
-- That somebody was seen changes nothing of what they may do; and who is new is not kept yet.
create trigger begins_epoch after delete or update of hash, person_id, expires_at on session
  for each statement execute function app.begin_epoch();
create trigger begins_epoch after delete or update of hash, person_id, scopes, expires_at on token
  for each statement execute function app.begin_epoch();

-- Rules are read whole, once in an epoch.
drop function app.rules_for;
