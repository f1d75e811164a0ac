-- What is known of a new incident replaces nothing, so it is only written.
create or replace function app.keep_fact(fact jsonb, step jsonb) returns void security definer
  set search_path = public, pg_temp language plpgsql as $$
declare
  kept incident_fact := jsonb_populate_record(null::incident_fact, fact);
begin
  if fact is not null then
    insert into incident_fact values (kept.*) on conflict (item_id) do nothing;
    if not found then
      insert into incident_fact_past select was.*, kept.recorded_at from incident_fact was
        where was.item_id = kept.item_id and was.recorded_at < kept.recorded_at;
      delete from incident_fact where item_id = kept.item_id;
      insert into incident_fact values (kept.*);
    end if;
  end if;
  if step is not null then
    insert into incident_step select (jsonb_populate_record(null::incident_step, step)).*;
  end if;
end $$;
