-- How much business time a clock was paused: with what it ran, the business time from its start to its end. Of clocks that
-- were counted before, a recalculation tells.
alter table clock add column paused_business_ms bigint not null default 0;
alter table clock_past add column paused_business_ms bigint not null default 0;
alter table clock alter column paused_business_ms drop default;
alter table clock_past alter column paused_business_ms drop default;
