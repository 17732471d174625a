-- What models that are there make of new images: features, or classes.

-- What new images' features were taken with: written when they are begun.
create table embedding (
    embedding_id bigint        not null primary key references artifact (artifact_id),
    model_id     bigint        not null references artifact (artifact_id),
    iteration    bigint        not null check (iteration >= 0), -- of the model's checkpoint
    source       varchar(1000) not null, -- a path, or a dataset's name
    layers       varchar(1000) not null, -- 3,4,5
    tap          varchar(10)   not null check (tap in ('norm', 'residual'))
);

-- One Parquet file: a row an image and layer.
create table embedding_part (
    embedding_id bigint        not null references artifact (artifact_id),
    part         integer       not null check (part >= 0),
    path         varchar(1000) not null unique,
    row_count    bigint        not null check (row_count >= 0),
    images       bigint        not null check (images >= 0),
    sha256       varchar(64)   not null check (char_length(sha256) = 64),
    primary key (embedding_id, part)
);

-- What new images were classified by: written when it is begun.
create table classification (
    classification_id bigint        not null primary key references artifact (artifact_id),
    classifier_id     bigint        not null references artifact (artifact_id), -- a fine-tuned one, or probes
    model_id          bigint        not null references artifact (artifact_id),
    iteration         bigint        not null check (iteration >= 0), -- of the checkpoint whose weights were used
    layer             integer       not null check (layer >= 0),     -- that was read; of several the one in the middle
    source            varchar(1000) not null, -- a path, or a dataset's name
    classes           integer       not null check (classes >= 2)    -- that it tells apart
);

-- One Parquet file: a row an image.
create table prediction_part (
    classification_id bigint        not null references artifact (artifact_id),
    part              integer       not null check (part >= 0),
    path              varchar(1000) not null unique,
    row_count         bigint        not null check (row_count >= 0),
    sha256            varchar(64)   not null check (char_length(sha256) = 64),
    primary key (classification_id, part)
);

-- The likeliest class of an image.
create table prediction (
    classification_id bigint           not null references artifact (artifact_id),
    image             bigint           not null check (image >= 0), -- its place among the images
    file              varchar(1000)    not null,
    label             varchar(500),    -- its class by name; null where there is none
    predicted         varchar(500)     not null,
    probability       double precision not null check (probability between 0 and 1),
    correct           boolean,         -- null where there is no label that the classifier knows
    primary key (classification_id, image)
);

-- A table or picture of all predictions.
create table prediction_file (
    classification_id bigint        not null references artifact (artifact_id),
    name              varchar(50)   not null, -- confusion.png
    path              varchar(1000) not null unique,
    sha256            varchar(64)   not null check (char_length(sha256) = 64),
    primary key (classification_id, name)
);

-- A row a file of features; classes and features are in it.
--   model   the artifact, and iteration its checkpoint: joins checkpoint_history on artifact and iteration
create view embeddings as
select
    e.job_instance_id as run,
    a.name,
    b.source,
    b.layers,
    b.tap,
    p.part,
    p.images,
    p.path,
    p.sha256,
    b.model_id as model,
    b.iteration,
    a.artifact_id as artifact
from embedding b
join artifact a on a.artifact_id = b.embedding_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id
join embedding_part p on p.embedding_id = b.embedding_id;

-- A row an image; the Parquet files have its five likeliest classes.
--   label    its class by name; null where there is none
--   correct  null where the classifier does not know the label, or there is none
create view predictions as
select
    e.job_instance_id as run,
    a.name,
    p.image,
    p.file,
    p.label,
    p.predicted,
    p.probability,
    p.correct,
    a.artifact_id as artifact
from prediction p
join artifact a on a.artifact_id = p.classification_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- A row a classification of images: the share of those with a label that is right, and its standard error,
-- sqrt(accuracy (1 - accuracy) / labelled); both null where no image has a label.
--   classifier  the artifact: a fine-tuned classifier, or probes; its test_accuracy is in classifier_results or probe_by_layer
create view prediction_summary as
select
    s.run,
    s.name,
    s.source,
    s.layer,
    s.images,
    s.labelled,
    s.accuracy,
    cast(sqrt(s.accuracy * (1 - s.accuracy) / s.labelled) as double precision) as standard_error,
    s.classifier,
    s.classifier_kind,
    s.model,
    s.iteration,
    s.artifact
from (
    select
        e.job_instance_id as run,
        a.name,
        c.source,
        c.layer,
        count(*) as images,
        count(p.correct) as labelled,
        cast(
            cast(sum(case when p.correct then 1 else 0 end) as double precision) / nullif(count(p.correct), 0)
            as double precision) as accuracy,
        c.classifier_id as classifier,
        k.kind as classifier_kind,
        c.model_id as model,
        c.iteration,
        a.artifact_id as artifact
    from classification c
    join artifact a on a.artifact_id = c.classification_id
    join artifact k on k.artifact_id = c.classifier_id
    join batch_job_execution e on e.job_execution_id = a.job_execution_id
    join prediction p on p.classification_id = c.classification_id
    group by
        e.job_instance_id, a.name, c.source, c.layer, c.classifier_id, k.kind, c.model_id, c.iteration, a.artifact_id
) s;

-- A row a class and what its images were taken for: the confusion matrix.
create view prediction_confusion as
select
    p.run,
    p.name,
    p.label,
    p.predicted,
    count(*) as images,
    p.artifact
from predictions p
where p.correct is not null
group by p.run, p.name, p.label, p.predicted, p.artifact;
