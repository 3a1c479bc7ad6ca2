-- Tickets by the time the hub learned that they are closed, each once: no state follows a final one.
create index ticket_event_closed on ticket_event (recorded_at, ticket_id)
  where to_state in ('archived', 'rejected', 'cancelled') and from_state not in ('archived', 'rejected', 'cancelled');

-- What was published. A correction is a version of its own.
create table assessment (
  month        text        not null,
  version      integer     not null,
  reason       text        not null,
  made_by      text        not null,
  made_at      timestamptz not null,
  -- Without personal data, as the tickets' facts.
  figures      text        not null,
  announced_at timestamptz,
  primary key (month, version)
);
create index assessment_unannounced on assessment (month) where announced_at is null;

-- Each ticket that figures were made from, how far its history was looked at, and what it said.
create table assessment_ticket (
  month          text    not null,
  version        integer not null,
  ticket_id      bigint  not null,
  number         text    not null,
  ticket_version integer not null,
  last_owner     text,
  facts          text    not null,
  primary key (month, version, ticket_id)
);

-- Which tickets plans have made, and which were too late to be made.
create table plan_occurrence (
  plan    text        not null,
  subject text        not null,
  due     timestamptz not null,
  made    boolean     not null,
  at      timestamptz not null,
  primary key (plan, subject, due)
);
create index plan_occurrence_due on plan_occurrence (due);
