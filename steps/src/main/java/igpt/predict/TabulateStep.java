package igpt.predict;

import static igpt.predict.ClassificationRecipe.CLASSIFICATION;

import igpt.image.decode.BrokenImageException;
import igpt.picture.Lettering;
import igpt.picture.Pictures;
import igpt.predict.MistakeSheet.Mistake;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.schema.Counts;
import igpt.schema.artifact.Artifact;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import igpt.schema.parquet.PredictionTable;
import igpt.schema.prediction.Classifications;
import igpt.schema.prediction.PredictionSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** All predictions as one table; where images have classes, what was mistaken for what, as a table and as pictures. */
@Component
public record TabulateStep(
        RunContext run,
        RunArtifacts artifacts,
        Showing showing,
        Classifications classifications,
        ProgressReporter progress)
        implements RunStep {
    public static final StepDescription TABULATE = new StepDescription(
            TabulateStep.class, "tabulate", "a CSV file; where images have classes: accuracy, confusion, mistakes");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var artifact = artifacts.get(CLASSIFICATION);
        boolean done = artifacts.isDone(artifact);
        var summary = classifications.summary(artifact.id()).orElse(new PredictionSummary(0, 0, null, null));
        var skipped = done ? "" : showing.end(artifact, summary.images());
        if (!done) {
            var files = write(artifact, summary);
            for (var file : files.entrySet()) {
                var path = artifacts.relative(artifacts.folder(artifact).resolve(file.getKey()));
                classifications.putFile(artifact.id(), file.getKey(), path, file.getValue());
            }
            artifacts.complete(artifact);
        }
        progress.say("%s: %s%s; %s: %s"
                .formatted(
                        artifact.name(),
                        Counts.of(summary.images(), "image"),
                        skipped,
                        summary.labelled() == 0 ? "none has a class that the classifier knows" : words(summary),
                        artifacts.folder(artifact)));
        return RepeatStatus.FINISHED;
    }

    /** {@code accuracy 83.00 ± 1.19 % of 1,000 images with a class}. */
    private static String words(PredictionSummary summary) {
        return String.format(
                Locale.ROOT,
                "accuracy %.2f ± %.2f %% of %s with a class",
                100 * Objects.requireNonNull(summary.accuracy()),
                100 * Objects.requireNonNull(summary.standardError()),
                Counts.of(summary.labelled(), "image"));
    }

    /** SHA-256 by name. */
    private Map<String, String> write(Artifact artifact, PredictionSummary summary) throws IOException {
        var written = new LinkedHashMap<String, String>();
        var folder = artifacts.folder(artifact);
        writePredictions(artifact, folder.resolve("predictions.csv"));
        written.put("predictions.csv", Checksums.sha256(folder.resolve("predictions.csv")));
        if (summary.labelled() == 0) {
            return written;
        }
        var model = model();
        var matrix = ConfusionMatrix.of(model.classes(), classifications.confusion(artifact.id()));
        AtomicFiles.write(folder.resolve("confusion.csv"), file -> Files.writeString(file, matrix.csv()));
        written.put("confusion.csv", Checksums.sha256(folder.resolve("confusion.csv")));
        if (!Lettering.isPossible()) {
            progress.say("this Java has no font: confusion.csv is not drawn, nor are the mistakes");
            return written;
        }
        var title = artifact.name() + ": " + words(summary);
        Pictures.write(ConfusionPicture.draw(matrix, title), folder.resolve("confusion.png"));
        written.put("confusion.png", Checksums.sha256(folder.resolve("confusion.png")));
        var mistakes = mistakes(artifact, model);
        if (!mistakes.isEmpty()) {
            Pictures.write(
                    MistakeSheet.draw(mistakes, artifact.name() + ": the most confident mistakes"),
                    folder.resolve("mistakes.png"));
            written.put("mistakes.png", Checksums.sha256(folder.resolve("mistakes.png")));
        }
        return written;
    }

    private ModelParts model() {
        return ClassifyResolver.parts(
                artifacts.get(ClassificationRecipe.classifier(run)),
                run.parameters(ClassifyParameters.class).layer(),
                showing.finder());
    }

    private void writePredictions(Artifact artifact, Path csv) throws IOException {
        AtomicFiles.write(csv, temporary -> {
            try (var out = Files.newBufferedWriter(temporary)) {
                boolean first = true;
                for (var part : classifications.parts(artifact.id())) {
                    var file = artifacts.resolve(part.path());
                    Checksums.verify(file, part.sha256());
                    for (var row : PredictionTable.read(file)) {
                        if (first) {
                            out.write(header(row.classes().size()));
                            first = false;
                        }
                        out.write(line(row));
                    }
                }
            }
        });
    }

    private static String header(int best) {
        var header = new StringBuilder("file,label,predicted,probability");
        for (int place = 2; place <= best; place++) {
            header.append(",predicted_%d,probability_%1$d".formatted(place));
        }
        return header.append('\n').toString();
    }

    private static String line(PredictionTable.Row row) {
        var line = new StringBuilder(Csv.cell(row.file())).append(',');
        line.append(row.label() == null ? "" : Csv.cell(row.label()));
        for (int i = 0; i < row.classes().size(); i++) {
            line.append(',').append(Csv.cell(row.classes().get(i)));
            line.append(',')
                    .append(String.format(
                            Locale.ROOT, "%.6f", row.probabilities().get(i)));
        }
        return line.append('\n').toString();
    }

    private List<Mistake> mistakes(Artifact artifact, ModelParts model) throws IOException {
        var p = run.parameters(ClassifyParameters.class);
        var mistakes = new ArrayList<Mistake>();
        try (var images = showing.images(model, p.data(), p.split())) {
            for (var one : classifications.mistakes(artifact.id(), MistakeSheet.MOST)) {
                try {
                    var picture = images.picture((int) one.image(), MistakeSheet.SIDE);
                    mistakes.add(new Mistake(
                            picture, Objects.requireNonNull(one.label()), one.predicted(), one.probability()));
                } catch (BrokenImageException gone) {
                    mistakes.add(
                            new Mistake(null, Objects.requireNonNull(one.label()), one.predicted(), one.probability()));
                }
            }
        }
        return mistakes;
    }
}
