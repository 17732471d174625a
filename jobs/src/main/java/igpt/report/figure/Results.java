package igpt.report.figure;

import igpt.finetune.ClassifierRecipe;
import igpt.probe.ProbeRecipe;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.classifier.Probes;
import igpt.schema.artifact.classifier.TestedLayer;
import igpt.schema.artifact.study.LowDataResults;
import igpt.schema.artifact.study.LowDataResults.FewLabels;
import igpt.schema.artifact.study.SweepTrial;
import igpt.schema.artifact.study.SweepTrials;
import igpt.study.LowDataRecipe;
import igpt.study.SweepRecipe;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run and its parts have found out. */
public record Results(
        List<Probed> probes, List<Classifiers.Tested> classifiers, List<FewLabels> fewLabels, List<SweepTrial> trials) {

    /** A model's layers, tested. */
    public record Probed(Artifact artifact, List<TestedLayer> layers) {

        /** Whether the model was trained to its end, and is no milestone. */
        public boolean isFinal() {
            return layers.stream().anyMatch(TestedLayer::last);
        }

        /** {@code nano AR}. */
        public String model() {
            return layers.get(0).model() + " " + layers.get(0).objective();
        }

        public List<TestedLayer> of(String network) {
            return layers.stream()
                    .filter(layer -> layer.network().equals(network))
                    .toList();
        }

        /** The best layer of the trained network on validation images. */
        public TestedLayer best() {
            return layers.stream()
                    .filter(TestedLayer::trained)
                    .filter(TestedLayer::best)
                    .findFirst()
                    .orElse(layers.get(0));
        }
    }

    /** @param artifacts those that are not complete have no results */
    public static Results of(JdbcClient jdbc, List<Artifact> artifacts) {
        var complete = artifacts.stream().filter(Artifact::complete).toList();
        return new Results(
                ProbeRecipe.PROBE.among(complete).stream()
                        .map(artifact -> new Probed(artifact, new Probes(jdbc).tested(artifact.id())))
                        .filter(probed -> !probed.layers().isEmpty())
                        .toList(),
                ClassifierRecipe.CLASSIFIER.among(complete).stream()
                        .map(artifact -> new Classifiers(jdbc).tested(artifact.id()))
                        .filter(tested -> tested.accuracy() != null)
                        .toList(),
                LowDataRecipe.LOW_DATA.among(complete).stream()
                        .flatMap(artifact -> new LowDataResults(jdbc).errors(artifact.id()).stream())
                        .toList(),
                SweepRecipe.SWEEP.among(complete).stream()
                        .flatMap(artifact -> new SweepTrials(jdbc).of(artifact.id()).stream())
                        .toList());
    }

    /** {@code nano BERT}. */
    static String model(Classifiers.Tested tested) {
        return tested.model() + " " + tested.objective().toUpperCase(Locale.ROOT);
    }
}
