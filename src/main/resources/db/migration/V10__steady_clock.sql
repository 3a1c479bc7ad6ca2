-- How far the clock of what is due and leased has gone; on no node does it ever go back.
create table steady_clock (
  single boolean     primary key default true check (single),
  mark   timestamptz not null
);
