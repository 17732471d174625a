-- Models that were trained elsewhere.

-- Where it came from, and its palette: there is no dataset here whose palette would be its own.
create table imported_model (
    model_id      bigint        not null primary key references artifact (artifact_id),
    source        varchar(1000) not null, -- the folder
    layout        varchar(20)   not null check (layout in ('igpt', 'openai', 'huggingface')),
    source_sha256 varchar(64)   not null check (char_length(source_sha256) = 64), -- over those of all its files
    resolution    integer       not null check (resolution > 0), -- pixels a side
    path          varchar(1000) not null unique, -- of the palette
    sha256        varchar(64)   not null check (char_length(sha256) = 64)
);

-- A row an imported model.
create view imported_models as
select
    e.job_instance_id as run,
    a.name,
    m.source,
    m.layout,
    m.source_sha256,
    m.resolution,
    m.path as palette_path,
    a.artifact_id as artifact
from imported_model m
join artifact a on a.artifact_id = m.model_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;

-- What tokens mean: a row a dataset, which has a palette; and a model, which has that of the dataset it was trained on, or
-- its own if it was imported.
--   dataset  the artifact whose images it learnt from, or is; null for an imported model
create view vocabularies as
select
    e.job_instance_id as run,
    a.name,
    a.kind,
    v.resolution,
    v.colours,
    v.palette_path,
    v.dataset,
    a.artifact_id as artifact
from (
    select d.dataset_id as id, d.resolution, d.colours, d.palette_path, d.dataset_id as dataset
    from dataset d
    union all
    select m.artifact_id, d.resolution, d.colours, d.palette_path, d.dataset_id
    from artifact m
    join artifact_input i on i.artifact_id = m.artifact_id
    join dataset d on d.dataset_id = i.input_id
    where m.kind = 'MODEL'
    union all
    select p.model_id, p.resolution, m.colours, p.path, null
    from imported_model p
    join model m on m.model_id = p.model_id
) v
join artifact a on a.artifact_id = v.id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;
