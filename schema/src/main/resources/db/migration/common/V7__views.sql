-- The public interface: names and columns stay as they are, or are added to. bench_history and live_run stand with their
-- tables. In every view, run is the number that `igpt runs` shows, and artifact joins one view with another. Times are
-- instants, durations seconds, losses nats a pixel, accuracies shares of 1, paths relative to the runs folder.

-- A row an attempt at a run.
--   attempt      1, 2, … within the run; execution is Spring Batch's id of it
--   parameters   "name=value name=value", by name
--   status       COMPLETED, FAILED, STOPPED, STARTED …; a killed attempt still says STARTED: `igpt runs` tells them apart
--   step         the last step begun, and how far it is: "300 / 900 iterations"
--   seconds      to the end, or to the last sign of life
--   last_loss    nats a pixel at the newest checkpoint of the run's newest model
--   parent       the run that launched it as a part of itself, the first of several; null where a user did
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

-- A row a class of a dataset; label is what tokens and features carry.
create view dataset_classes as
select
    e.job_instance_id as run,
    a.name,
    c.label,
    c.name as class,
    c.train_rows,
    c.validation_rows,
    c.test_rows,
    a.artifact_id as artifact
from dataset_class c
join artifact a on a.artifact_id = c.dataset_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row a kind of files that was left out, a folder that became no class, or a sort of copies between splits.
create view dataset_findings as
select
    e.job_instance_id as run,
    a.name,
    f.kind,
    f.what,
    f.files,
    a.artifact_id as artifact
from finding f
join artifact a on a.artifact_id = f.dataset_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row an image that could not be read, also of a dataset that failed for having too many.
create view skipped_images as
select
    e.job_instance_id as run,
    a.name,
    s.source,
    s.reason,
    a.artifact_id as artifact
from skipped_image s
join artifact a on a.artifact_id = s.dataset_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row a model; losses are those of its last checkpoint, in nats a pixel, completed is null while it is trained.
create view model_catalogue as
select
    e.job_instance_id as run,
    a.name,
    m.objective,
    m.layers,
    m.width,
    m.heads,
    m.positions,
    m.colours,
    m.weights,
    (select max(c.iteration) from checkpoint c where c.model_id = m.model_id) as iteration,
    (
        select max(v.metric_value) from metric v
        where v.artifact_id = m.model_id and v.name = 'final_validation_nats'
    ) as validation_nats,
    (select max(t.metric_value) from metric t where t.artifact_id = m.model_id and t.name = 'test_nats') as test_nats,
    a.completed_at as completed,
    a.artifact_id as artifact
from model m
join artifact a on a.artifact_id = m.model_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

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

-- A row a layer and network (trained, untrained, pixels), and one for layers side by side (concat, by the layer in their
-- middle); accuracies are shares of 1.
--   l2              the validation split's choice; 0 for sgd, which is told apart by its learning_rate
--   test_accuracy   null where the probe was not tested; with a mask an image for a model that is given masks
--   vote_accuracy   of several masks' modal prediction; null for a model without masks
--   model           the artifact, and iteration its checkpoint: joins checkpoint_history on artifact and iteration
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
    a.artifact_id as artifact,
    p.solver,
    p.learning_rate,
    p.protocol,
    p.vote_accuracy,
    f.model_id as model,
    f.iteration,
    f.tap,
    d.name as dataset
from probe p
join artifact a on a.artifact_id = p.probe_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id
left join artifact_input i on i.artifact_id = p.probe_id
left join feature_set f on f.features_id = i.input_id
left join artifact d on d.artifact_id = f.dataset_id;

-- A row a random subset of the labels; accuracy and error are shares of 1.
create view lowdata_results as
select
    e.job_instance_id as run,
    a.name,
    l.labels,
    l.subset,
    l.layer,
    l.test_accuracy as accuracy,
    1 - l.test_accuracy as error,
    l.objective,
    l.iterations,
    l.converged,
    l.path,
    l.sha256,
    a.artifact_id as artifact
from lowdata_result l
join artifact a on a.artifact_id = l.lowdata_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row a number of labels: mean and sample standard deviation over its subsets. H2's mean of doubles is a decimal number
-- of 40 digits; it is a double here as on PostgreSQL.
create view lowdata_summary as
select
    r.run,
    r.name,
    r.labels,
    count(*) as subsets,
    min(r.layer) as layer,
    cast(avg(r.accuracy) as double precision) as accuracy,
    stddev_samp(r.accuracy) as accuracy_sd,
    cast(avg(r.error) as double precision) as error,
    stddev_samp(r.error) as error_sd,
    r.artifact
from lowdata_results r
group by r.run, r.name, r.labels, r.artifact;

-- A row a fine-tuned classifier; accuracies are shares of 1.
--   model          the artifact it began with; with start random, the one whose size it has
--   test_accuracy  with a mask an image for a model that is given masks; null where it was not tested: refitted since
create view classifier_results as
select
    e.job_instance_id as run,
    a.name,
    c.model_id as model,
    m.objective,
    d.name as dataset,
    c.start,
    c.loss,
    c.layer,
    c.learning_rate,
    c.iteration,
    c.validation_accuracy,
    c.test_accuracy,
    c.vote_accuracy,
    c.protocol,
    a.artifact_id as artifact
from classifier c
join artifact a on a.artifact_id = c.classifier_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id
join artifact d on d.artifact_id = c.dataset_id
left join model m on m.model_id = c.model_id;

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

-- What was made from what, and how: a row an artifact and input, with one row where there is no input. runtime is what
-- decided its bits.
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
