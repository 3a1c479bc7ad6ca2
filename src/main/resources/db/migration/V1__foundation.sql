-- Texts that may hold personal data are bytea: encrypted by the hub before they come here.

create sequence ticket_id increment by 20;

create table ticket (
  id            bigint primary key,
  number        text        not null unique,
  version       integer     not null,
  state         text        not null,
  kind          text        not null,
  product_class text        not null,
  owner         text,
  customer      text,
  closed        boolean     not null,
  opened_by     text        not null,
  opened_at     timestamptz not null,
  updated_at    timestamptz not null,
  due_at        timestamptz,
  document      bytea       not null
) with (fillfactor = 80);
create index ticket_open_customer on ticket (customer) where not closed;
create index ticket_updated on ticket (updated_at desc);

-- How many tickets are in each state. One slot a writer, so that writers do not wait for each other.
create table ticket_tally (
  state   text    not null,
  slot    integer not null,
  tickets bigint  not null,
  primary key (state, slot)
);

-- What each system calls a ticket.
create table ticket_reference (
  scheme     text        not null,
  value      text        not null,
  ticket_id  bigint      not null,
  learned_at timestamptz not null,
  primary key (scheme, value)
);
create index ticket_reference_ticket on ticket_reference (ticket_id);
create index ticket_reference_value on ticket_reference (value);

create table ticket_event (
  ticket_id   bigint      not null,
  sequence    integer     not null,
  type        text        not null,
  from_state  text        not null,
  to_state    text        not null,
  inferred    boolean     not null,
  source      text        not null,
  message_id  bigint      not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  detail      bytea       not null,
  primary key (ticket_id, sequence)
);
create index ticket_event_message on ticket_event (message_id);
create index ticket_event_conflict on ticket_event (recorded_at) where type = 'conflict';

-- What was received, byte for byte.
create table message (
  id           bigint primary key,
  connector    text        not null,
  channel      text        not null,
  external_id  text        not null,
  version      integer     not null,
  status       text        not null,
  ticket_id    bigint,
  problem_code text,
  problem      bytea,
  facts        bytea       not null,
  body         bytea       not null,
  size         integer     not null,
  received_at  timestamptz not null,
  recorded_at  timestamptz not null
);
create index message_ticket on message (ticket_id, id) where ticket_id is not null;
create index message_external on message (external_id);
create index message_received on message (connector, id);
create index message_troubled on message (status, id) where status <> 'applied';

-- Which messages were received already. It outlives the bodies.
create table message_ledger (
  connector   text        not null,
  channel     text        not null,
  external_id text        not null,
  version     integer     not null,
  digest      bytea       not null,
  message_id  bigint      not null,
  duplicates  integer     not null default 0,
  received_at timestamptz not null,
  primary key (connector, channel, external_id)
);

-- Messages about a ticket the hub does not know yet.
create table message_waiting (
  message_id bigint primary key,
  connector  text        not null,
  channel    text        not null,
  scheme     text        not null,
  value      text        not null,
  changes    bytea       not null,
  since      timestamptz not null
);
create index message_waiting_reference on message_waiting (scheme, value);
create index message_waiting_since on message_waiting (since);

-- One row for each thing that one system must be told.
create table delivery (
  id           bigint primary key,
  ticket_id    bigint      not null,
  sequence     integer     not null,
  ordinal      smallint    not null,
  connector    text        not null,
  code         text        not null,
  rule         text        not null,
  message_id   bigint      not null,
  state        text        not null,
  attempt      integer     not null default 0,
  due          timestamptz not null,
  behind       boolean     not null default false,
  leased_by    text,
  leased_until timestamptz,
  created_at   timestamptz not null,
  finished_at  timestamptz,
  failure_kind text,
  failure_code text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
create index delivery_due on delivery (connector, due, id) where state = 'pending';
create index delivery_lane on delivery (connector, ticket_id, sequence, ordinal)
  where state in ('pending', 'leased', 'dead');
create index delivery_leased on delivery (leased_until) where state = 'leased';
create index delivery_ticket on delivery (ticket_id, sequence)
  where state in ('delivered', 'discarded');
-- Nearly all rows are delivered, and how many are not changes by the second: a plan made from statistics of one moment would be
-- the wrong one the next, and look through the history of a ticket or the whole backlog.
alter table delivery alter column state set statistics 0;

create table delivery_attempt (
  delivery_id  bigint      not null,
  attempt      integer     not null,
  channel      text        not null,
  started_at   timestamptz not null,
  finished_at  timestamptz not null,
  outcome      text        not null,
  failure_code text,
  failure_text bytea,
  sent         bytea,
  answer       bytea,
  primary key (delivery_id, attempt)
);

-- What gave up and waits for a person.
create table dead_letter (
  id          bigint primary key,
  kind        text        not null,
  message_id  bigint,
  delivery_id bigint,
  ticket_id   bigint,
  connector   text        not null,
  channel     text        not null,
  code        text        not null,
  cause       bytea       not null,
  fingerprint text        not null,
  created_at  timestamptz not null,
  closed_at   timestamptz,
  closed_by   text,
  outcome     text
);
create index dead_letter_open on dead_letter (id) where closed_at is null;
create index dead_letter_delivery on dead_letter (delivery_id) where closed_at is null;

create table connector_control (
  connector  text primary key,
  paused     boolean     not null,
  reason     text        not null,
  changed_by text        not null,
  changed_at timestamptz not null
);

create table audit (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  actor   text        not null,
  action  text        not null,
  subject text        not null,
  detail  text        not null
);
