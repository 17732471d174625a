package igpt.probe;

import static igpt.recipe.Measurement.ACCURACY;

import igpt.recipe.Measurement;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.TestedLayer;
import java.util.ArrayList;
import java.util.List;

/** What the layers of a model are worth: Tables 1 and 2, Figures 2 to 4. */
final class ProbeMeasurements {
    private final Artifact probe;
    private final List<Measurement> all = new ArrayList<>();

    private ProbeMeasurements(Artifact probe) {
        this.probe = probe;
    }

    static List<Measurement> of(Artifact probe, List<TestedLayer> layers) {
        var measurements = new ProbeMeasurements(probe);
        measurements.add(layers);
        return measurements.all;
    }

    private void add(List<TestedLayer> layers) {
        var trained = layers.stream().filter(TestedLayer::trained).toList();
        var best = trained.stream().filter(TestedLayer::best).findFirst();
        best.filter(layer -> layer.objective().equals("AR")).ifPresent(this::milestone);
        if (best.isEmpty() || !best.get().last()) {
            return;
        }
        best(best.get(), "probe", "");
        layers.stream()
                .filter(layer -> layer.network().equals(ProbedLayers.CONCAT))
                .forEach(layer -> best(layer, "concat", " layers side by side"));
        layers.forEach(this::byLayer);
        double drop = best.get().accuracy() - trained.get(trained.size() - 1).accuracy();
        add("figure 2", key(best.get(), "last"), name(best.get()) + " last layer below the best", "points", drop);
    }

    /** Tables 1 and 2, Figure 4. */
    private void best(TestedLayer layer, String experiment, String what) {
        var row = layer.dataset() + " " + layer.model() + " probe " + layer.objective() + what;
        var table = Measurement.source(layer.dataset()).equals("imagenet") ? "table 2" : "table 1";
        if (layer.objective().equals("AR")) {
            add(table, key(layer, experiment), row, ACCURACY, layer.accuracy());
        }
        add("figure 4", key(layer, experiment), row, ACCURACY, layer.accuracy());
        if (layer.vote() != null) {
            add("figure 4", key(layer, experiment) + "/vote", row + " by vote", ACCURACY, layer.vote());
        }
    }

    private void byLayer(TestedLayer layer) {
        var what = layer.trained() ? "" : " " + layer.network();
        var row = name(layer) + what + " layer " + layer.layer();
        add("figure 2", key(layer, layer.network() + layer.layer()), row, ACCURACY, layer.accuracy());
    }

    /** Figure 3: the validation loss of a checkpoint, and what its best layer is worth. */
    private void milestone(TestedLayer best) {
        var row = name(best) + " iteration " + best.iteration();
        if (best.nats() != null) {
            add("figure 3", key(best, "nats"), row, "validation nats", best.nats());
        }
        add("figure 3", key(best, "milestone"), row, ACCURACY, best.accuracy());
    }

    private static String name(TestedLayer layer) {
        return layer.dataset() + " " + layer.model() + " " + layer.objective();
    }

    private static String key(TestedLayer layer, String experiment) {
        return Measurement.key(experiment, layer.dataset(), layer.objective());
    }

    private void add(String table, String key, String row, String metric, double value) {
        all.add(new Measurement(table, key, row, metric, value, probe.run()));
    }
}
