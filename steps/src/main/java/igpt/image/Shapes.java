package igpt.image;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Ten classes of figures, drawn at any size from (seed, id) alone. Place, size and colours are random and tell nothing of
 * the class, so a linear classifier on pixels sees little; edges and textures tell it.
 */
final class Shapes implements ImageSource {
    static final String NAME = "shapes";

    private static final int VERSION = 1; // of the drawing: new pixels, new fingerprint
    private static final Figure[] FIGURES = Figure.values();

    private final SourceOptions options;

    Shapes(SourceOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> classes() {
        return Arrays.stream(FIGURES).map(Shapes::name).toList();
    }

    private static String name(Figure figure) {
        return figure.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public List<ImageRef> images() {
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                var figure = FIGURES[id % FIGURES.length];
                var split = id < options.trainImages() ? Split.TRAIN : Split.TEST;
                return new ImageRef(id, split, figure.ordinal(), name(figure) + "/" + id);
            }

            @Override
            public int size() {
                return Math.addExact(options.trainImages(), options.testImages());
            }
        };
    }

    @Override
    public void read(ImageRef ref, byte[] rgb, int resolution) {
        new Drawing(FIGURES[ref.label()], options.seed(), ref.id()).draw(rgb, resolution);
    }

    @Override
    public String fingerprint() {
        var fingerprint = new Fingerprint("shapes " + VERSION);
        fingerprint.add(options.seed() + " " + options.trainImages() + " " + options.testImages());
        return fingerprint.sha256();
    }

    @Override
    public void close() {}
}
