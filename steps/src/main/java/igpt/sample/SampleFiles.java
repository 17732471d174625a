package igpt.sample;

import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.generate.ImageGenerator.Drawn;
import igpt.picture.Pictures;
import igpt.picture.Sheet;
import igpt.recipe.RunArtifacts;
import igpt.recipe.Tokenizers;
import igpt.schema.artifact.Artifact;
import igpt.schema.file.Checksums;
import igpt.schema.parquet.TokenRow;
import igpt.schema.parquet.TokenTable;
import igpt.schema.prediction.Samples;
import igpt.schema.prediction.Samples.Sample;
import igpt.schema.prediction.Samples.SampleFile;
import igpt.tokenizer.Tokenizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The files of drawn images: a table of tokens for each batch, a picture of each image, and the grid of all. */
@Component
record SampleFiles(RunArtifacts artifacts, Samples samples, Tokenizers tokenizers) {
    private static final String TOKENS = "tokens/%05d.parquet"; // by the place of its first image

    /** The tokens of the images that are there, by place; what is damaged is not there. */
    Map<Integer, int[]> tokens(Artifact artifact) throws IOException {
        Map<Integer, int[]> byPlace = new HashMap<>();
        for (SampleFile file : samples.files(artifact.id())) {
            Path path = artifacts.resolve(file.path());
            if (!file.name().equals(Samples.GRID) && Checksums.matches(path, file.sha256())) {
                try (TokenTable table = TokenTable.open(path)) {
                    table.forEach((place, label, source, tokens) -> byPlace.put((int) place, wide(tokens)));
                }
            }
        }
        return byPlace;
    }

    /** Writes a batch, then its rows. */
    void write(Artifact artifact, List<Prompt> batch, List<Drawn> drawn) throws IOException {
        List<TokenRow> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Prompt prompt = batch.get(i);
            String source = prompt.source() == null ? prompt.name() : prompt.source();
            rows.add(new TokenRow(
                    prompt.place(), prompt.label(), source, narrow(drawn.get(i).tokens())));
        }
        Tokenizer tokenizer = tokenizer();
        String name = TOKENS.formatted(batch.get(0).place());
        Path table = artifacts.folder(artifact).resolve(name);
        String sha256 = TokenTable.write(table, "drawn", Map.of(), rows.iterator(), rows.size())
                .sha256();
        List<Sample> pictures = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Prompt prompt = batch.get(i);
            Path png = artifacts.folder(artifact).resolve(prompt.name() + ".png");
            Pictures.write(picture(tokenizer, drawn.get(i).tokens()), png);
            pictures.add(new Sample(
                    artifact.id(),
                    prompt.place(),
                    prompt.source(),
                    prompt.completion(),
                    prompt.givenRows(),
                    drawn.get(i).nats(),
                    artifacts.relative(png),
                    Checksums.sha256(png)));
        }
        samples.put(new SampleFile(artifact.id(), name, artifacts.relative(table), sha256));
        pictures.forEach(samples::put);
    }

    /** Writes the pictures that are not there, or damaged, again. */
    void mend(Artifact artifact, Map<Integer, int[]> tokens) throws IOException {
        Tokenizer tokenizer = tokenizer();
        for (Sample sample : samples.of(artifact.id())) {
            Path png = artifacts.resolve(sample.path());
            if (!Checksums.matches(png, sample.sha256())) {
                Pictures.write(picture(tokenizer, tokens(tokens, sample.place())), png);
            }
        }
    }

    boolean isGridWhole(Artifact artifact) throws IOException {
        SampleFile grid = samples.file(artifact.id(), Samples.GRID).orElse(null);
        return grid != null && Checksums.matches(artifacts.resolve(grid.path()), grid.sha256());
    }

    /** Writes the picture of all, then its row: completions next to what they complete, and below them what was drawn whole. */
    void writeGrid(Artifact artifact, List<Prompt> all, Map<Integer, int[]> tokens) throws IOException {
        Tokenizer tokenizer = tokenizer();
        Sheet sheet = Sheet.of(tokenizer.resolution());
        List<BufferedImage> whole = new ArrayList<>();
        List<BufferedImage> row = new ArrayList<>();
        int columns = 0;
        for (Prompt prompt : all) {
            BufferedImage picture = picture(tokenizer, tokens(tokens, prompt.place()));
            if (prompt.original() == null) {
                whole.add(picture);
                continue;
            }
            if (prompt.completion() == 1) {
                if (!row.isEmpty()) {
                    sheet.row(row);
                }
                BufferedImage original = picture(tokenizer, prompt.original());
                row = new ArrayList<>(List.of(original, Pictures.shadedFrom(original, prompt.givenRows())));
            }
            row.add(picture);
            columns = row.size();
        }
        if (!row.isEmpty()) {
            sheet.row(row);
        }
        sheet.rows(whole, columns == 0 ? Sheet.columns(whole.size()) : columns);
        Path png = artifacts.folder(artifact).resolve(Samples.GRID + ".png");
        Pictures.write(sheet.draw(), png);
        samples.put(new SampleFile(artifact.id(), Samples.GRID, artifacts.relative(png), Checksums.sha256(png)));
    }

    private static int[] tokens(Map<Integer, int[]> byPlace, int place) {
        return Objects.requireNonNull(byPlace.get(place), () -> "no tokens of image " + place);
    }

    private Tokenizer tokenizer() {
        return tokenizers.of(artifacts.get(MODEL));
    }

    private static BufferedImage picture(Tokenizer tokenizer, int[] tokens) {
        return Pictures.of(tokenizer.decode(tokens), tokenizer.resolution(), tokenizer.resolution());
    }

    private static short[] narrow(int[] tokens) {
        short[] narrow = new short[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            narrow[i] = (short) tokens[i];
        }
        return narrow;
    }

    static int[] wide(short[] tokens) {
        int[] wide = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            wide[i] = Short.toUnsignedInt(tokens[i]);
        }
        return wide;
    }
}
