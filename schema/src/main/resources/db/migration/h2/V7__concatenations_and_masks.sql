-- Probes of several layers side by side, and features of one part under several masks. H2 makes up names of checks.
execute immediate 'alter table probe drop constraint ' || (
    select quote_ident(c.constraint_name)
    from information_schema.check_constraints c
    join information_schema.constraint_column_usage u
        on u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name
    where lower(u.table_name) = 'probe' and lower(u.column_name) = 'network'
);
alter table probe add constraint probe_network_check
    check (network in ('trained', 'untrained', 'pixels', 'concat'));

alter table feature_part add column mask integer default 0 not null check (mask >= 0);
alter table feature_part drop primary key;
alter table feature_part add primary key (features_id, network, layer, split, part, mask);
