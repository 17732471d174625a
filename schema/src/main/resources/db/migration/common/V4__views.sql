-- The public interface: names and columns stay. The README documents them.

-- What was made from what, with where it came from: a row an artifact and input, one row where there is no input.
create view lineage as
select
    a.artifact_id    as artifact,
    a.kind,
    a.name,
    e.job_instance_id as run,
    a.path,
    a.fingerprint,
    a.created_at     as created,
    a.completed_at   as completed,
    i.artifact_id    as input,
    i.kind           as input_kind,
    i.name           as input_name,
    ie.job_instance_id as input_run,
    a.parameters_hash,
    a.git_commit,
    a.seed,
    a.jvm,
    a.tensorflow,
    a.device
from artifact a
join batch_job_execution e on e.job_execution_id = a.job_execution_id
left join artifact_input ai on ai.artifact_id = a.artifact_id
left join artifact i on i.artifact_id = ai.input_id
left join batch_job_execution ie on ie.job_execution_id = i.job_execution_id;
