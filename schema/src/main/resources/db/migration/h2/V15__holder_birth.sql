-- What tells a process from every other, whatever the clock says: boot, namespace and start in ticks.
drop view live_run;
alter table run_holder add birth varchar(200);

-- The runs that a live process works on.
create view live_run as select run, pid, host, started_at, birth from run_holder;
