-- The board as it opens is counted before anybody has asked for it.
alter table figure_answer alter column asked_at drop not null;
