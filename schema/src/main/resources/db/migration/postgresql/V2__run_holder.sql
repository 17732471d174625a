-- Which process works on which run, so that a refusal can name it and `stop` can find it.
-- Rows of a killed process stay behind: only with the session's advisory lock is one true.
create table run_holder (
    run        bigint       not null primary key, -- a job instance; taken before that exists, hence no foreign key
    pid        bigint       not null,
    host       varchar(255) not null,
    started_at timestamp(6) with time zone not null, -- of the process, so that a recycled pid is not taken for it
    birth      varchar(200), -- what tells it from every other, whatever the clock says: boot, namespace and start in ticks
    token      varchar(36), -- what its attempt's commits are checked against
    heard_at   timestamp(6) with time zone -- when it last said that it is there, by the server's clock
);

-- The runs that a live process works on, as far as the server can tell: it holds the advisory lock of the run in this
-- schema, or was heard of a moment ago, so that it has had no time to take a lock again that it lost. pg_locks shows the
-- two halves of the lock's number.
create view live_run as
select h.run, h.pid, h.host, h.started_at, h.birth
from run_holder h
where greatest(h.heard_at, pg_postmaster_start_time()) > clock_timestamp() - interval '30 seconds'
  and h.heard_at is not null
  or exists (
    select 1
    from pg_locks l
    where l.locktype = 'advisory'
      and l.granted
      and l.database = (select d.oid from pg_database d where d.datname = current_database())
      and l.objsubid = 1
      and (cast(l.classid as bigint) << 32) | cast(l.objid as bigint)
          = hashtextextended('igpt.' || current_schema(), h.run)
);
