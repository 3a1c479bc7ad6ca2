-- Bodies have a table of their own, a partition for each day on which bodies expire, so that a day's bodies go at once. The hub makes
-- the days to come; what has none waits in the default partition. Sealed bytes cannot be compressed.
create table message_body (
  expires_on date   not null,
  message_id bigint not null,
  body       bytea  storage external not null,
  primary key (expires_on, message_id)
) partition by range (expires_on);
create table message_body_rest partition of message_body default;

-- Where the body is; null for messages from before, whose body is in their own row until it expires.
alter table message add column body_expires_on date;
alter table message alter column body drop not null;
create index message_earlier_body on message (id) where body is not null;

-- Attempts are in partitions by the time of their delivery's identifier, a week each; all from before are the first of them.
do $$
declare
  next_week bigint := ((extract(epoch from date_trunc('week', now() at time zone 'UTC') + interval '7 days') * 1000)::bigint
    - 1577836800000) << 22;
begin
  alter table delivery_attempt rename to delivery_attempt_earlier;
  create table delivery_attempt (
    like delivery_attempt_earlier including defaults,
    primary key (delivery_id, attempt)
  ) partition by range (delivery_id);
  alter table delivery_attempt alter column sent set storage external, alter column answer set storage external;
  execute format(
    'alter table delivery_attempt attach partition delivery_attempt_earlier for values from (minvalue) to (%s)', next_week);
  create table delivery_attempt_rest partition of delivery_attempt default;
end $$;

-- What is left of deliveries that expired: how many of a ticket one system was told.
create table delivery_past (
  ticket_id   bigint      not null,
  connector   text        not null,
  delivered   integer     not null,
  discarded   integer     not null,
  finished_at timestamptz not null,
  primary key (ticket_id, connector)
);

-- A rejected message was mended without a dead letter.
alter table message_edit alter column dead_letter_id drop not null;

-- What expired, by day.
create table retention_removal (
  day        date        not null,
  what       text        not null,
  removed    bigint      not null,
  removed_at timestamptz not null,
  primary key (day, what)
);

-- How far a retention of bodies that was shortened has been carried out.
create table body_retention (
  connector text primary key,
  days      integer not null,
  walked_to bigint
);

create index dead_letter_closed on dead_letter (closed_at) where closed_at is not null;
