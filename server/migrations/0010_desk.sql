-- How the queue of jobs is: its tables belong to the queue, and the application's own role has no right to them.
-- A job is failing when it has been tried and will be tried again, or never again.
create function app.job_counts(out waiting integer, out failing integer)
  security definer set search_path = pg_catalog, pg_temp language sql as
  $$ select count(*) filter (where attempts = 0 and run_at <= now())::integer,
            count(*) filter (where attempts > 0 and locked_at is null)::integer
     from graphile_worker.jobs $$;
revoke execute on function app.job_counts from public;
grant execute on function app.job_counts to steward_system;

drop trigger audited on setting;
-- How far the demo has come is no setting.
create trigger audited after update of desk_name, set_up_at, reopen_days, auto_close_days, bounce_limit on setting
  for each row execute function app.audited();
