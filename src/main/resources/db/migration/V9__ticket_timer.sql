-- The time limits that run on tickets, and when each next has something to happen: a look at it never grows with the open ones.
create table ticket_timer (
  ticket_id   bigint      not null,
  limit_name  text        not null,
  target      timestamptz not null,
  due         timestamptz,
  step        text,
  level       text        not null,
  provisional boolean     not null,
  attempt     integer     not null default 0,
  primary key (ticket_id, limit_name)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index ticket_timer_due on ticket_timer (due) where due is not null;
create index ticket_timer_level on ticket_timer (level, target) where level <> 'running';
create index ticket_timer_provisional on ticket_timer (ticket_id) where provisional;
