-- A model as others use it: a folder of the user's, outside the runs.
create table export (
    export_id     bigint        not null primary key references artifact (artifact_id),
    model_id      bigint        not null references artifact (artifact_id),
    iteration     bigint        not null check (iteration >= 0), -- of the checkpoint whose weights they are
    classifier_id bigint        references artifact (artifact_id), -- a fine-tuned one, or probes; null: none is in it
    format        varchar(20)   not null,
    folder        varchar(1000) not null, -- absolute
    files         integer       not null check (files > 0),
    bytes         bigint        not null check (bytes > 0),
    path          varchar(1000) not null, -- of the manifest: absolute, since it is the user's folder
    sha256        varchar(64)   not null check (char_length(sha256) = 64)
);

-- A row an export; classifier is null where there is none in it.
create view exports as
select
    e.job_instance_id as run,
    a.name,
    x.folder,
    x.format,
    x.iteration,
    x.files,
    x.bytes,
    x.sha256 as manifest_sha256,
    x.model_id as model,
    x.classifier_id as classifier,
    a.completed_at as completed,
    a.artifact_id as artifact
from export x
join artifact a on a.artifact_id = x.export_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;
