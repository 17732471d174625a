package igpt.predict;

import igpt.image.LeftOut;
import igpt.picture.Pictures;
import igpt.recipe.Tokenizers;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Dataset;
import igpt.schema.dataset.DatasetPart;
import igpt.schema.dataset.Datasets;
import igpt.schema.file.Checksums;
import igpt.schema.parquet.TokenTable;
import igpt.tokenizer.Tokenizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The images of some splits of a dataset: they are tokens already. */
final class DatasetImages implements ShownImages {
    private final String name;
    private final Dataset dataset;
    private final Tokenizer tokenizer;
    private final List<DatasetPart> parts;
    private final Function<String, Path> files;
    private int opened = -1; // the part whose images are at hand
    private List<Image> atHand = List.of();

    /** @param files where a part's file lies */
    DatasetImages(
            Artifact artifact,
            Datasets datasets,
            Tokenizers tokenizers,
            List<String> splits,
            Function<String, Path> files) {
        name = artifact.name();
        dataset = datasets.get(artifact.id());
        tokenizer = tokenizers.of(artifact);
        parts = splits.stream()
                .flatMap(split -> datasets.parts(artifact.id(), split).stream())
                .toList();
        this.files = files;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String source() {
        return name;
    }

    @Override
    public int count() {
        return Math.toIntExact(parts.stream().mapToLong(DatasetPart::rows).sum());
    }

    @Override
    public List<String> classes() {
        return dataset.classes();
    }

    @Override
    public LeftOut leftOut() {
        return new LeftOut();
    }

    @Override
    public List<String> takeWarnings() {
        return List.of();
    }

    @Override
    public Block read(int from, int to, Predictor predictor) throws IOException {
        return new Block(rows(from, to), List.of());
    }

    private List<Image> rows(int from, int to) throws IOException {
        var rows = new ArrayList<Image>();
        int first = 0; // of the part
        for (int part = 0; part < parts.size() && first < to; part++) {
            int end = first + Math.toIntExact(parts.get(part).rows());
            if (end > from) {
                rows.addAll(open(part, first).subList(Math.max(0, from - first), Math.min(end, to) - first));
            }
            first = end;
        }
        return rows;
    }

    private List<Image> open(int part, int first) throws IOException {
        if (part != opened) {
            var rows = new ArrayList<Image>();
            var file = files.apply(parts.get(part).path());
            Checksums.verify(file, parts.get(part).sha256());
            try (var table = TokenTable.open(file)) {
                table.forEach((id, label, source, tokens) -> rows.add(new Image(
                        new Shown(first + rows.size(), tokens.clone()),
                        source,
                        label < 0 ? null : dataset.classes().get(label))));
            }
            atHand = rows;
            opened = part;
        }
        return atHand;
    }

    /** In the palette's colours, as it is all that is left of it. */
    @Override
    public BufferedImage picture(int place, int side) throws IOException {
        var tokens = rows(place, place + 1).get(0).shown().tokens();
        int[] wide = new int[tokens.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = Short.toUnsignedInt(tokens[i]);
        }
        int resolution = tokenizer.resolution();
        var picture = Pictures.of(tokenizer.decode(wide), resolution, resolution);
        return Pictures.enlarged(picture, Math.max(1, side / resolution));
    }

    @Override
    public void close() {}
}
