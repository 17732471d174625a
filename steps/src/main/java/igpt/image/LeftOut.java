package igpt.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a source holds besides its images. It is left out, and told. */
public final class LeftOut {
    private static final int NAMED = 8; // kinds of files in one line

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<String, Integer> noClasses = new TreeMap<>();

    /**
     * What may have been an image.
     *
     * @param source its relative path
     */
    public record Skipped(String source, String reason) {}

    public void count(String kind) {
        count(kind, 1);
    }

    public void count(String kind, int files) {
        if (files > 0) {
            counts.merge(kind, files, Integer::sum);
        }
    }

    public void skip(String source, String reason) {
        skipped.add(new Skipped(source, reason));
    }

    /** @param files in the folder, none of them an image that can be read */
    public void noClass(String folder, int files) {
        noClasses.put(folder, files);
    }

    /** Number of files by what they are: {@code files in @eaDir}, {@code HEIC files}. */
    public Map<String, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** Each with its reason. */
    public List<Skipped> skipped() {
        return Collections.unmodifiableList(skipped);
    }

    /** Number of files by the folder that would have been a class, had one of them been an image. */
    public Map<String, Integer> noClasses() {
        return Collections.unmodifiableMap(noClasses);
    }

    /** {@code 60 files in @eaDir, 20 HEIC files}; empty if nothing is left out. */
    public static String words(Map<String, ? extends Number> counts) {
        var most = counts.entrySet().stream()
                .sorted((a, b) ->
                        Long.compare(b.getValue().longValue(), a.getValue().longValue()))
                .toList();
        long rest = most.stream()
                .skip(NAMED)
                .mapToLong(kind -> kind.getValue().longValue())
                .sum();
        var named = most.stream()
                .limit(NAMED)
                .map(kind -> words(kind.getValue().longValue(), kind.getKey()))
                .collect(Collectors.joining(", "));
        return rest == 0 ? named : named + ", " + words(rest, "more files");
    }

    private static String words(long count, String kind) {
        return "%,d %s".formatted(count, count == 1 ? kind.replaceFirst("\\b(file|image)s\\b", "$1") : kind);
    }
}
