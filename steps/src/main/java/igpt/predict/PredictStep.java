package igpt.predict;

import static igpt.predict.ClassificationRecipe.CLASSIFICATION;

import igpt.image.LeftOut;
import igpt.model.Precision;
import igpt.predict.ImageClassifier.Answer;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.schema.artifact.Artifact;
import igpt.schema.parquet.PredictionTable;
import igpt.schema.parquet.PredictionTable.Row;
import igpt.schema.prediction.Classification;
import igpt.schema.prediction.Classifications;
import igpt.schema.prediction.Prediction;
import igpt.schema.prediction.PredictionPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Classifies one part's images at each call. */
@Component
public record PredictStep(
        RunContext run,
        RunArtifacts artifacts,
        Showing showing,
        Classifications classifications,
        ProgressReporter progress,
        TransactionOperations atOnce,
        StepResource<Opened> opened)
        implements RunStep {
    public static final StepDescription PREDICT =
            new StepDescription(PredictStep.class, "predict", "the likeliest classes of each image; Parquet parts");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        if (artifacts.find(CLASSIFICATION).filter(Artifact::complete).isPresent()) {
            return RepeatStatus.FINISHED;
        }
        var p = run.parameters(ClassifyParameters.class);
        var open = opened.get(this::open);
        var artifact = artifacts.begin(CLASSIFICATION, Showing.name(open.images()));
        var there = classifications.parts(artifact.id());
        int count = open.images().count();
        int next = Showing.next(
                count, p.partRows(), there.stream().map(PredictionPart::part).collect(Collectors.toSet()));
        if (there.isEmpty()) {
            describe(artifact, open);
        }
        if (next == Showing.parts(count, p.partRows())) {
            return RepeatStatus.FINISHED;
        }
        int from = next * p.partRows();
        int to = Math.min(count, from + p.partRows());
        contribution.incrementWriteCount(predict(artifact, open, next, from, to));
        showing.report().sayWarnings(open.images().takeWarnings());
        return RepeatStatus.CONTINUABLE;
    }

    private Opened open() throws IOException {
        var p = run.parameters(ClassifyParameters.class);
        return showing.open(model(), p.data(), p.split(), p.featureBatch(), Precision.FLOAT32);
    }

    private ModelParts model() {
        var classifier = artifacts.get(ClassificationRecipe.classifier(run));
        return ClassifyResolver.parts(
                classifier, run.parameters(ClassifyParameters.class).layer(), showing.finder());
    }

    private void describe(Artifact artifact, Opened open) {
        var classifier = artifacts.get(ClassificationRecipe.classifier(run));
        var finder = showing.finder();
        boolean tuned = run.inputs().find(Input.Classifier.class).isPresent();
        var row = tuned
                ? new Classification(
                        artifact.id(),
                        classifier.id(),
                        finder.tuned(classifier).modelId(),
                        finder.tuned(classifier).iteration(),
                        finder.tuned(classifier).layer(),
                        open.images().source(),
                        open.model().classes().size())
                : new Classification(
                        artifact.id(),
                        classifier.id(),
                        finder.probed(classifier).modelId(),
                        finder.probed(classifier).iteration(),
                        Objects.requireNonNull(open.model().probe()).layer(),
                        open.images().source(),
                        open.model().classes().size());
        atOnce.executeWithoutResult(now -> classifications.put(row));
        showing.report().begin(artifact, open.images().leftOut());
        sayUnknown(open);
    }

    private void sayUnknown(Opened open) {
        var known = new KnownLabels(open.model().classes());
        var unknown = open.images().classes().stream()
                .filter(name -> known.of(name) == null)
                .toList();
        if (!unknown.isEmpty()) {
            progress.say("%s: no class of the classifier; images of %s do not count"
                    .formatted(some(unknown), unknown.size() == 1 ? "it" : "them"));
        }
    }

    private static String some(List<String> names) {
        int many = 8;
        return names.size() <= many
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, many)) + " and %,d more".formatted(names.size() - many);
    }

    /** The images that were classified. */
    private int predict(Artifact artifact, Opened open, int part, int from, int to) throws Exception {
        var classifier = open.model().classifier(open.predictor());
        ShownImages.Block block;
        List<Answer> answers;
        try (var meter = progress.begin("predict", from, open.images().count(), "images")) {
            block = open.images().read(from, to, open.predictor());
            meter.add(block.broken().size());
            var shown = block.images().stream().map(ShownImages.Image::shown).toList();
            var done = new int[1];
            answers = classifier.classify(shown, images -> {
                done[0] += images; // a BERT's under each of its masks
                meter.set(from + block.broken().size() + done[0] / classifier.masks());
                run.checkStop();
            });
        }
        var known = new KnownLabels(classifier.classes());
        var rows = new ArrayList<Row>();
        var predictions = new ArrayList<Prediction>();
        for (int i = 0; i < answers.size(); i++) {
            var image = block.images().get(i);
            var label = known.of(image.label());
            var row = row(image, label, answers.get(i), classifier.classes());
            rows.add(row);
            var predicted = row.classes().get(0);
            predictions.add(new Prediction(
                    row.id(),
                    row.file(),
                    row.label(),
                    predicted,
                    row.probabilities().get(0),
                    label == null ? null : label.equals(predicted)));
        }
        write(artifact, part, from, to, rows, predictions, block.broken());
        return rows.size();
    }

    /** @param known its label as the classifier calls it; null where it does not know it */
    private static Row row(ShownImages.Image image, @Nullable String known, Answer answer, List<String> classes) {
        var best = answer.best(ImageClassifier.BEST);
        return new Row(
                image.shown().row(),
                image.file(),
                known == null ? image.label() : known,
                best.stream().map(classes::get).toList(),
                best.stream().map(label -> answer.probabilities()[label]).toList());
    }

    private void write(
            Artifact artifact,
            int part,
            int from,
            int to,
            List<Row> rows,
            List<Prediction> predictions,
            List<LeftOut.Skipped> broken)
            throws IOException {
        var file = artifacts.folder(artifact).resolve("part-%05d.parquet".formatted(part));
        var footer =
                Map.of("igpt.classifier", ClassificationRecipe.classifier(run).fingerprint());
        var written = PredictionTable.write(file, footer, rows);
        classifications.add(
                new PredictionPart(artifact.id(), part, artifacts.relative(file), written.rows(), written.sha256()),
                from,
                to,
                predictions);
        showing.report().skip(artifact, broken);
    }
}
