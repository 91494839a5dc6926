-- A process says again and again that the answers it writes are alive. Those of a process that has
-- gone silent are failed by any other one.
alter table answer add column alive_until timestamptz;
update answer set alive_until = created_at where state = 'RUNNING';
alter table answer add check (state <> 'RUNNING' or alive_until is not null);
create index answer_running on answer (alive_until) where state = 'RUNNING';
