package igpt.schema.dataset;

import java.util.List;

/** What the splits of a dataset are called in its rows and files. */
public final class Splits {
    public static final String TRAIN = "train";
    public static final String VALIDATION = "validation";
    public static final String TEST = "test";

    /** In their order. */
    public static final List<String> ALL = List.of(TRAIN, VALIDATION, TEST);

    private Splits() {}
}
