-- What binds tickets to each other. Tickets that were open before are gathered or repeated once they next change.
alter table ticket
  add column region          text,
  add column fault_domain    text,
  add column gatherable      boolean not null default false,
  add column parent_id       bigint,
  add column parent_sequence integer not null default 0,
  add column follows_id      bigint;
create index ticket_gatherable on ticket (region, product_class, id) where gatherable and region is not null;
create index ticket_parent on ticket (parent_id, id) where parent_id is not null;
create index ticket_follows on ticket (follows_id) where follows_id is not null;

-- The newest ticket of each trouble, by a keyed digest of what makes two reports the same (routes/repeats.yaml). Whoever opens a
-- ticket holds the row: of two reports at once, one waits for the other.
create table ticket_report (
  fingerprint text   primary key,
  ticket_id   bigint
) with (fillfactor = 90);

-- Mass faults whose children are still to be gathered or told something.
create table mass_fault (
  ticket_id    bigint      primary key,
  number       text        not null,
  kinds        text[]      not null,
  fault_domain text,
  gathers      boolean     not null,
  sequence     integer     not null,
  after_report bigint      not null default 0,
  after_child  bigint      not null default 0,
  due          timestamptz,
  until        timestamptz
);
create index mass_fault_due on mass_fault (due) where due is not null;
create table mass_fault_area (
  region        text   not null,
  product_class text   not null,
  ticket_id     bigint not null,
  primary key (region, product_class, ticket_id)
);
create index mass_fault_area_ticket on mass_fault_area (ticket_id);
