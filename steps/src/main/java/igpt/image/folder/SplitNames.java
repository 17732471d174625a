package igpt.image.folder;

import igpt.image.Split;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How people call the folders of their splits: {@code train}, {@code Training}, {@code test_set}, {@code VAL} … */
final class SplitNames {
    private static final Map<Split, List<String>> WORDS = Map.of(
            Split.TRAIN, List.of("train", "training", "trn"),
            Split.VALIDATION, List.of("val", "valid", "validation", "validate", "dev", "development"),
            Split.TEST, List.of("test", "testing", "tst", "eval", "evaluation", "holdout"));

    private SplitNames() {}

    /** Null if the folder's name is that of no split. */
    static @Nullable Split of(String folder) {
        var word = folder.toLowerCase(Locale.ROOT)
                .replaceAll("[ ._-]", "")
                .replaceFirst("(?<=.)(sets?|data|dataset|images?|imgs?|split|folder)$", "");
        return WORDS.entrySet().stream()
                .filter(split -> split.getValue().contains(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
