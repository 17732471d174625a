-- More kinds of artifacts.
alter table artifact drop constraint artifact_kind_check;
alter table artifact add constraint artifact_kind_check
    check (kind in ('DATASET', 'MODEL', 'FEATURES', 'PROBE', 'CLASSIFIER', 'LOWDATA', 'SWEEP'));
