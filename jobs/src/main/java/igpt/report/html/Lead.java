package igpt.report.html;

import igpt.prepare.DatasetRecipe;
import igpt.report.OurModel;
import igpt.report.Report;
import igpt.report.figure.Results;
import igpt.report.figure.Results.Probed;
import igpt.report.figure.Words;
import igpt.report.html.Page.KeyNumber;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.classifier.Classifiers;
import igpt.schema.artifact.classifier.TestedLayer;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a reader of a run's page wants to know first. */
record Lead(JdbcClient jdbc, Report report, Results results, List<Artifact> artifacts) {

    List<String> paragraphs() {
        var paragraphs = new ArrayList<String>();
        finals().forEach(probed -> paragraphs.add(said(probed)));
        if (!results.classifiers().isEmpty()) {
            paragraphs.add(results.classifiers().stream().map(Lead::said).collect(Collectors.joining(" ")));
        }
        if (artifacts.stream().noneMatch(Artifact::complete)) {
            paragraphs.add("This run has no results yet. What it has done so far is below.");
        }
        DatasetRecipe.DATASET.among(artifacts).stream()
                .filter(Artifact::complete)
                .map(dataset -> said(dataset, new Datasets(jdbc).get(dataset.id())))
                .forEach(paragraphs::add);
        if (!report.models().isEmpty()) {
            paragraphs.add(report.models().stream().map(Lead::said).distinct().collect(Collectors.joining(" "))
                    + " The paper's iGPT-L has %,d parameters and reads sequences of 1,024 tokens in 512 colours."
                            .formatted(OurModel.IGPT_L_WEIGHTS));
        }
        return paragraphs;
    }

    private static String said(Artifact artifact, Dataset dataset) {
        return "The dataset %s has %s to train on, %,d to validate and %,d to test%s, of %d × %d pixels in %,d colours."
                .formatted(
                        artifact.name(),
                        Counts.of(dataset.trainRows(), "image"),
                        dataset.validationRows(),
                        dataset.testRows(),
                        dataset.classes().isEmpty()
                                ? ""
                                : ", in " + Counts.of(dataset.classes().size(), "class"),
                        dataset.resolution(),
                        dataset.resolution(),
                        dataset.colours());
    }

    private static String said(OurModel model) {
        return "%s %s has %,d parameters and reads an image as a sequence of %,d tokens in %,d colours."
                .formatted(
                        model.name(),
                        model.objective().toUpperCase(Locale.ROOT),
                        model.weights(),
                        model.positions(),
                        model.colours());
    }

    private static String said(Classifiers.Tested tested) {
        return "%s %s, %s, names the right class for %s %% of %s of %s."
                .formatted(
                        tested.model(),
                        tested.objective().toUpperCase(Locale.ROOT),
                        tested.start().equals("random") ? "trained from random weights" : "fine-tuned",
                        Words.accuracy(percent(tested), tested.images()),
                        Counts.of(tested.images(), "test image"),
                        tested.dataset());
    }

    private static double percent(Classifiers.Tested tested) {
        return Objects.requireNonNullElse(
                tested.vote(), Objects.requireNonNull(tested.accuracy(), "only tested ones are results"));
    }

    private Stream<Probed> finals() {
        return results.probes().stream().filter(Probed::isFinal);
    }

    private static String said(Probed probed) {
        var best = probed.best();
        var sentence =
                new StringBuilder("A linear classifier on layer %d of %s names the right class for %s %% of %s of %s."
                        .formatted(
                                best.layer(),
                                probed.model(),
                                Words.accuracy(best.accuracy(), best.images()),
                                best.images(),
                                best.dataset()));
        probed.of("untrained").stream()
                .filter(TestedLayer::best)
                .findFirst()
                .ifPresent(layer -> sentence.append(" On layer %d of the untrained network it is %s %%."
                        .formatted(layer.layer(), Words.accuracy(layer.accuracy(), layer.images()))));
        probed.of("pixels").stream()
                .findFirst()
                .ifPresent(layer -> sentence.append(
                        " On raw pixels it is %s %%.".formatted(Words.accuracy(layer.accuracy(), layer.images()))));
        return sentence.toString();
    }

    List<KeyNumber> numbers() {
        var numbers = new ArrayList<KeyNumber>();
        finals().forEach(probed -> {
            var best = probed.best();
            numbers.add(new KeyNumber(
                    Words.accuracy(best.accuracy(), best.images()) + " %",
                    "linear probe, %s, layer %d; %s"
                            .formatted(probed.model(), best.layer(), Counts.of(best.images(), "test image"))));
        });
        results.classifiers().stream()
                .filter(tested -> !tested.start().equals("random"))
                .forEach(tested -> numbers.add(new KeyNumber(
                        Words.accuracy(percent(tested), tested.images()) + " %",
                        "fine-tuned, %s %s; %s"
                                .formatted(
                                        tested.model(),
                                        tested.objective().toUpperCase(Locale.ROOT),
                                        Counts.of(tested.images(), "test image")))));
        for (var artifact : artifacts) {
            new Metrics(jdbc)
                    .newest(artifact.id()).stream()
                            .filter(metric -> metric.name().equals("final_validation_nats"))
                            .forEach(metric -> numbers.add(new KeyNumber(
                                    String.format(Locale.ROOT, "%.4f nats", metric.value()),
                                    "validation loss a pixel, %s of run %d"
                                            .formatted(artifact.name(), artifact.run()))));
        }
        return numbers;
    }
}
