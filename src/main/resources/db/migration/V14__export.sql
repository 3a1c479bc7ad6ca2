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

-- When a transaction wrote an event. A message that waited in the queue while the database was down leads to events of an earlier time,
-- but it is written later than any file that was given meanwhile. What is older than this column is in no file.
alter table ticket_event add column written_at timestamptz;
alter table ticket_event alter column written_at set default now();
-- Events are written in the order of their times, so that a few bytes for each megabyte find those of a day.
create index ticket_event_written on ticket_event using brin (written_at) with (pages_per_range = 32, autosummarize = on);
