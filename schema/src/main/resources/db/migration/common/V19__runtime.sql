-- What decides how a run's sums are rounded, settled when it is first launched and kept on every later attempt.
create table run_runtime (
    run         bigint        not null primary key references batch_job_instance (job_instance_id),
    threads     integer       not null check (threads > 0),  -- parts of a batch that are computed at a time
    intra_op    integer       not null check (intra_op > 0), -- threads that share an operation
    micro_batch integer       check (micro_batch > 0),       -- images that a training takes at a time; null: it did not begin
    tensorflow  varchar(200)  not null,
    flags       varchar(4000) not null,                      -- environment variables, NAME=value by name
    processor   varchar(400)  not null
);

-- The settings that an artifact was begun with, in one line; empty for what was made before they were stored.
alter table artifact add column runtime varchar(5000) default '' not null;

drop view lineage;
create view lineage as
select
    a.artifact_id as artifact,
    a.kind,
    a.name,
    e.job_instance_id as run,
    i.artifact_id as input,
    i.kind as input_kind,
    i.name as input_name,
    ie.job_instance_id as input_run,
    a.created_at as created,
    a.completed_at as completed,
    a.path,
    a.fingerprint,
    a.parameters_hash,
    a.git_commit,
    a.seed,
    a.jvm,
    a.tensorflow,
    a.device,
    a.runtime
from artifact a
join batch_job_execution e on e.job_execution_id = a.job_execution_id
left join artifact_input ai on ai.artifact_id = a.artifact_id
left join artifact i on i.artifact_id = ai.input_id
left join batch_job_execution ie on ie.job_execution_id = i.job_execution_id;
