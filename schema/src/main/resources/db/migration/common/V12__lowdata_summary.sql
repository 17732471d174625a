-- H2's mean of doubles is a decimal number of 40 digits; a double here as on PostgreSQL.
drop view lowdata_summary;

-- A row a number of labels: mean and sample standard deviation over its subsets.
create view lowdata_summary as
select
    r.run,
    r.name,
    r.labels,
    count(*) as subsets,
    min(r.layer) as layer,
    cast(avg(r.accuracy) as double precision) as accuracy,
    stddev_samp(r.accuracy) as accuracy_sd,
    cast(avg(r.error) as double precision) as error,
    stddev_samp(r.error) as error_sd,
    r.artifact
from lowdata_results r
group by r.run, r.name, r.labels, r.artifact;
