package igpt.prepare;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.image.PixelFile;
import igpt.image.SplitPlan;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.StepResource;
import igpt.recipe.Tokenizers;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.DatasetPart;
import igpt.schema.dataset.Datasets;
import igpt.schema.dataset.Splits;
import igpt.schema.file.Checksums;
import igpt.schema.parquet.TokenRow;
import igpt.schema.parquet.TokenTable;
import igpt.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Writes the tokens of one part at each call. Which parts are there, their rows tell at the first. */
@Component
public record QuantizeStep(
        RunContext run,
        Images images,
        RunArtifacts artifacts,
        Datasets datasets,
        Tokenizers tokenizers,
        ProgressReporter progress,
        StepResource<Todo> todo)
        implements RunStep {
    public static final StepDescription QUANTIZE = new StepDescription(
            QuantizeStep.class, "quantize", "each pixel becomes the number of its nearest colour; Parquet parts");

    /**
     * What there is to do.
     *
     * @param left the next first; those done are taken out
     * @param paletteHash SHA-256 of its file
     */
    record Todo(Deque<SplitPlan.Part> left, Tokenizer tokenizer, String paletteHash) {}

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var dataset = artifacts.get(DATASET);
        if (dataset.complete()) {
            return RepeatStatus.FINISHED;
        }
        var now = todo.get(() -> begin(dataset));
        var part = now.left().poll();
        if (part == null) {
            return RepeatStatus.FINISHED;
        }
        int all = images.plan().parts().size();
        int done = all - now.left().size() - 1;
        try (var meter = progress.begin("quantize", done, all, "parts")) {
            datasets.addPart(write(dataset, part, now));
            meter.add(1);
        }
        contribution.incrementWriteCount(1);
        return RepeatStatus.continueIf(!now.left().isEmpty());
    }

    private Todo begin(Artifact dataset) throws IOException {
        var there = new HashSet<String>();
        for (var split : Splits.ALL) {
            datasets.parts(dataset.id(), split).forEach(part -> there.add(split + part.part()));
        }
        var left = new ArrayDeque<SplitPlan.Part>(images.plan().parts());
        left.removeIf(part -> there.contains(part.split() + part.number()));
        var folder = artifacts.folder(dataset);
        int resolution = run.parameters(PrepareParameters.class).resolution();
        return new Todo(left, tokenizers.of(folder, resolution), Checksums.sha256(folder.resolve(Tokenizers.PALETTE)));
    }

    private DatasetPart write(Artifact dataset, SplitPlan.Part part, Todo now) throws IOException {
        var parameters = run.parameters(PrepareParameters.class);
        var folder = artifacts.folder(dataset);
        var rows = new ArrayList<TokenRow>();
        var pixels = Images.pixels(folder, part);
        PixelFile.read(pixels, parameters.resolution(), (place, rgb) -> {
            var image = images.row(place);
            short[] tokens = now.tokenizer().encode(rgb);
            rows.add(new TokenRow(image.id(), image.label(), image.source(), tokens));
        });
        var file = folder.resolve(part.name() + ".parquet");
        var footer = footer(parameters, part, now.paletteHash());
        var written = TokenTable.write(file, part.split(), footer, rows.iterator(), rows.size());
        return new DatasetPart(
                dataset.id(), part.split(), part.number(), artifacts.relative(file), written.rows(), written.sha256());
    }

    private Map<String, String> footer(PrepareParameters parameters, SplitPlan.Part part, String paletteHash) {
        return Map.of(
                "igpt.source", images.source().name(),
                "igpt.resolution", String.valueOf(parameters.resolution()),
                "igpt.colours", String.valueOf(parameters.colours()),
                "igpt.palette_sha256", paletteHash,
                "igpt.part", part.name());
    }
}
