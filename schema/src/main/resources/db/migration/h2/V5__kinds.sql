-- More kinds of artifacts. The check of V2 has no name of its own, and H2 makes up another on every database.
execute immediate 'alter table artifact drop constraint ' || (
    select quote_ident(c.constraint_name)
    from information_schema.check_constraints c
    join information_schema.constraint_column_usage u
        on u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name
    where lower(u.table_name) = 'artifact' and lower(u.column_name) = 'kind' and c.check_clause like '%DATASET%'
);
alter table artifact add constraint artifact_kind_check
    check (kind in ('DATASET', 'MODEL', 'FEATURES', 'PROBE', 'CLASSIFIER', 'LOWDATA', 'SWEEP'));
