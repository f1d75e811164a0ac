-- When a record is due is to its requester what was promised to them, and not what teams and suppliers promise each other.
create function app.promised_at(item uuid) returns timestamptz stable security definer
  set search_path = public, pg_temp language sql as
  $$ select min(due_at) from clock
     where item_id = item and kind = 'sla' and state = 'running' $$;
revoke execute on function app.promised_at from public;
grant execute on function app.promised_at to steward_requester, steward_system;
