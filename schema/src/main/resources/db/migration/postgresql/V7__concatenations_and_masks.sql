-- Probes of several layers side by side, and features of one part under several masks.
alter table probe drop constraint probe_network_check;
alter table probe add constraint probe_network_check
    check (network in ('trained', 'untrained', 'pixels', 'concat'));

alter table feature_part add column mask integer default 0 not null check (mask >= 0);
alter table feature_part drop constraint feature_part_pkey;
alter table feature_part add primary key (features_id, network, layer, split, part, mask);
