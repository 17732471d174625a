package igpt.finetune;

import java.util.List;

/**
 * One of the two trainings there can be: the first finds the best iteration on validation images; the second, if asked
 * for, trains again on these too and ends there.
 */
enum Plan {
    TUNE(List.of("train")),
    REFIT(List.of("train", "validation"));

    private final List<String> splits;

    Plan(List<String> splits) {
        this.splits = splits;
    }

    String[] splits() {
        return splits.toArray(String[]::new);
    }

    boolean folded() {
        return this == REFIT;
    }
}
