package igpt.schema.run;

import igpt.schema.artifact.Provenance;
import igpt.schema.lock.Holder;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code igpt bench} measured, so that versions and machines can be compared. */
public final class BenchResults {
    private final JdbcClient jdbc;

    public BenchResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All of one call of the program; they get one time.
     *
     * @param processor how many of which
     */
    public void addAll(List<BenchResult> results, String processor, Provenance provenance) {
        var at = OffsetDateTime.now(ZoneOffset.UTC);
        for (var result : results) {
            jdbc.sql(
                            """
                            insert into bench (measured_at, benchmark, shape, metric, median, lowest, highest, samples,
                                unit, ceiling, ceiling_share, host, processor, parameters_hash, git_commit, jvm,
                                tensorflow, device)
                            values (:at, :benchmark, :shape, :metric, :median, :lowest, :highest, :samples,
                                :unit, :ceiling, :ceilingShare, :host, :processor, :parametersHash, :gitCommit, :jvm,
                                :tensorflow, :device)
                            """)
                    .param("at", at)
                    .param("benchmark", result.benchmark())
                    .param("shape", result.shape())
                    .param("metric", result.metric())
                    .param("median", result.median())
                    .param("lowest", result.lowest())
                    .param("highest", result.highest())
                    .param("samples", result.samples())
                    .param("unit", result.unit())
                    .param("ceiling", result.ceiling())
                    .param("ceilingShare", result.ceilingShare())
                    .param("host", Holder.self().host())
                    .param("processor", processor)
                    .param("parametersHash", provenance.parametersHash())
                    .param("gitCommit", provenance.gitCommit())
                    .param("jvm", provenance.jvm())
                    .param("tensorflow", provenance.tensorflow())
                    .param("device", provenance.device())
                    .update();
        }
    }
}
