-- How a run is going now, as its process last said: for whoever looks on from another one.

-- null where it is not known, or there is none
alter table progress add column rate               double precision; -- of the last half minute, in rate_unit a second
alter table progress add column rate_unit          varchar(50);
alter table progress add column seconds_left       double precision; -- at that rate
alter table progress add column loss               double precision; -- nats a pixel, of the last iteration
alter table progress add column checkpoint_seconds double precision; -- that it took to write the last one

-- When the process last said that it is there. PostgreSQL has it already.
alter table run_holder add column if not exists heard_at timestamp(6) with time zone;

-- What a run was asked for, stored together with its number: one that is killed before its first attempt can be resumed.
create table run_request (
    run        bigint not null primary key references batch_job_instance (job_instance_id),
    asked_at   timestamp(6) with time zone not null,
    parameters text   not null -- a JSON object a parameter: name, value, identifying
);

-- A row a step of an attempt that has told how far it is. While it runs, rate (in rate_unit a second), seconds_left and loss
-- (nats a pixel) are those of updated; afterwards those of its end.
create view step_progress as
select
    e.job_instance_id as run,
    (
        select count(*)
        from batch_job_execution b
        where b.job_instance_id = e.job_instance_id and b.job_execution_id <= e.job_execution_id
    ) as attempt,
    i.job_name as job,
    p.step,
    p.done,
    p.total,
    p.unit,
    p.rate,
    p.rate_unit,
    p.seconds_left,
    p.loss,
    p.checkpoint_seconds,
    p.updated_at as updated,
    e.job_execution_id as execution
from progress p
join batch_job_execution e on e.job_execution_id = p.job_execution_id
join batch_job_instance i on i.job_instance_id = e.job_instance_id;
