-- Runs that are part of another, and the sweep, which is made of such.

-- A run that another launched; it has a number, a folder and a history of its own, and may be part of several.
create table run_child (
    parent  bigint       not null references batch_job_instance (job_instance_id),
    child   bigint       not null references batch_job_instance (job_instance_id),
    purpose varchar(200) not null, -- in a few words: learning_rate 0.003
    primary key (parent, child),
    check (parent <> child)
);
create index run_child_child_ix on run_child (child);

-- A learning rate tried, the largest first. Losses are nats a pixel, accuracies shares of 1.
create table sweep_trial (
    sweep_id            bigint           not null references artifact (artifact_id),
    place               integer          not null check (place > 0), -- 1, 2, … in the order tried
    learning_rate       double precision not null check (learning_rate > 0),
    run                 bigint           not null references batch_job_instance (job_instance_id),
    made_id             bigint           references artifact (artifact_id), -- the model or classifier; null: it diverged
    validation_nats     double precision, -- what decides, of a model
    validation_accuracy double precision check (validation_accuracy between 0 and 1), -- what decides, of a classifier
    winner              boolean          not null,
    primary key (sweep_id, place)
);

-- A row an attempt at a run.
--   attempt      1, 2, … within the run; execution is Spring Batch's id of it
--   parameters   "name=value name=value", by name
--   status       COMPLETED, FAILED, STOPPED, STARTED …; a killed attempt still says STARTED: `igpt runs` tells them apart
--   step         the last step begun, and how far it is: "300 / 900 iterations"
--   seconds      to the end, or to the last sign of life
--   last_loss    nats a pixel at the newest checkpoint of the run's newest model
--   parent       the run that launched it as a part of itself, the first of several; null where a user did
drop view run_history;
create view run_history as
select
    e.job_instance_id as run,
    (
        select count(*)
        from batch_job_execution b
        where b.job_instance_id = e.job_instance_id and b.job_execution_id <= e.job_execution_id
    ) as attempt,
    i.job_name as job,
    (
        select string_agg(q.parameter_name || '=' || coalesce(q.parameter_value, ''), ' ' order by q.parameter_name)
        from batch_job_execution_params q
        where q.job_execution_id = e.job_execution_id
    ) as parameters,
    e.status,
    s.step_name as step,
    p.done || ' / ' || p.total || ' ' || p.unit as progress,
    coalesce(e.start_time, e.create_time) as started,
    e.end_time as ended,
    cast(extract(epoch from coalesce(e.end_time, s.last_updated, e.last_updated, e.create_time)
        - coalesce(e.start_time, e.create_time)) as decimal(14, 3)) as seconds,
    (
        select c.train_nats
        from checkpoint c
        join artifact a on a.artifact_id = c.model_id
        join batch_job_execution b on b.job_execution_id = a.job_execution_id
        where b.job_instance_id = e.job_instance_id
        order by c.model_id desc, c.iteration desc
        fetch first row only
    ) as last_loss,
    e.exit_code,
    e.exit_message,
    e.job_execution_id as execution,
    (select min(c.parent) from run_child c where c.child = e.job_instance_id) as parent
from batch_job_execution e
join batch_job_instance i on i.job_instance_id = e.job_instance_id
left join batch_step_execution s on s.step_execution_id = (
    select max(t.step_execution_id)
    from batch_step_execution t
    where t.job_execution_id = e.job_execution_id and t.step_name not like '%:%' -- workers of a partitioned step
)
left join progress p on p.job_execution_id = e.job_execution_id and p.step = s.step_name;

-- A row a learning rate that a sweep tried, in that order; diverged ones have neither loss nor accuracy.
--   run    the sweep's; trial_run is the run of this rate
--   made   the artifact of that run: a model or a classifier
create view sweep_trials as
select
    e.job_instance_id as run,
    a.name,
    t.place,
    t.learning_rate,
    t.run as trial_run,
    t.validation_nats,
    t.validation_accuracy,
    t.made_id is null as diverged,
    t.winner,
    t.made_id as made,
    a.artifact_id as artifact
from sweep_trial t
join artifact a on a.artifact_id = t.sweep_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;
