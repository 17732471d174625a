-- Which process works on which run, so that a refusal can name it and `stop` can find it.
-- Rows of a killed process stay behind: only with the session's advisory lock is one true.
create table run_holder (
    run        bigint       not null primary key, -- a job instance; taken before that exists, hence no foreign key
    pid        bigint       not null,
    host       varchar(255) not null,
    started_at timestamp(6) with time zone not null -- of the process, so that a recycled pid is not taken for it
);

-- The runs that a live process works on: it holds the advisory lock of the run in this schema. pg_locks shows the two
-- halves of the lock's number.
create view live_run as
select h.run, h.pid, h.host, h.started_at
from run_holder h
where exists (
    select 1
    from pg_locks l
    where l.locktype = 'advisory'
      and l.granted
      and l.database = (select d.oid from pg_database d where d.datname = current_database())
      and l.objsubid = 1
      and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint)
          = hashtextextended('igpt.' || current_schema(), h.run)
);
