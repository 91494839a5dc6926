-- The queues of db-scheduler (its PostgreSQL table), one for each kind of job: a kind has threads of
-- its own and never waits behind another. task_instance is the id that the job is about.
create table extract_job (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index on extract_job (execution_time);
create index on extract_job (last_heartbeat);

create table encode_job (like extract_job including all);
