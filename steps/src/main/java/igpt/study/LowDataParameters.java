package igpt.study;

import igpt.config.Parameter;
import igpt.config.UsageException;
import java.util.List;
import java.util.Set;

/** Parameters of {@code lowdata}, in addition to those of the probe: classifiers fitted to few labels (Table 4). */
public record LowDataParameters(
        @Parameter(help = "labelled images per class, each number in turn", defaultValue = "4,25,400") String labels,
        @Parameter(help = "random subsets of each size", defaultValue = "5", min = 1, max = 1000) int subsets,
        @Parameter(
                        help = "the layer whose features are used; -1: the probe's best by validation accuracy",
                        defaultValue = "-1",
                        min = -1)
                int layer) {

    public LowDataParameters {
        parse("labels", labels);
    }

    /** The numbers of {@link #labels}, in their order. */
    public List<Integer> labelCounts() {
        return parse("labels", labels);
    }

    static List<Integer> parse(String parameter, String text) {
        var numbers = List.of(text.split(","));
        if (!text.matches("[1-9]\\d{0,6}(,[1-9]\\d{0,6})*")
                || Set.copyOf(numbers).size() < numbers.size()) {
            throw new UsageException(
                    "parameter '%s' cannot be '%s': it must be whole numbers of at least 1, each once, with commas: 4,25,400"
                            .formatted(parameter, text));
        }
        return numbers.stream().map(Integer::valueOf).toList();
    }
}
