-- Routes that a person has stopped; one without a row runs. How far a drain goes: the last delivery that waited when it was ordered.
create table route_order (
  connector  text        not null,
  route      text        not null,
  state      text        not null,
  reason     text        not null,
  ordered_by text        not null,
  ordered_at timestamptz not null,
  last       bigint      not null default 0,
  primary key (connector, route)
);

-- Connectors that a person has switched off.
create table connector_off (
  connector  text primary key,
  reason     text        not null,
  ordered_by text        not null,
  ordered_at timestamptz not null
);
