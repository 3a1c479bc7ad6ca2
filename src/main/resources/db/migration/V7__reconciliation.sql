-- Comparisons of what a system believes of tickets with what the hub believes. What one has reached is here, so that it goes on
-- after a crash.
create table reconciliation (
  id             bigint primary key,
  connector      text        not null,
  -- Null until the first part of the list is here.
  list           text,
  -- asked, scheduled or received: who began it.
  origin         text        not null,
  started_by     text        not null,
  started_at     timestamptz not null,
  repair         boolean     not null,
  state          text        not null,
  cause          text,
  next_page      text,
  due            timestamptz not null,
  as_of          timestamptz,
  received_at    timestamptz,
  finished_at    timestamptz,
  complete       boolean     not null default true,
  parts          integer,
  statements     bigint      not null default 0,
  -- How far the step under way has come, and what the steps before it found.
  reached        bigint      not null default -1,
  compared       bigint      not null default 0,
  in_flight      bigint      not null default 0,
  drifts         bigint      not null default 0,
  repaired       bigint      not null default 0,
  node           text        not null,
  leased_until   timestamptz not null
);
create unique index reconciliation_running on reconciliation (connector) where state not in ('done', 'failed');
create index reconciliation_connector on reconciliation (connector, id);

-- The lists under way; a run that has ended has none.
create table reconciliation_part (
  run_id bigint  not null,
  part   integer not null,
  primary key (run_id, part)
);
create table reconciliation_statement (
  run_id     bigint      not null,
  -- The number of the ticket by the hub or the system, whichever it named.
  name       text        not null,
  hub        text,
  own        text,
  scheme     text,
  alias      text,
  ticket_id  bigint,
  as_of      timestamptz not null,
  document   bytea       not null,
  primary key (run_id, name)
);
create index reconciliation_statement_ticket on reconciliation_statement (run_id, ticket_id);
create table reconciliation_expected (
  run_id    bigint not null,
  ticket_id bigint not null,
  primary key (run_id, ticket_id)
);

-- Where hub and system differ.
create table reconciliation_drift (
  id          bigint primary key,
  run_id      bigint      not null,
  connector   text        not null,
  ticket_id   bigint,
  -- The hub's number, or the system's where the hub has none.
  ticket      text        not null,
  version     integer     not null,
  kind        text        not null,
  field       text        not null,
  -- Both without personal data.
  ours        text,
  theirs      text,
  as_of       timestamptz not null,
  statement   bytea,
  -- candidate, open, person, repairing.
  state       text        not null,
  right_side  text,
  because     text,
  cause       text,
  delivery_id bigint,
  message_id  bigint,
  code        text,
  -- How often it was repaired in vain, by this run and those before it.
  repairs     integer     not null default 0,
  taken       text,
  taken_by    text,
  taken_at    timestamptz,
  reason      text
);
create unique index reconciliation_drift_once on reconciliation_drift (run_id, ticket, field);
create index reconciliation_drift_step on reconciliation_drift (run_id, state, id);
