-- Whether people outside were told of an alert's beginning and end. What was there before is old news.
alter table alert
  add column opening_told boolean not null default true,
  add column end_told     boolean not null default true;
alter table alert alter column opening_told set default false, alter column end_told set default false;
create index alert_untold on alert (id) where not opening_told or (closed_at is not null and not end_told);

-- What people are told of alerts: one message of all that began and ended within a while.
create table alert_message (
  id       bigint generated always as identity primary key,
  made_at  timestamptz not null,
  -- By the clock that is never set.
  steady   timestamptz not null,
  made_by  text        not null,
  title    text        not null,
  content  text        not null
);
create index alert_message_steady on alert_message (steady);
create index alert_message_made on alert_message (made_at);

-- A message on its way to one recipient.
create table alert_notice (
  message_id  bigint      not null references alert_message on delete cascade,
  recipient   text        not null,
  state       text        not null,
  attempts    integer     not null default 0,
  due         timestamptz not null,
  failure     text,
  finished_at timestamptz,
  primary key (message_id, recipient)
);
create index alert_notice_waiting on alert_notice (recipient, message_id) where state = 'waiting';

-- When nobody is told. Null for any.
create table alert_silence (
  id        bigint generated always as identity primary key,
  kind      text,
  connector text,
  from_at   timestamptz not null,
  until_at  timestamptz not null,
  reason    text        not null,
  made_by   text        not null,
  ended_by  text,
  check (kind is not null or connector is not null)
);
create index alert_silence_until on alert_silence (until_at);

-- Connectors to which an account is limited; null for all. What a program shows in its place, hashed.
alter table account
  add column connectors text[],
  add column token      text;
