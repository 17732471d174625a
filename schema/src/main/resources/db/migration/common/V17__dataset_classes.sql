-- How many rows each class of a dataset has; null in datasets that were made before these columns were.
alter table dataset_class add column train_rows bigint check (train_rows >= 0);
alter table dataset_class add column validation_rows bigint check (validation_rows >= 0);
alter table dataset_class add column test_rows bigint check (test_rows >= 0);

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
