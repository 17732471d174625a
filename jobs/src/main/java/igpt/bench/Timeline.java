package igpt.bench;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.StepStats;

/**
 * When what was done: TensorFlow's operations by device, and what the program did meanwhile. It is written in
 * Chromium's trace event format, which ui.perfetto.dev and chrome://tracing draw.
 */
final class Timeline {
    private final Path file;
    private final Map<String, List<Span>> places = new TreeMap<>();

    /** Microseconds, the first since 1970. */
    private record Span(String name, long from, long duration) {}

    /** @throws UserException if the file cannot be written, before anything is measured */
    Timeline(Path file) {
        this.file = file;
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : file.getParent())) {
            throw new UserException(
                    "cannot write the timeline to %s; give a file in a folder that is there".formatted(file));
        }
        if (!isReplaceable(file)) {
            throw new UserException("%s is there already, and no timeline; give another file".formatted(file));
        }
    }

    private static boolean isReplaceable(Path file) {
        try (var in = Files.newInputStream(file)) {
            int first = in.read();
            return first < 0 || first == '[';
        } catch (IOException absent) {
            return true;
        }
    }

    /** Does some work of the program itself, and notes when. */
    void record(String name, Samples.Work work) throws Exception {
        long from = now();
        work.run();
        add("igpt", new Span(name, from, now() - from));
    }

    /** What TensorFlow did in a run. */
    void add(StepStats stats) {
        stats.getDevStatsList().forEach(device -> device.getNodeStatsList()
                .forEach(node -> add(
                        device.getDevice(),
                        new Span(node.getNodeName(), node.getAllStartMicros(), node.getAllEndRelMicros()))));
    }

    private void add(String place, Span span) {
        places.computeIfAbsent(place, unused -> new ArrayList<>()).add(span);
    }

    /** By TensorFlow's clock. */
    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    void write() throws IOException {
        var events = new ArrayList<String>();
        int number = 0;
        for (var place : places.entrySet()) {
            number++;
            events.add("{\"ph\": \"M\", \"pid\": %d, \"name\": \"process_name\", \"args\": {\"name\": \"%s\"}}"
                    .formatted(number, place.getKey()));
            addInLanes(place.getValue(), number, events);
        }
        Files.writeString(file, "[\n" + String.join(",\n", events) + "\n]\n");
    }

    /** What happens at the same time lies in lanes below each other: TensorFlow does not tell the threads. */
    private static void addInLanes(List<Span> spans, int place, List<String> events) {
        spans.sort(Comparator.comparingLong(Span::from));
        var ends = new ArrayList<Long>(); // of the last in each lane
        for (var span : spans) {
            int lane = 0;
            while (lane < ends.size() && ends.get(lane) > span.from) {
                lane++;
            }
            if (lane == ends.size()) {
                ends.add(0L);
            }
            ends.set(lane, span.from + span.duration);
            events.add("{\"ph\": \"X\", \"pid\": %d, \"tid\": %d, \"name\": \"%s\", \"ts\": %d, \"dur\": %d}"
                    .formatted(place, lane, span.name, span.from, span.duration));
        }
    }
}
