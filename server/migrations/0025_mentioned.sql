-- What records mention (people, teams, organisations, services) is kept in memory by what it is called, so a change of
-- any of it begins a new epoch too. Whoever is new is not kept yet.
create trigger begins_epoch_of_mentions after update of vip on person
  for each statement execute function app.begin_epoch();
create trigger begins_epoch after delete or update of name on organisation
  for each statement execute function app.begin_epoch();
create trigger begins_epoch after delete or update of name, tier on service
  for each statement execute function app.begin_epoch();
