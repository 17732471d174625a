-- Which process works on which run, so that a refusal can name it and `stop` can find it.
-- Rows of a killed process stay behind; the next that opens the file for a job deletes them, since the file is exclusive.
create table run_holder (
    run        bigint       not null primary key, -- a job instance; taken before that exists, hence no foreign key
    pid        bigint       not null,
    host       varchar(255) not null,
    started_at timestamp(6) with time zone not null, -- of the process, so that a recycled pid is not taken for it
    birth      varchar(200) -- what tells it from every other, whatever the clock says: boot, namespace and start in ticks
);

-- The runs that a live process works on.
create view live_run as select run, pid, host, started_at, birth from run_holder;
