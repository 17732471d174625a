package igpt.recipe;

import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import igpt.tokenizer.Grid;
import igpt.tokenizer.PaletteTokenizer;
import igpt.tokenizer.Tokenizer;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Opens the tokenizer that a dataset was made with. Every dataset's is a palette so far. */
@Component
public record Tokenizers(RunArtifacts artifacts, Datasets datasets) {
    /** A palette's file, in its dataset's folder. */
    public static final String PALETTE = "palette.npy";

    public Tokenizer of(Artifact dataset) {
        Dataset row = datasets.get(dataset.id());
        return PaletteTokenizer.read(artifacts.resolve(row.palettePath()), row.resolution());
    }

    /** That of a dataset that is being made: it has no row yet. */
    public Tokenizer of(Path folder, int resolution) {
        return PaletteTokenizer.read(folder.resolve(PALETTE), resolution);
    }

    /** Where the tokens of a dataset's pictures stand; no file is read. */
    public static Grid grid(Dataset dataset) {
        return PaletteTokenizer.grid(dataset.resolution());
    }
}
