-- Who may log in to the console.
create table account (
  name         text primary key,
  role         text        not null,
  password     text        not null,
  failures     integer     not null,
  locked_until timestamptz,
  changed_at   timestamptz not null,
  changed_by   text        not null
);
