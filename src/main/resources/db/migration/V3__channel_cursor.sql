-- How far each polled system was read.
create table channel_cursor (
  connector text        not null,
  channel   text        not null,
  value     text        not null,
  moved_at  timestamptz not null,
  primary key (connector, channel)
);
