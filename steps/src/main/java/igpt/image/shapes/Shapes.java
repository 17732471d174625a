package igpt.image.shapes;

import igpt.image.Fingerprint;
import igpt.image.ImageRef;
import igpt.image.ImageSource;
import igpt.image.SourceOptions;
import igpt.image.Split;
import igpt.image.decode.Crop;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Figures in ten classes of textures, drawn at any size from (seed, id) alone. Outline, place, size, colours and the
 * texture's phase are random and tell nothing of the class, so a linear classifier on pixels sees little; a model that
 * predicts the next pixel must find out the texture.
 */
public final class Shapes implements ImageSource {
    public static final String NAME = "shapes";

    private static final int VERSION = 1; // of the drawing: new pixels, new fingerprint
    private static final Texture[] TEXTURES = Texture.values();

    private final SourceOptions options;

    public Shapes(SourceOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> classes() {
        return Arrays.stream(TEXTURES).map(Shapes::name).toList();
    }

    private static String name(Texture texture) {
        return texture.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public List<ImageRef> images() {
        return new AbstractList<>() {
            @Override
            public ImageRef get(int id) {
                var texture = TEXTURES[id % TEXTURES.length];
                var split = id < options.trainImages() ? Split.TRAIN : Split.TEST;
                return new ImageRef(id, split, texture.ordinal(), name(texture) + "/" + id);
            }

            @Override
            public int size() {
                return Math.addExact(options.trainImages(), options.testImages());
            }
        };
    }

    /** A drawing has no edges to crop at: whatever the crop, it is the whole. */
    @Override
    public void read(ImageRef ref, Crop crop, byte[] rgb, int resolution) {
        new Drawing(TEXTURES[ref.label()], options.seed(), ref.id()).draw(rgb, resolution);
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
