-- Times of attempts and steps are instants, as all others. Spring Batch writes the local time of its process, which is UTC
-- from now on; what is here already was written in the time zone of the machine, which is this session's.
alter table batch_job_execution alter column create_time set data type timestamp(9) with time zone;
alter table batch_job_execution alter column start_time set data type timestamp(9) with time zone;
alter table batch_job_execution alter column end_time set data type timestamp(9) with time zone;
alter table batch_job_execution alter column last_updated set data type timestamp(9) with time zone;
alter table batch_step_execution alter column create_time set data type timestamp(9) with time zone;
alter table batch_step_execution alter column start_time set data type timestamp(9) with time zone;
alter table batch_step_execution alter column end_time set data type timestamp(9) with time zone;
alter table batch_step_execution alter column last_updated set data type timestamp(9) with time zone;
