-- The words that occur, each once: a slip of the pen is looked for among these, which are few, and not in every text.
-- A job learns them; nobody reads them but to widen a question, whose answers are still only what may be seen.
drop function app.items_like;
drop index search_document_words;

create table search_word (word text primary key);
create index search_word_alike on search_word using gin (word gin_trgm_ops);
create table search_learned (event_id bigint not null);
insert into search_learned values (0);

alter table search_word enable row level security;
create policy system_sees_all on search_word to steward_system using (true);
alter table search_learned enable row level security;
create policy system_sees_all on search_learned to steward_system using (true);
grant select, insert on search_word to steward_system;
grant select, update on search_learned to steward_system;

create function app.words_like(asked text) returns setof text stable security definer rows 4
  set search_path = public, pg_temp set pg_trgm.similarity_threshold = 0.4 language sql as
  $$ select word from search_word where word % asked order by word <-> asked, word limit 4 $$;
revoke execute on function app.words_like from public;
grant execute on function app.words_like to steward_system, steward_staff, steward_requester;
