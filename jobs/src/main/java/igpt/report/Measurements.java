package igpt.report;

import igpt.schema.artifact.Artifact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run and its children measured, read from the views. */
final class Measurements {
    private static final String ACCURACY = "accuracy";

    private final JdbcClient jdbc;
    private final List<Measured> all = new ArrayList<>();

    private Measurements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param artifacts of the run and its children */
    static List<Measured> of(JdbcClient jdbc, List<Artifact> artifacts) {
        var measurements = new Measurements(jdbc);
        for (var artifact : measurements.milestonesInOrder(artifacts)) {
            switch (artifact.kind()) {
                case PROBE -> measurements.probe(artifact);
                case CLASSIFIER -> measurements.classifier(artifact);
                case LOWDATA -> measurements.lowData(artifact);
                case DATASET, MODEL, FEATURES, SWEEP -> {}
            }
        }
        return measurements.all;
    }

    /** Others stay where they are, behind them. */
    private List<Artifact> milestonesInOrder(List<Artifact> artifacts) {
        var iterations = new HashMap<Long, Long>();
        for (var artifact : artifacts) {
            jdbc.sql("select min(iteration) from probe_by_layer where artifact = ?")
                    .params(artifact.id())
                    .query(Long.class)
                    .optional()
                    .ifPresent(iteration -> iterations.put(artifact.id(), iteration));
        }
        return artifacts.stream()
                .sorted(Comparator.comparingLong(artifact -> iterations.getOrDefault(artifact.id(), Long.MAX_VALUE)))
                .toList();
    }

    /**
     * @param accuracy per cent of the test images; vote the same, of several masks
     * @param last whether its model was trained to its end, and this is no milestone
     */
    private record Layer(
            String dataset,
            String model,
            String objective,
            String network,
            int layer,
            boolean best,
            double accuracy,
            @Nullable Double vote,
            long iteration,
            boolean last,
            @Nullable Double nats) {
        Layer {
            objective = objective.toUpperCase(Locale.ROOT);
        }

        boolean trained() {
            return network.equals("trained");
        }

        String name() {
            return dataset + " " + model + " " + objective;
        }

        String key(String experiment) {
            return Measurements.key(experiment, dataset, objective);
        }
    }

    private void probe(Artifact probe) {
        var layers = jdbc.sql(
                        """
                        select p.dataset, m.name as model, m.objective, p.network, p.layer, p.best, 100 * p.test_accuracy as accuracy,
                            100 * p.vote_accuracy as vote, p.iteration, p.iteration = m.iteration as last,
                            c.validation_nats as nats
                        from probe_by_layer p
                        join model_catalogue m on m.artifact = p.model
                        left join checkpoint_history c on c.artifact = p.model and c.iteration = p.iteration
                        where p.artifact = ? and p.test_accuracy is not null
                        order by p.network, p.layer
                        """)
                .params(probe.id())
                .query(Layer.class)
                .list();
        var trained = layers.stream().filter(Layer::trained).toList();
        var best = trained.stream().filter(Layer::best).findFirst();
        best.filter(layer -> layer.objective().equals("AR")).ifPresent(layer -> milestone(layer, probe));
        if (best.isEmpty() || !best.get().last()) return;
        best(best.get(), "probe", "", probe);
        layers.stream()
                .filter(layer -> layer.network().equals("concat"))
                .forEach(layer -> best(layer, "concat", " layers side by side", probe));
        layers.forEach(layer -> byLayer(layer, probe));
        double drop = best.get().accuracy() - trained.get(trained.size() - 1).accuracy();
        add(
                "figure 2",
                best.get().key("last"),
                best.get().name() + " last layer below the best",
                "points",
                drop,
                probe);
    }

    /** Tables 1 and 2, Figure 4. */
    private void best(Layer layer, String experiment, String what, Artifact probe) {
        var row = layer.dataset() + " " + layer.model() + " probe " + layer.objective() + what;
        var table = source(layer.dataset()).equals("imagenet") ? "table 2" : "table 1";
        if (layer.objective().equals("AR")) {
            add(table, layer.key(experiment), row, ACCURACY, layer.accuracy(), probe);
        }
        add("figure 4", layer.key(experiment), row, ACCURACY, layer.accuracy(), probe);
        if (layer.vote() != null) {
            add("figure 4", layer.key(experiment) + "/vote", row + " by vote", ACCURACY, layer.vote(), probe);
        }
    }

    private void byLayer(Layer layer, Artifact probe) {
        var what = layer.trained() ? "" : " " + layer.network();
        var row = layer.name() + what + " layer " + layer.layer();
        add("figure 2", layer.key(layer.network() + layer.layer()), row, ACCURACY, layer.accuracy(), probe);
    }

    /** Figure 3: the validation loss of a checkpoint, and what its best layer is worth. */
    private void milestone(Layer best, Artifact probe) {
        var row = best.name() + " iteration " + best.iteration();
        if (best.nats() != null) add("figure 3", best.key("nats"), row, "validation nats", best.nats(), probe);
        add("figure 3", best.key("milestone"), row, ACCURACY, best.accuracy(), probe);
    }

    private record Classifier(
            String dataset,
            String model,
            String objective,
            String start,
            String loss,
            @Nullable Double accuracy,
            @Nullable Double vote) {}

    /** Table 3, Figure 4. */
    private void classifier(Artifact classifier) {
        var of = jdbc.sql(
                        """
                        select c.dataset, m.name as model, c.objective, c.start, c.loss,
                            100 * c.test_accuracy as accuracy, 100 * c.vote_accuracy as vote
                        from classifier_results c join model_catalogue m on m.artifact = c.model
                        where c.artifact = ?
                        """)
                .params(classifier.id())
                .query(Classifier.class)
                .single();
        boolean random = of.start().equals("random");
        var objective = of.objective().toUpperCase(Locale.ROOT);
        var key = key(random ? "scratch" : "finetune", of.dataset(), objective);
        var row = of.dataset() + " " + of.model() + " fine-tune " + objective + (random ? " from random weights" : "")
                + (of.loss().equals("joint") ? "" : " without the generative loss");
        for (var table : new String[] {"table 3", "figure 4"}) {
            if (of.accuracy() != null) add(table, key, row, ACCURACY, of.accuracy(), classifier);
            if (of.vote() != null) add(table, key + "/vote", row + " by vote", ACCURACY, of.vote(), classifier);
        }
    }

    private record Few(String dataset, String model, int labels, int classes, double error, @Nullable Double sd) {}

    /** Table 4. */
    private void lowData(Artifact lowData) {
        var all = jdbc.sql(
                        """
                        select d.name as dataset, m.name as model, s.labels, d.classes, 100 * s.error as error,
                            100 * s.error_sd as sd
                        from lowdata_summary s
                        join lineage l on l.artifact = s.artifact and l.input_kind in ('FEATURES', 'PROBE')
                        join feature_set f on f.features_id = l.input
                        join dataset_catalogue d on d.artifact = f.dataset_id
                        join model_catalogue m on m.artifact = f.model_id
                        where s.artifact = ? order by s.labels
                        """)
                .params(lowData.id())
                .query(Few.class)
                .list();
        for (var few : all) {
            var key = "lowdata/" + source(few.dataset()) + "/" + few.labels();
            var row = "%s %s %d labels".formatted(few.dataset(), few.model(), few.labels() * few.classes());
            add("table 4", key, row, "error", few.error(), lowData);
            if (few.sd() != null) add("table 4", key, row, "sd", few.sd(), lowData);
        }
    }

    private void add(String table, String key, String row, String metric, double value, Artifact from) {
        all.add(new Measured(table, key, row, metric, value, from.run()));
    }

    private static String key(String experiment, String dataset, String objective) {
        return experiment + "/" + source(dataset) + "/" + objective.toLowerCase(Locale.ROOT);
    }

    /** The images that a dataset's name says it is of: stl10-fold3 are stl10. */
    private static String source(String dataset) {
        return dataset.toLowerCase(Locale.ROOT).replaceFirst("-.*", "");
    }
}
