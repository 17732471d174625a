package igpt.schema.artifact.study;

import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifact.Kind;
import igpt.schema.artifact.Artifacts;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trials of all sweeps. Joins the caller's transaction. */
public final class SweepTrials {

    /** Of the sweeps. */
    public static final Kind KIND = new Kind("SWEEP");

    private static final String SELECT =
            """
            select sweep_id, place, learning_rate, run, made_id, validation_nats, validation_accuracy, winner
            from sweep_trial where sweep_id = ?
            """;

    private final JdbcClient jdbc;

    public SweepTrials(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(SweepTrial trial) {
        jdbc.sql(
                        """
                        insert into sweep_trial (sweep_id, place, learning_rate, run, made_id,
                            validation_nats, validation_accuracy, winner)
                        values (:sweepId, :place, :learningRate, :run, :madeId,
                            :validationNats, :validationAccuracy, :winner)
                        """)
                .paramSource(trial)
                .update();
    }

    /** In the order tried. */
    public List<SweepTrial> of(long sweepId) {
        return jdbc.sql(SELECT + " order by place")
                .params(sweepId)
                .query(SweepTrial.class)
                .list();
    }

    /** Empty until the sweep is complete. */
    public Optional<SweepTrial> winner(long sweepId) {
        return jdbc.sql(SELECT + " and winner")
                .params(sweepId)
                .query(SweepTrial.class)
                .optional();
    }

    /** The one run that a sweep is for: what the other rates made was compared on validation images, and is no result. */
    public List<Long> winningRun(long sweepRun) {
        return ofRun(sweepRun)
                .flatMap(sweep -> winner(sweep.id()))
                .map(trial -> List.of(trial.run()))
                .orElse(List.of());
    }

    /** The sweep that a run is, if it is one. */
    public Optional<Artifact> ofRun(long run) {
        return new Artifacts(jdbc).ofRun(KIND, run);
    }

    /** Marks that one and no other. */
    public void crown(long sweepId, int place) {
        jdbc.sql("update sweep_trial set winner = (place = ?) where sweep_id = ?")
                .params(place, sweepId)
                .update();
    }
}
