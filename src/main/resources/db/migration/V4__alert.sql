-- What a person has to know at once. While one is open, there is no second of its kind and subject.
create table alert (
  id        bigint generated always as identity primary key,
  kind      text        not null,
  subject   text        not null,
  cause     text        not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  ended_by  text
);
create unique index alert_open on alert (kind, subject) where closed_at is null;
create index alert_opened on alert (opened_at desc);

-- When something last came by a channel that declares its rhythm.
create table channel_seen (
  connector text        not null,
  channel   text        not null,
  seen_at   timestamptz not null,
  primary key (connector, channel)
);
