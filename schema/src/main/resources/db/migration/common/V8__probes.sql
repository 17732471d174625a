-- How a probe was fitted, and what its features were taken of.
alter table probe add column solver varchar(10) default 'lbfgs' not null check (solver in ('lbfgs', 'sgd'));
alter table probe add column learning_rate double precision check (learning_rate > 0); -- null for L-BFGS
alter table probe add column protocol varchar(500)
    default 'l2 chosen on validation; refitted on train and validation; tested once' not null;
alter table probe add column vote_accuracy double precision -- on test images, of several masks; null without masks
    check (vote_accuracy between 0 and 1);

-- What features were taken of: written when they are begun.
create table feature_set (
    features_id bigint      not null primary key references artifact (artifact_id),
    model_id    bigint      not null references artifact (artifact_id),
    dataset_id  bigint      not null references artifact (artifact_id),
    iteration   bigint      not null check (iteration >= 0), -- of the model's checkpoint
    tap         varchar(10) not null check (tap in ('norm', 'residual'))
);

-- A classifier fitted to few labels: one random subset of the training images.
create table lowdata_result (
    lowdata_id     bigint           not null references artifact (artifact_id),
    labels         integer          not null check (labels > 0),  -- a class
    subset         integer          not null check (subset >= 0), -- 0, 1, …
    layer          integer          not null check (layer >= 0),
    test_accuracy  double precision not null check (test_accuracy between 0 and 1),
    objective      double precision not null,
    iterations     integer          not null check (iterations >= 0),
    converged      boolean          not null,
    path           varchar(1000)    not null,
    sha256         varchar(64)      not null check (char_length(sha256) = 64),
    primary key (lowdata_id, labels, subset)
);

drop view probe_by_layer;

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

-- A row a number of labels: mean and sample standard deviation over its subsets.
create view lowdata_summary as
select
    r.run,
    r.name,
    r.labels,
    count(*) as subsets,
    min(r.layer) as layer,
    avg(r.accuracy) as accuracy,
    stddev_samp(r.accuracy) as accuracy_sd,
    avg(r.error) as error,
    stddev_samp(r.error) as error_sd,
    r.artifact
from lowdata_results r
group by r.run, r.name, r.labels, r.artifact;
