-- Answers about figures that took long to count, each as of a time: shown at once, and counted anew meanwhile. All of them
-- could be counted again as of their time and would come out the same.
create table figure_answer (
  -- The question, and what whoever asks may see.
  key bytea primary key,
  -- What is asked for: figures, or ages.
  asks text not null,
  -- Through whose eyes it is counted anew.
  person_id uuid not null references person on delete cascade,
  question jsonb not null,
  answer jsonb not null,
  counted_at timestamptz not null,
  asked_at timestamptz not null
);
create index figure_answer_person on figure_answer (person_id);
alter table figure_answer enable row level security;
create policy system_sees_all on figure_answer to steward_system using (true);
grant select, insert, update, delete on figure_answer to steward_system;

-- Whether two people who see whom everybody serves see the same is a question of these alone.
create index incident_fact_confidential on incident_fact (item_id) where confidential;

-- One's own figures are of few among many.
create index incident_fact_assignee on incident_fact (assignee_id, resolved_at);
