package igpt.recipe;

import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import igpt.tokenizer.Grid;
import igpt.tokenizer.PaletteTokenizer;
import igpt.tokenizer.Tokenizer;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Opens the tokenizer that a dataset was made with. So far every dataset has a palette. */
@Component
public record Tokenizers(RunArtifacts artifacts, Datasets datasets) {
    /** The palette's file in the dataset's folder. */
    public static final String PALETTE = "palette.npy";

    public Tokenizer of(Artifact dataset) {
        Dataset row = datasets.get(dataset.id());
        return PaletteTokenizer.read(artifacts.resolve(row.palettePath()), row.resolution());
    }

    /** The tokenizer of a dataset that is being made, and has no row yet. */
    public Tokenizer of(Path folder, int resolution) {
        return PaletteTokenizer.read(folder.resolve(PALETTE), resolution);
    }

    /** How the tokens of a dataset's images are arranged. Reads no file. */
    public static Grid grid(Dataset dataset) {
        return PaletteTokenizer.grid(dataset.resolution());
    }
}
