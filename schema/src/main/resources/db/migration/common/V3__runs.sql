-- What is known of a run besides what Spring Batch knows. A "run" is a job instance, an attempt at it a job execution.
--
-- A table belongs to what the first column of its primary key refers to: its rows are kept in that run's folder, rebuilt
-- from there, and deleted with the run. One that refers to nothing is of no run.

-- How far a step is. Not a count of Spring Batch's, since a training step reads no items.
create table progress (
    job_execution_id bigint       not null references batch_job_execution (job_execution_id),
    step             varchar(100) not null,
    done             bigint       not null check (done >= 0),
    total            bigint       not null check (total >= 0),
    unit             varchar(50)  not null,
    updated_at       timestamp(6) with time zone not null,
    primary key (job_execution_id, step)
);

-- A run that another launched; it has a number, a folder and a history of its own, and may be part of several.
create table run_child (
    parent  bigint       not null references batch_job_instance (job_instance_id),
    child   bigint       not null references batch_job_instance (job_instance_id),
    purpose varchar(200) not null, -- in a few words: learning_rate 0.003
    primary key (parent, child),
    check (parent <> child)
);
create index run_child_child_ix on run_child (child);

-- What decides how a run's sums are rounded, settled when it is first launched and kept on every later attempt.
create table run_runtime (
    run         bigint        not null primary key references batch_job_instance (job_instance_id),
    threads     integer       not null check (threads > 0),  -- parts of a batch that are computed at a time
    intra_op    integer       not null check (intra_op > 0), -- threads that share an operation
    micro_batch integer       check (micro_batch > 0),       -- images that a training takes at a time; null: it did not begin
    tensorflow  varchar(200)  not null,
    flags       varchar(4000) not null,                      -- environment variables, NAME=value by name
    processor   varchar(400)  not null
);

-- Where a run's files are. With PostgreSQL, machines may have a runs folder each, or share one.
create table run_folder (
    run       bigint        not null primary key references batch_job_instance (job_instance_id),
    folder_id varchar(36)   not null, -- of the runs folder: the same wherever it is mounted
    host      varchar(255)  not null, -- that worked on the run last
    path      varchar(1000) not null  -- of the runs folder there
);

-- Which runs folder belongs to which database: a database that is new or another's would otherwise number its runs from 1
-- again and write over the folders that are there. The same id stands in the folder, in igpt.id.
create table database_identity (
    place       integer     not null primary key check (place = 1), -- one row
    database_id varchar(36) not null
);
