package igpt.predict;

import igpt.schema.prediction.Classifications.Confused;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many images of each class were taken for which.
 *
 * @param classes their names
 * @param counts [label][predicted]
 */
@SuppressWarnings("ArrayRecordComponent") // drawn: never compared
record ConfusionMatrix(List<String> classes, long[][] counts) {

    static ConfusionMatrix of(List<String> classes, List<Confused> pairs) {
        var places = new HashMap<String, Integer>();
        IntStream.range(0, classes.size()).forEach(place -> places.put(classes.get(place), place));
        var counts = new long[classes.size()][classes.size()];
        for (var pair : pairs) {
            int label = Objects.requireNonNull(places.get(pair.label()));
            int predicted = Objects.requireNonNull(places.get(pair.predicted()));
            counts[label][predicted] += pair.images();
        }
        return new ConfusionMatrix(List.copyOf(classes), counts);
    }

    /** Images of that class. */
    long images(int label) {
        return IntStream.range(0, classes.size())
                .mapToLong(predicted -> counts[label][predicted])
                .sum();
    }

    /** Those among them that were taken for another, and those of others that were taken for it. */
    private long mistakes(int label) {
        return IntStream.range(0, classes.size())
                .filter(other -> other != label)
                .mapToLong(other -> counts[label][other] + counts[other][label])
                .sum();
    }

    /** The classes that were mistaken most, in their order; the images of others are left out. */
    ConfusionMatrix mostConfused(int most) {
        var chosen = IntStream.range(0, classes.size())
                .boxed()
                .sorted((a, b) -> Long.compare(mistakes(b), mistakes(a)))
                .limit(most)
                .sorted()
                .toList();
        var some = new long[chosen.size()][chosen.size()];
        for (int label = 0; label < some.length; label++) {
            for (int predicted = 0; predicted < some.length; predicted++) {
                some[label][predicted] = counts[chosen.get(label)][chosen.get(predicted)];
            }
        }
        return new ConfusionMatrix(chosen.stream().map(classes::get).toList(), some);
    }

    /** A row a class, a column for what its images were taken for. */
    String csv() {
        var lines = new StringBuilder("label");
        classes.forEach(name -> lines.append(',').append(Csv.cell(name)));
        for (int label = 0; label < classes.size(); label++) {
            lines.append('\n').append(Csv.cell(classes.get(label))).append(',');
            lines.append(Arrays.stream(counts[label]).mapToObj(String::valueOf).collect(Collectors.joining(",")));
        }
        return lines.append('\n').toString();
    }
}
