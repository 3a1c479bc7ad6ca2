-- Equal for dead letters that have the same reason; the kind tells a channel in from one out of the same name.
update dead_letter set fingerprint = connector || '/' || channel || '/' || kind || '/'
  || left(regexp_replace(regexp_replace(code, '[0-9]{6,}', '#', 'g'), '[^[:alnum:]._#-]+', '-', 'g'), 60);

-- The job that took it, and in which of its steps.
alter table dead_letter add column job_id bigint, add column job_step integer;
create index dead_letter_group on dead_letter (fingerprint, message_id, id) where closed_at is null;
create index dead_letter_connector on dead_letter (connector, message_id, id) where closed_at is null;
create index dead_letter_ticket on dead_letter (ticket_id) where closed_at is null;
create index dead_letter_message on dead_letter (message_id, id);
create index dead_letter_job_step on dead_letter (job_id, job_step) where job_id is not null;

-- Replays and discards of many dead letters. What a job has reached is here, so that it goes on after a crash.
create table dead_letter_job (
  id           bigint primary key,
  action       text             not null,
  fingerprint  text,
  connector    text,
  code         text,
  ticket_id    bigint,
  since        timestamptz,
  until        timestamptz,
  -- What gave up later is no part of it.
  newest       bigint           not null,
  failures     double precision not null,
  reason       text             not null,
  started_by   text             not null,
  started_at   timestamptz      not null,
  selected     bigint           not null,
  state        text             not null,
  cause        text,
  finished_at  timestamptz,
  step         integer          not null default 1,
  -- Of the step under way.
  step_taken   integer          not null default 0,
  step_refused integer          not null default 0,
  exhausted    boolean          not null default false,
  -- Of the steps before it.
  done         bigint           not null default 0,
  failed       bigint           not null default 0,
  skipped      bigint           not null default 0,
  -- What was under way when it ended.
  under_way    bigint           not null default 0,
  last_message bigint           not null default -1,
  last_letter  bigint           not null default -1,
  node         text             not null,
  leased_until timestamptz      not null
);
create index dead_letter_job_running on dead_letter_job (id) where state = 'running';

-- Messages that a person mended: the one that gave up, and the new one that was made of it.
create table message_edit (
  -- The external id of the new one.
  edited          text primary key,
  original_id     bigint      not null,
  dead_letter_id  bigint      not null,
  original_digest bytea       not null,
  edited_digest   bytea       not null,
  edited_by       text        not null,
  edited_at       timestamptz not null,
  reason          text        not null
);
create index message_edit_original on message_edit (original_id);
