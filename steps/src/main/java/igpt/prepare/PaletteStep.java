package igpt.prepare;

import static igpt.prepare.DatasetRecipe.DATASET;

import igpt.image.PixelFile;
import igpt.image.SplitPlan;
import igpt.palette.ColourHistogram;
import igpt.palette.KMeans;
import igpt.palette.Palette;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.RunStep;
import igpt.recipe.StepDescription;
import igpt.recipe.Tokenizers;
import igpt.schema.UserException;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Splits;
import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.util.Objects;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Fits the colours to every pixel of the training images (section 3.2), or takes the palette given. */
@Component
public record PaletteStep(
        RunContext run, Images images, GivenPalette givenPalette, RunArtifacts artifacts, ProgressReporter progress)
        implements RunStep {
    public static final StepDescription PALETTE = new StepDescription(
            PaletteStep.class, "palette", "fit the colours to all training pixels, or take the given palette");

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        var dataset = artifacts.get(DATASET);
        if (dataset.complete()) {
            return RepeatStatus.FINISHED;
        }
        var parameters = run.parameters(PrepareParameters.class);
        Palette palette = parameters.palette().isEmpty() ? fit(dataset, parameters) : given(parameters);
        AtomicFiles.write(artifacts.folder(dataset).resolve(Tokenizers.PALETTE), palette::writeNpy);
        return RepeatStatus.FINISHED;
    }

    private Palette given(PrepareParameters parameters) throws IOException {
        var file = givenPalette.file(parameters.palette(), run.runs());
        if (!Checksums.matches(
                file,
                Objects.requireNonNull(run.inputs().get(Input.Images.class).palette()))) {
            throw new UserException("palette %s has changed since this run began; start a new run".formatted(file));
        }
        return Palette.readNpy(file);
    }

    private Palette fit(Artifact dataset, PrepareParameters parameters) throws Exception {
        int pixels = parameters.resolution() * parameters.resolution();
        var histogram = new ColourHistogram();
        try (var meter = progress.begin("palette", 0, images.plan().count(Splits.TRAIN), "images")) {
            for (var part : images.plan().parts()) {
                if (part.split().equals(Splits.TRAIN)) {
                    add(histogram, dataset, part, parameters.resolution(), pixels);
                    meter.add(part.places().length);
                    run.checkStop();
                }
            }
        }
        return KMeans.fit(histogram, parameters.colours(), parameters.seed());
    }

    private void add(ColourHistogram histogram, Artifact dataset, SplitPlan.Part part, int resolution, int pixels)
            throws IOException {
        var file = Images.pixels(artifacts.folder(dataset), part);
        PixelFile.read(file, resolution, (place, rgb) -> histogram.add(rgb, 0, pixels));
    }
}
