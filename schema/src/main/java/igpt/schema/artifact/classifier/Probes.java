package igpt.schema.artifact.classifier;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The probes of all artifacts: one a network and layer. Joins the caller's transaction. */
public final class Probes {

    private final JdbcClient jdbc;

    public Probes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Replaces the one of the same network and layer. */
    public void add(Probe probe) {
        var updated = jdbc.sql(
                        """
                        update probe set l2 = :l2, validation_accuracy = :validationAccuracy,
                            test_accuracy = :testAccuracy, objective = :objective, iterations = :iterations,
                            converged = :converged, best = :best, path = :path, sha256 = :sha256,
                            solver = :solver, learning_rate = :learningRate, protocol = :protocol,
                            vote_accuracy = :voteAccuracy
                        where probe_id = :probeId and network = :network and layer = :layer
                        """)
                .paramSource(probe)
                .update();
        if (updated == 0) {
            jdbc.sql(
                            """
                            insert into probe (probe_id, network, layer, l2, validation_accuracy, test_accuracy,
                                objective, iterations, converged, best, path, sha256, solver, learning_rate,
                                protocol, vote_accuracy)
                            values (:probeId, :network, :layer, :l2, :validationAccuracy, :testAccuracy,
                                :objective, :iterations, :converged, :best, :path, :sha256, :solver, :learningRate,
                                :protocol, :voteAccuracy)
                            """)
                    .paramSource(probe)
                    .update();
        }
    }

    /** The network's best layer by validation accuracy; of equals the first. */
    public static Probe best(List<Probe> probes, String network) {
        return probes.stream()
                .filter(probe -> probe.network().equals(network))
                .max(Comparator.comparingDouble(Probe::validationAccuracy)
                        .thenComparing(Comparator.comparingInt(Probe::layer).reversed()))
                .orElseThrow(() -> new IllegalStateException("no probe of the network " + network));
    }

    /** The layers that were tested, by network, then layer. */
    public List<TestedLayer> tested(long probeId) {
        return jdbc.sql(
                        """
                        select p.dataset, s.name as published, m.name as model, m.objective, p.network, p.layer, p.best, 100 * p.test_accuracy as accuracy,
                            100 * p.vote_accuracy as vote, p.iteration, p.iteration = m.iteration as last,
                            c.validation_nats as nats, d.test_rows as images, d.classes
                        from probe_by_layer p
                        join model_catalogue m on m.artifact = p.model
                        join lineage l on l.artifact = p.artifact and l.input_kind = 'FEATURES'
                        join feature_set f on f.features_id = l.input
                        join dataset_catalogue d on d.artifact = f.dataset_id
                        left join published_images s on s.dataset_id = f.dataset_id
                        left join checkpoint_history c on c.artifact = p.model and c.iteration = p.iteration
                        where p.artifact = ? and p.test_accuracy is not null
                        order by p.network, p.layer
                        """)
                .params(probeId)
                .query(TestedLayer.class)
                .list();
    }

    /** How many images its layers are tested on. */
    public long testImages(long probeId) {
        return jdbc.sql(
                        """
                        select coalesce(max(d.test_rows), 0) from artifact_input i
                        join feature_set f on f.features_id = i.input_id
                        join dataset d on d.dataset_id = f.dataset_id
                        where i.artifact_id = ?
                        """)
                .params(probeId)
                .query(Long.class)
                .single();
    }

    /** The newest complete probes of a checkpoint's features. */
    public Optional<Long> newest(long modelId, long iteration, String tap) {
        return jdbc.sql(
                        """
                        select max(p.artifact) from probe_by_layer p join artifact a on a.artifact_id = p.artifact
                        where p.model = ? and p.iteration = ? and p.tap = ? and a.completed_at is not null
                        """)
                .params(modelId, iteration, tap)
                .query(Long.class)
                .optional();
    }

    /** Of the checkpoint that was probed. */
    public OptionalLong iteration(long probeId) {
        return jdbc.sql("select min(iteration) from probe_by_layer where artifact = ?")
                .params(probeId)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** By network, then layer. */
    public List<Probe> of(long probeId) {
        return jdbc.sql("select * from probe where probe_id = ? order by network, layer")
                .params(probeId)
                .query(Probe.class)
                .list();
    }
}
