-- Words are looked up by the index alone, without asking of each document whether its item may be seen: PostgreSQL would
-- ask that first, of every document there is. Only ids come back, and what the ids stand for is still asked for under
-- the rules of item. Requesters, who see few items, search within those; what is in notes is for staff.
create function app.items_with(query tsquery, newest integer) returns setof uuid stable security definer rows 500
  set search_path = public, pg_temp language sql as
  $$ select item_id from (select item_id from search_document where document @@ query
       union all select item_id from search_document where internal <> '' and internal @@ query) found
     order by item_id desc limit newest $$;
create function app.items_like(asked text, most integer) returns setof uuid stable security definer rows 400
  set search_path = public, pg_temp language sql as
  $$ select item_id from search_document where app.fold(asked) <% words
     order by app.fold(asked) <<-> words limit most $$;
revoke execute on function app.items_with, app.items_like from public;
grant execute on function app.items_with, app.items_like to steward_system, steward_staff;
