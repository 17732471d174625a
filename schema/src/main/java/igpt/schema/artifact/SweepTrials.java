package igpt.schema.artifact;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trials of all sweeps. Joins the caller's transaction. */
public final class SweepTrials {

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

    /** Marks that one and no other. */
    public void crown(long sweepId, int place) {
        jdbc.sql("update sweep_trial set winner = (place = ?) where sweep_id = ?")
                .params(place, sweepId)
                .update();
    }
}
