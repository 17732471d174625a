package igpt.image.decode;

import org.jspecify.annotations.Nullable;

/**
 * How a picture's file becomes pixels, as far as the user chooses.
 *
 * @param dctScaling whether JPEGs much larger than what is read of them are decoded at a fraction of their size
 * @param exif whether a picture is turned upright as its camera says; null: all but ImageNet's, which the paper leaves as
 *     they lie
 * @param background what stands behind transparent pixels: 0xRRGGBB
 */
public record Decoding(boolean dctScaling, @Nullable Boolean exif, int background) {
    public static final int WHITE = 0xffffff;

    public static final Decoding DEFAULT = new Decoding(false, null, WHITE);

    public Decoding withDctScaling() {
        return new Decoding(true, exif, background);
    }

    public Decoding withExif(boolean other) {
        return new Decoding(dctScaling, other, background);
    }

    public Decoding withBackground(int other) {
        return new Decoding(dctScaling, exif, other);
    }

    /** For ImageNet's images or others, if the user left it open. */
    public boolean turns(boolean imageNet) {
        return exif == null ? !imageNet : exif;
    }

    /** As part of a fingerprint: whatever makes other pixels. */
    public String fingerprint(boolean imageNet) {
        return (dctScaling ? " dct scaling 1" : "")
                + (turns(imageNet) ? " exif 1" : "")
                + (background == WHITE ? "" : " background %06x".formatted(background));
    }
}
