-- What is found by words is made from all that a record says, whoever changed it: by the desk's own hand. Done with the
-- eyes of the one who acts, every table's question of who sees the record took longer than the work.
create function app.index_incident(items uuid[]) returns void security definer set search_path = public, pg_temp
  -- One record or five hundred are found by their keys alike; to plan for each number takes longer than to find them.
  set plan_cache_mode = force_generic_plan
  language plpgsql as $$
begin
  insert into search_document as there (item_id, words, document)
  select item.id,
    app.fold(left(concat_ws(' ', item.number, item.title, requester.name, detail.description, said.text), 20000)),
    setweight(to_tsvector('simple', app.fold(concat_ws(' ', item.number, item.title))), 'A') ||
    setweight(to_tsvector('simple', app.fold(concat_ws(' ', requester.name, requester.email))), 'B') ||
    setweight(to_tsvector('simple',
      app.fold(left(concat_ws(' ', detail.description, detail.resolution_notes), 200000))), 'C') ||
    setweight(to_tsvector('simple', app.fold(left(coalesce(said.text, ''), 400000))), 'D')
  from item
  join incident detail on detail.id = item.id
  join person requester on requester.id = item.requester_id
  left join lateral (select string_agg(body, ' ' order by id) as text from comment where item_id = item.id) said on true
  where item.id = any (items)
  on conflict (item_id) do update set words = excluded.words, document = excluded.document;
end $$;
revoke execute on function app.index_incident from public;
grant execute on function app.index_incident to steward_system, steward_staff, steward_requester;
