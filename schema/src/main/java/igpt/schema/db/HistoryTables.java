package igpt.schema.db;

import java.util.List;

/**
 * The tables that hold what is known of a run, and those of an artifact; each after those that it refers to. A table that
 * is in neither would be lost with the database: a test asks for each where it belongs.
 */
public final class HistoryTables {
    private static final String OF_ITS_ATTEMPTS =
            "job_execution_id in (select job_execution_id from batch_job_execution where job_instance_id = ?)";

    public static final Table INSTANCE = new Table("batch_job_instance", "job_instance_id = ?");
    public static final Table EXECUTION = new Table("batch_job_execution", "job_instance_id = ?");
    public static final Table ARTIFACT = new Table("artifact", "artifact_id = ?");

    public static final List<Table> OF_RUN = List.of(
            INSTANCE,
            EXECUTION,
            new Table("batch_job_execution_params", OF_ITS_ATTEMPTS),
            new Table("batch_job_execution_context", OF_ITS_ATTEMPTS),
            new Table("batch_step_execution", OF_ITS_ATTEMPTS),
            new Table(
                    "batch_step_execution_context",
                    "step_execution_id in (select step_execution_id from batch_step_execution where " + OF_ITS_ATTEMPTS
                            + ")"),
            new Table("progress", OF_ITS_ATTEMPTS),
            new Table("run_folder", "run = ?"),
            new Table("run_runtime", "run = ?"),
            new Table("run_child", "parent = ?"));

    public static final List<Table> OF_ARTIFACT = List.of(
            ARTIFACT,
            new Table("artifact_input", "artifact_id = ?"),
            new Table("dataset", "dataset_id = ?"),
            new Table("dataset_class", "dataset_id = ?"),
            new Table("dataset_part", "dataset_id = ?"),
            new Table("skipped_image", "dataset_id = ?"),
            new Table("finding", "dataset_id = ?"),
            new Table("model", "model_id = ?"),
            new Table("checkpoint", "model_id = ?"),
            new Table("metric", "artifact_id = ?"),
            new Table("feature_set", "features_id = ?"),
            new Table("feature_part", "features_id = ?"),
            new Table("probe", "probe_id = ?"),
            new Table("lowdata_result", "lowdata_id = ?"),
            new Table("classifier", "classifier_id = ?"),
            new Table("sweep_trial", "sweep_id = ?"));

    private HistoryTables() {}

    /** @param owned of which rows: those of the run or artifact whose number is the parameter */
    public record Table(String name, String owned) {}
}
