-- What the TMF621 interface looks tickets up by, beside what is there.
alter table ticket add column severity text;
create index ticket_severity on ticket (severity, id) where severity is not null;
create index ticket_opened on ticket (opened_at, id);
create index ticket_state on ticket (state, id) where state <> 'archived';

create table trouble_ticket_specification (
  id       text primary key,
  version  integer not null,
  document bytea   not null
);

-- Who is told of tickets by TMF621 notifications.
create table trouble_ticket_listener (
  id           text primary key,
  client       text        not null,
  api          text        not null,
  callback     text        not null,
  query        text        not null,
  created_at   timestamptz not null,
  state        text        not null,
  failures     integer     not null default 0,
  failing_from timestamptz,
  due          timestamptz not null,
  problem      text
);

-- What they have not been told yet, or did not take. In order of the ids.
create table trouble_ticket_notification (
  id          bigint generated always as identity primary key,
  listener_id text        not null references trouble_ticket_listener on delete cascade,
  event_id    text        not null,
  type        text        not null,
  document    bytea       not null,
  state       text        not null default 'pending',
  attempts    integer     not null default 0,
  problem     text,
  created_at  timestamptz not null,
  unique (listener_id, event_id)
);
create index trouble_ticket_notification_pending on trouble_ticket_notification (listener_id, id)
  where state = 'pending';
