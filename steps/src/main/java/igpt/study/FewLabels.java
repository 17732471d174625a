package igpt.study;

import igpt.config.UsageException;
import igpt.image.ImageSource;
import igpt.prepare.PrepareParameters;
import igpt.schema.Counts;
import igpt.schema.dataset.ClassRows;
import igpt.schema.dataset.Splits;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Whether every class has the labels that its random subsets take: said before the days of work that lead there. */
public final class FewLabels {
    private FewLabels() {}

    /**
     * @param parameter that {@code labels} are the value of
     * @param classes rows of each; empty if they are not known
     */
    public static void check(String parameter, List<Integer> labels, List<ClassRows> classes) {
        if (classes.isEmpty()) {
            return;
        }
        var least = Collections.min(classes, Comparator.comparingLong(FewLabels::pool));
        int most = Collections.max(labels);
        if (most > pool(least)) {
            throw new UsageException("parameter '%s' cannot be %d: class %s has only %s to train on or validate"
                    .formatted(parameter, most, least.name(), Counts.of(pool(least), "image")));
        }
    }

    /** What they are drawn from. */
    private static long pool(ClassRows rows) {
        return rows.train() + rows.validation();
    }

    /** What a dataset will have if no image of it is broken. */
    public static List<ClassRows> planned(PrepareParameters parameters, ImageSource source) {
        var images = source.images();
        var plan = parameters.plan(images);
        var classes = source.classes();
        long[][] rows = new long[3][classes.size()];
        for (var part : plan.parts()) {
            int split = Splits.ALL.indexOf(part.split());
            for (int place : part.places()) {
                int label = images.get(plan.image(place)).label();
                if (label >= 0) {
                    rows[split][label]++;
                }
            }
        }
        return IntStream.range(0, classes.size())
                .mapToObj(label ->
                        new ClassRows(label, classes.get(label), rows[0][label], rows[1][label], rows[2][label]))
                .toList();
    }
}
