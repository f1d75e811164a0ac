-- A link by which staff look at a record as its requester sees it: nothing can be written through it.
alter table guest_link add column only_look boolean not null default false;
