-- The name of the statement up to which the step under way has come; steps that go by ticket have 'reached'.
alter table reconciliation add column reached_name text not null default '';
