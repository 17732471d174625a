-- Which runs folder belongs to which database: a database that is new or another's would otherwise number its runs from 1
-- again and write over the folders that are there. The same id stands in the folder, in igpt.id.
create table database_identity (
    place       integer     not null primary key check (place = 1), -- one row
    database_id varchar(36) not null
);

-- Where a run's files are. With PostgreSQL, machines may have a runs folder each, or share one.
create table run_folder (
    run       bigint        not null primary key references batch_job_instance (job_instance_id),
    folder_id varchar(36)   not null, -- of the runs folder: the same wherever it is mounted
    host      varchar(255)  not null, -- that worked on the run last
    path      varchar(1000) not null  -- of the runs folder there
);
