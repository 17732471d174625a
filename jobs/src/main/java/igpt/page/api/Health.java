package igpt.page.api;

import igpt.config.Project;
import igpt.page.RunReader;
import igpt.schema.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether runs can be launched and looked at. */
@RestController
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final long LEAST_BYTES = 1L << 30; // a few checkpoints

    private final RunReader reader;
    private final Project project;

    Health(RunReader reader, Project project) {
        this.reader = reader;
        this.project = project;
    }

    /**
     * @param status UP, or DOWN where a part is
     * @param parts why: UP, or what is wrong
     */
    record State(String status, Map<String, String> parts) {}

    @GetMapping("/health")
    @Says("Whether the database answers, the runs folder can be written to, and its disk has room. 503 if not.")
    ResponseEntity<State> health() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("database", part(() -> reader.read(database -> database.holder(0))));
        parts.put("runs_folder", part(() -> {
            if (Files.exists(project.runs()) && !Files.isWritable(project.runs())) {
                throw new IOException("cannot be written to");
            }
            return "";
        }));
        parts.put("disk", part(() -> {
            var there = project.runs();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            long free = Files.getFileStore(there).getUsableSpace();
            if (free < LEAST_BYTES) {
                throw new IOException("%,d MB are free".formatted(free >> 20));
            }
            return "";
        }));
        boolean up = parts.values().stream().allMatch("UP"::equals);
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new State(up ? "UP" : "DOWN", parts));
    }

    private interface Check {
        Object make() throws IOException;
    }

    private static String part(Check check) {
        try {
            check.make();
            return "UP";
        } catch (IOException | RuntimeException e) {
            LOG.warn("not healthy", e);
            return "DOWN: " + Reason.of(e);
        }
    }
}
