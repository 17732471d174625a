package igpt.probe;

import static igpt.recipe.Measurement.ACCURACY;

import igpt.recipe.Measurement;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.TestedLayer;
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
        best(best.get(), "");
        layers.stream()
                .filter(layer -> layer.network().equals(ProbedLayers.CONCAT))
                .forEach(layer -> best(layer, " layers side by side"));
        layers.forEach(this::byLayer);
        double drop = best.get().accuracy() - trained.get(trained.size() - 1).accuracy();
        number("figure 2", best.get(), name(best.get()) + " last layer below the best", "points", drop);
    }

    /** Tables 1 and 2, Figure 4. */
    private void best(TestedLayer layer, String what) {
        var row = layer.dataset() + " " + layer.model() + " probe " + layer.objective() + what;
        var table = "imagenet".equals(layer.published()) ? "table 2" : "table 1";
        if (layer.objective().equals("AR")) {
            accuracy(table, layer, row, layer.accuracy());
        }
        accuracy("figure 4", layer, row, layer.accuracy());
        if (layer.vote() != null) {
            accuracy("figure 4", layer, row + " by vote", layer.vote());
        }
    }

    private void byLayer(TestedLayer layer) {
        var what = layer.trained() ? "" : " " + layer.network();
        accuracy("figure 2", layer, name(layer) + what + " layer " + layer.layer(), layer.accuracy());
    }

    /** Figure 3: the validation loss of a checkpoint, and what its best layer is worth. */
    private void milestone(TestedLayer best) {
        var row = name(best) + " iteration " + best.iteration();
        if (best.nats() != null) {
            number("figure 3", best, row, "validation nats", best.nats());
        }
        accuracy("figure 3", best, row, best.accuracy());
    }

    private static String name(TestedLayer layer) {
        return layer.dataset() + " " + layer.model() + " " + layer.objective();
    }

    private void accuracy(String table, TestedLayer of, String row, double percent) {
        all.add(new Measurement(table, of.published(), row, ACCURACY, percent, of.images(), probe.run()));
    }

    /** No share of images. */
    private void number(String table, TestedLayer of, String row, String metric, double value) {
        all.add(new Measurement(table, of.published(), row, metric, value, null, probe.run()));
    }
}
