-- The language in which somebody reads the pages; null is as their browser asks for.
alter table person add column language text check (language in ('en', 'de'));
