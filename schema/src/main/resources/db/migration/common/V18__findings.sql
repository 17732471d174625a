-- What a dataset's images were prepared without, and what is worth knowing of them.
create table finding (
    dataset_id bigint       not null references artifact (artifact_id),
    kind       varchar(20)  not null check (kind in ('left_out', 'no_class', 'copies')),
    what       varchar(500) not null, -- HEIC files; files in @eaDir; test images equal to a training image
    files      bigint       not null check (files >= 0),
    primary key (dataset_id, kind, what)
);

-- A row a kind of files that were left out, a folder that became no class, or a sort of copies between splits.
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
