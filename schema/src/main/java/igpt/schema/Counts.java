package igpt.schema;

/** How many there are, in words: one image, two images. */
public final class Counts {
    private Counts() {}

    /**
     * {@code 1 image}, {@code 1,000 images}, {@code 2 classes}.
     *
     * @param one of them; its last word is what there are several of: {@code test image}
     */
    public static String of(long count, String one) {
        return "%,d %s".formatted(count, count == 1 ? one : several(one));
    }

    private static String several(String one) {
        return one + (one.matches(".*(s|x|sh|tch)") ? "es" : "s");
    }
}
