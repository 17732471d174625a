-- What a model is, for whoever asks the database: its own files say the same.
create table model (
    model_id  bigint      not null primary key references artifact (artifact_id),
    objective varchar(10) not null check (objective in ('ar', 'bert')),
    layers    integer     not null check (layers > 0),
    width     integer     not null check (width > 0),
    heads     integer     not null check (heads > 0),
    positions integer     not null check (positions > 0),
    colours   integer     not null check (colours > 0),
    weights   bigint      not null check (weights > 0) -- parameters in all
);

-- A row a model; losses are those of its last checkpoint, in nats a pixel, completed is null while it is trained.
create view model_catalogue as
select
    e.job_instance_id as run,
    a.name,
    m.objective,
    m.layers,
    m.width,
    m.heads,
    m.positions,
    m.colours,
    m.weights,
    (select max(c.iteration) from checkpoint c where c.model_id = m.model_id) as iteration,
    (
        select max(v.metric_value) from metric v
        where v.artifact_id = m.model_id and v.name = 'final_validation_nats'
    ) as validation_nats,
    (select max(t.metric_value) from metric t where t.artifact_id = m.model_id and t.name = 'test_nats') as test_nats,
    a.completed_at as completed,
    a.artifact_id as artifact
from model m
join artifact a on a.artifact_id = m.model_id
join batch_job_execution e on e.job_execution_id = a.job_execution_id;
