-- An image drawn from a model.
create table sample (
    samples_id bigint           not null references artifact (artifact_id),
    place      integer          not null check (place >= 0),      -- in what was asked for
    source     varchar(1000),                                     -- the image it completes; null: drawn whole
    completion integer          not null check (completion >= 0), -- of that image, from 1; 0: drawn whole
    given_rows integer          not null check (given_rows >= 0), -- of that image
    nats       double precision not null, -- a drawn pixel, as the model says
    path       varchar(1000)    not null, -- a PNG file
    sha256     varchar(64)      not null check (char_length(sha256) = 64),
    primary key (samples_id, place)
);

-- A file of several of them: the grid, or some of their tokens.
create table sample_file (
    samples_id bigint        not null references artifact (artifact_id),
    name       varchar(100)  not null,
    path       varchar(1000) not null,
    sha256     varchar(64)   not null check (char_length(sha256) = 64),
    primary key (samples_id, name)
);

-- A row an image drawn from a model.
--   source        the image that it completes, completion how often that was before, from 1; null and 0 where it was
--                 drawn whole
--   given_rows    rows of that image; what is below them was drawn
--   nats_a_pixel  −log p of the drawn pixels as the model says, whatever temperature they were drawn at
--   grid          the picture of all of them
--   model         the artifact
create view samples as
select
    e.job_instance_id as run,
    a.name,
    s.place,
    s.source,
    s.completion,
    s.given_rows,
    s.nats as nats_a_pixel,
    s.path,
    s.sha256,
    g.path as grid,
    i.input_id as model,
    a.artifact_id as artifact
from sample s
join artifact a on a.artifact_id = s.samples_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id
left join sample_file g on g.samples_id = s.samples_id and g.name = 'grid'
left join artifact_input i on i.artifact_id = s.samples_id
    and exists (select * from model m where m.model_id = i.input_id);
