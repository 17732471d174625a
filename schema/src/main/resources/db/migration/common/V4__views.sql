-- The public interface: names and columns stay as they are, or are added to. The README documents them.
-- Times of attempts and steps are Spring Batch's, in the local time of the machine that ran them; durations are seconds.

-- A row an attempt at a run.
--   attempt      1, 2, … within the run; execution is Spring Batch's id of it
--   parameters   "name=value name=value", by name
--   status       COMPLETED, FAILED, STOPPED, STARTED …; a killed attempt still says STARTED: `igpt runs` tells them apart
--   step         the last step begun, and how far it is: "300 / 900 iterations"
--   seconds      to the end, or to the last sign of life
--   last_loss    nats a pixel at the newest checkpoint of the run's newest model
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
    e.job_execution_id as execution
from batch_job_execution e
join batch_job_instance i on i.job_instance_id = e.job_instance_id
left join batch_step_execution s on s.step_execution_id = (
    select max(t.step_execution_id)
    from batch_step_execution t
    where t.job_execution_id = e.job_execution_id and t.step_name not like '%:%' -- workers of a partitioned step
)
left join progress p on p.job_execution_id = e.job_execution_id and p.step = s.step_name;

-- A row a step of an attempt. A resumed attempt has rows only for the steps that it ran.
create view step_history as
select
    e.job_instance_id as run,
    (
        select count(*)
        from batch_job_execution b
        where b.job_instance_id = e.job_instance_id and b.job_execution_id <= e.job_execution_id
    ) as attempt,
    i.job_name as job,
    s.step_name as step,
    s.status,
    p.done || ' / ' || p.total || ' ' || p.unit as progress,
    coalesce(s.start_time, s.create_time) as started,
    s.end_time as ended,
    cast(extract(epoch from coalesce(s.end_time, s.last_updated, s.create_time)
        - coalesce(s.start_time, s.create_time)) as decimal(14, 3)) as seconds,
    s.commit_count as commits,
    s.exit_code,
    s.exit_message,
    e.job_execution_id as execution,
    s.step_execution_id as step_execution
from batch_step_execution s
join batch_job_execution e on e.job_execution_id = s.job_execution_id
join batch_job_instance i on i.job_instance_id = e.job_instance_id
left join progress p on p.job_execution_id = s.job_execution_id and p.step = s.step_name;

-- A row an iteration that recorded something; losses in nats a pixel, null where none was taken.
create view loss_curve as
select
    e.job_instance_id as run,
    a.name as model,
    m.iteration,
    max(case when m.name = 'train_nats' then m.metric_value end) as train_nats,
    max(case when m.name = 'validation_nats' then m.metric_value end) as validation_nats,
    max(case when m.name = 'test_nats' then m.metric_value end) as test_nats,
    max(case when m.name = 'learning_rate' then m.metric_value end) as learning_rate,
    a.artifact_id as artifact
from metric m
join artifact a on a.artifact_id = m.artifact_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id
group by e.job_instance_id, a.name, a.artifact_id, m.iteration;

-- A row a checkpoint that is still on disk; best has the lowest validation loss of its model.
create view checkpoint_history as
select
    e.job_instance_id as run,
    a.name as model,
    c.iteration,
    c.train_nats,
    c.validation_nats,
    c.validation_nats is not null
        and row_number() over (partition by c.model_id order by c.validation_nats nulls last, c.iteration) = 1 as best,
    c.saved_at as saved,
    c.path,
    c.sha256,
    a.artifact_id as artifact
from checkpoint c
join artifact a on a.artifact_id = c.model_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row a layer and network (trained, untrained, pixels); accuracies are shares of 1.
-- The L2 strength is the validation split's choice; test_accuracy is null where the probe was not tested.
create view probe_by_layer as
select
    e.job_instance_id as run,
    a.name,
    p.network,
    p.layer,
    p.l2,
    p.validation_accuracy,
    p.test_accuracy,
    p.best,
    p.objective,
    p.iterations,
    p.converged,
    p.path,
    p.sha256,
    a.artifact_id as artifact
from probe p
join artifact a on a.artifact_id = p.probe_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row a dataset; completed is null until all of it is there.
create view dataset_catalogue as
select
    e.job_instance_id as run,
    a.name,
    d.source,
    d.resolution,
    d.colours,
    (select count(*) from dataset_class c where c.dataset_id = d.dataset_id) as classes,
    d.train_rows,
    d.validation_rows,
    d.test_rows,
    d.skipped,
    (select count(*) from dataset_part p where p.dataset_id = d.dataset_id) as parts,
    a.path,
    d.palette_path,
    d.manifest_sha256,
    a.completed_at as completed,
    a.artifact_id as artifact
from dataset d
join artifact a on a.artifact_id = d.dataset_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- What was made from what, and how: a row an artifact and input, with one row where there is no input.
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
    a.device
from artifact a
join batch_job_execution e on e.job_execution_id = a.job_execution_id
left join artifact_input ai on ai.artifact_id = a.artifact_id
left join artifact i on i.artifact_id = ai.input_id
left join batch_job_execution ie on ie.job_execution_id = i.job_execution_id;
