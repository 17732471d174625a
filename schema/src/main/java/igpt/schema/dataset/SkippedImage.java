package igpt.schema.dataset;

/** A broken image, left out by name. */
public record SkippedImage(long datasetId, String source, String reason) {
    private static final int LONGEST = 1000; // of the columns

    public SkippedImage {
        source = shortened(source);
        reason = shortened(reason);
    }

    /** As it is stored: of a very long text the middle is left out, for a number that tells it from others. */
    public static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int part = LONGEST / 2 - 20;
        return "%s … %08x … %s"
                .formatted(text.substring(0, part), text.hashCode(), text.substring(text.length() - part));
    }
}
