-- Files of ticket events that systems get by the clock: each begins where the one before ended.
create table export_file (
  connector  text        not null,
  export     text        not null,
  number     bigint      not null,
  from_at    timestamptz not null,
  to_at      timestamptz not null,
  attempts   integer     not null default 0,
  due        timestamptz not null,
  failure    text,
  records    bigint,
  digest     text,
  sent_at    timestamptz,
  primary key (connector, export, number)
);

-- Events are written in the order of their times, so that a few bytes for each megabyte find those of a day.
create index ticket_event_recorded on ticket_event using brin (recorded_at) with (pages_per_range = 32, autosummarize = on);
