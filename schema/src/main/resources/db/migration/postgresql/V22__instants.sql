-- Times of attempts and steps are instants, as all others. Spring Batch writes the local time of its process, which is UTC
-- from now on; what is here already was written in the time zone of the machine, which is this session's.
-- Views that show a column keep its type from being changed: they are taken away meanwhile, and come back as they were.
do $$
declare
    runs  text := pg_get_viewdef(cast('run_history' as regclass));
    steps text := pg_get_viewdef(cast('step_history' as regclass));
begin
    drop view run_history;
    drop view step_history;
    alter table batch_job_execution
        alter column create_time type timestamptz,
        alter column start_time type timestamptz,
        alter column end_time type timestamptz,
        alter column last_updated type timestamptz;
    alter table batch_step_execution
        alter column create_time type timestamptz,
        alter column start_time type timestamptz,
        alter column end_time type timestamptz,
        alter column last_updated type timestamptz;
    execute 'create view run_history as ' || runs;
    execute 'create view step_history as ' || steps;
end
$$;
