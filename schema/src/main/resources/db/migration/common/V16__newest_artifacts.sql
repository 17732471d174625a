-- The newest artifact of a kind, or of a name, is asked for at every launch: not by going through all there are. H2 takes
-- an index for an order only if it has the same directions.
create index artifact_newest_ix on artifact (kind, completed_at desc, artifact_id desc);
create index artifact_named_ix on artifact (kind, name, completed_at desc, artifact_id desc);
drop index artifact_kind_name_ix;
