-- A model fine-tuned with a classifier on one of its layers.
create table classifier (
    classifier_id       bigint           not null primary key references artifact (artifact_id),
    model_id            bigint           not null references artifact (artifact_id), -- what it began with, or the like of it
    dataset_id          bigint           not null references artifact (artifact_id),
    start               varchar(10)      not null check (start in ('pretrained', 'random')),
    loss                varchar(20)      not null check (loss in ('joint', 'classification')),
    layer               integer          not null check (layer >= 0),     -- that the head reads
    learning_rate       double precision not null check (learning_rate > 0),
    iteration           bigint           not null check (iteration > 0),  -- the best on validation images
    validation_accuracy double precision not null check (validation_accuracy between 0 and 1), -- at that iteration
    test_accuracy       double precision check (test_accuracy between 0 and 1), -- null until tested, which is once
    vote_accuracy       double precision check (vote_accuracy between 0 and 1), -- of several masks; null without masks
    protocol            varchar(500)     not null
);

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
