-- Every content of a connector's folder that was ever deployed.
create table connector_version (
  connector   text        not null,
  number      integer     not null,
  node        text        not null,
  deployed_by text        not null,
  deployed_at timestamptz not null,
  reason      text        not null,
  note        text        not null,
  -- SHA-256 of names and contents, and the files as ZIP; null where the connector was removed.
  digest      text,
  files       bytea,
  file_count  integer     not null,
  size        bigint      not null,
  primary key (connector, number)
);
