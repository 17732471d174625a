-- Fine-tuned classifiers of models that were trained elsewhere.

-- Its weights are in the model's checkpoint of that iteration.
create table imported_classifier (
    classifier_id bigint  not null primary key references artifact (artifact_id),
    model_id      bigint  not null references artifact (artifact_id),
    iteration     bigint  not null check (iteration >= 0),
    layer         integer not null check (layer >= 0), -- that its head reads
    masks         integer not null check (masks > 0),  -- of an image, whose predictions vote; 1: it is no bert
    seed          bigint  not null                     -- of the masks
);

create table imported_class (
    classifier_id bigint       not null references artifact (artifact_id),
    label         integer      not null check (label >= 0),
    name          varchar(500) not null,
    primary key (classifier_id, label)
);

-- A row a class of an imported classifier; model is the artifact that it came with.
create view imported_classes as
select
    e.job_instance_id as run,
    a.name,
    c.label,
    c.name as class,
    k.layer,
    k.model_id as model,
    a.artifact_id as artifact
from imported_classifier k
join imported_class c on c.classifier_id = k.classifier_id
join artifact a on a.artifact_id = k.classifier_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;
