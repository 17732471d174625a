package igpt.recipe;

import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.Datasets;
import igpt.tokenizer.Grid;
import igpt.tokenizer.PaletteTokenizer;
import igpt.tokenizer.Tokenizer;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Opens the tokenizer that a dataset was made with, or a model knows. So far each has a palette. */
@Component
public record Tokenizers(RunArtifacts artifacts, Datasets datasets) {
    /** The palette's file in the folder of what it belongs to. */
    public static final String PALETTE = "palette.npy";

    /** @param artifact a dataset, or a model, imported or not */
    public Tokenizer of(Artifact artifact) {
        var vocabulary = datasets.vocabulary(artifact.id());
        return PaletteTokenizer.read(artifacts.resolve(vocabulary.palettePath()), vocabulary.resolution());
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
