package igpt.steps.quantize;

import igpt.config.PrepareParameters;
import igpt.image.ImageRef;
import igpt.image.PixelFile;
import igpt.image.SplitPlan;
import igpt.palette.ColourTable;
import igpt.palette.Palette;
import igpt.schema.Artifact;
import igpt.schema.Checksums;
import igpt.schema.DatasetPart;
import igpt.schema.Datasets;
import igpt.schema.parquet.TokenRow;
import igpt.schema.parquet.TokenTable;
import igpt.schema.parquet.Written;
import igpt.steps.run.Images;
import igpt.steps.run.ProgressReporter;
import igpt.steps.run.RunContext;
import igpt.steps.run.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Writes the tokens of one part at each call. Which parts are there, their rows tell. */
final class QuantizeTasklet implements Tasklet {
    private final RunContext run;
    private final Images images;
    private final Work work;
    private final Datasets datasets;
    private final ProgressReporter progress;
    private @Nullable ColourTable table;

    QuantizeTasklet(RunContext run, Images images, Work work, Datasets datasets, ProgressReporter progress) {
        this.run = run;
        this.images = images;
        this.work = work;
        this.datasets = datasets;
        this.progress = progress;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) throws Exception {
        Artifact dataset = work.dataset();
        if (dataset.complete()) {
            return RepeatStatus.FINISHED;
        }
        Set<String> there = new HashSet<>();
        for (String split : List.of("train", "validation", "test")) {
            datasets.parts(dataset.id(), split).forEach(part -> there.add(split + part.part()));
        }
        List<SplitPlan.Part> left = images.plan().parts().stream()
                .filter(part -> !there.contains(part.split() + part.number()))
                .toList();
        if (left.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        SplitPlan.Part part = left.get(0);
        try (ProgressReporter.Meter meter =
                progress.begin("quantize", there.size(), images.plan().parts().size(), "parts")) {
            datasets.addPart(write(dataset, part));
            meter.add(1);
        }
        contribution.incrementWriteCount(1);
        return RepeatStatus.continueIf(left.size() > 1);
    }

    private DatasetPart write(Artifact dataset, SplitPlan.Part part) throws IOException {
        PrepareParameters parameters = run.parameters(PrepareParameters.class);
        Path folder = work.folder(dataset);
        List<TokenRow> rows = new ArrayList<>();
        int positions = parameters.resolution() * parameters.resolution();
        Path pixels = Images.pixels(folder, part);
        PixelFile.read(pixels, parameters.resolution(), (place, rgb) -> {
            ImageRef image = images.row(place);
            short[] tokens = new short[positions];
            table(folder).quantize(rgb, 0, tokens, 0, positions);
            rows.add(new TokenRow(image.id(), image.label(), image.source(), tokens));
        });
        Path file = folder.resolve(part.name() + ".parquet");
        Written written = TokenTable.write(file, part.split(), footer(parameters, part), rows.iterator(), rows.size());
        return new DatasetPart(
                dataset.id(), part.split(), part.number(), work.relative(file), written.rows(), written.sha256());
    }

    private Map<String, String> footer(PrepareParameters parameters, SplitPlan.Part part) throws IOException {
        Map<String, String> footer = new HashMap<>();
        footer.put("igpt.source", images.source().name());
        footer.put("igpt.resolution", String.valueOf(parameters.resolution()));
        footer.put("igpt.colours", String.valueOf(parameters.colours()));
        footer.put(
                "igpt.palette_sha256",
                Checksums.sha256(work.folder(work.dataset()).resolve("palette.npy")));
        footer.put("igpt.part", part.name());
        return footer;
    }

    private ColourTable table(Path folder) {
        if (table == null) {
            table = new ColourTable(Palette.readNpy(folder.resolve("palette.npy")));
        }
        return table;
    }
}
