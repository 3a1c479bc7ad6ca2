-- The traceparent of what is told, from which telling it is traced; nothing while tracing is off.
alter table delivery add column trace text;
