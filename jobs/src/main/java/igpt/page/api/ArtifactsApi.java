package igpt.page.api;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.page.RunReader;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.db.Database;
import igpt.schema.run.Lineage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was made, and its files: of those only what lies in the artifact's own folder, and that in the runs folder. */
@RestController
@RequestMapping("/api/v1/artifacts")
final class ArtifactsApi {
    private static final String ARTIFACT = "/{artifact:\\d{1,18}}";
    private static final List<String> SHOWN = List.of("image/png", "text/plain", "text/csv", "application/json");

    private final RunReader reader;
    private final Path runs;

    ArtifactsApi(RunReader reader, Project project) {
        this.reader = reader;
        this.runs = project.runs();
    }

    record ArtifactList(List<ArtifactView> artifacts, @Nullable Long before) {}

    /** @param inputs what it was made from */
    record ArtifactDetails(ArtifactView artifact, List<ArtifactView> inputs, List<FileView> files) {}

    /** @param path within the artifact */
    record FileView(String path, long bytes) {}

    @GetMapping
    @Says("What was made, the newest first.")
    ArtifactList artifacts(
            @Says("DATASET, MODEL, PROBE …") @RequestParam(value = "kind", required = false) @Nullable String kind,
            @RequestParam(value = "run", required = false) @Nullable Long run,
            @Says("The next page: what the page before says.")
                    @RequestParam(value = "before", required = false)
                    @Nullable
                    Long before,
            @RequestParam(value = "limit", defaultValue = "50") int limit) {
        ListLimit.check(limit);
        var found = reader.read(database ->
                new Artifacts(database.jdbc()).newest(kind, run, before == null ? Long.MAX_VALUE : before, limit));
        return new ArtifactList(
                found.stream().map(ArtifactView::of).toList(),
                found.size() < limit ? null : found.get(limit - 1).id());
    }

    @GetMapping(ARTIFACT)
    @Says("An artifact, what it was made from, and its files.")
    ArtifactDetails artifact(@PathVariable("artifact") long id) {
        return reader.read(database -> {
            var artifact = find(id, database);
            var inputs = Lineage.of(database.jdbc(), List.of(artifact)).edges().stream()
                    .filter(edge -> edge.made() == id)
                    .map(edge -> ArtifactView.of(new Artifacts(database.jdbc()).get(edge.input())))
                    .toList();
            return new ArtifactDetails(ArtifactView.of(artifact), inputs, files(artifact));
        });
    }

    @GetMapping(ARTIFACT + "/files/{*path}")
    @Says("A file of an artifact.")
    ResponseEntity<Resource> file(@PathVariable("artifact") long id, @PathVariable("path") String path) {
        var artifact = reader.read(database -> find(id, database));
        var file = inside(artifact, path.substring(1));
        var type =
                MediaTypeFactory.getMediaType(file.getFileName().toString()).orElse(MediaType.APPLICATION_OCTET_STREAM);
        boolean shown = SHOWN.contains(type.toString());
        var disposition = ContentDisposition.builder(shown ? "inline" : "attachment")
                .filename(file.getFileName().toString(), StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .contentType(shown ? type : MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .body(new FileSystemResource(file));
    }

    /** @throws UsageException if there is no such file, wherever links or dots lead */
    private Path inside(Artifact artifact, String path) {
        try {
            var folder = runs.resolve(artifact.path()).toRealPath();
            var file = folder.resolve(path).toRealPath();
            if (folder.startsWith(runs.toRealPath()) && file.startsWith(folder) && Files.isRegularFile(file)) {
                return file;
            }
        } catch (IOException | InvalidPathException none) {
            // The same as outside.
        }
        throw new UsageException("there is no file '%s' of artifact %d".formatted(path, artifact.id()));
    }

    /** None of what lies elsewhere. */
    private List<FileView> files(Artifact artifact) {
        try {
            var folder = runs.resolve(artifact.path()).toRealPath();
            if (!folder.startsWith(runs.toRealPath()) || folder.equals(runs.toRealPath())) {
                return List.of();
            }
            try (var all = Files.walk(folder)) {
                return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .sorted()
                        .map(file -> new FileView(folder.relativize(file).toString(), size(file)))
                        .collect(Collectors.toList());
            }
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Artifact find(long id, Database database) {
        return new Artifacts(database.jdbc())
                .find(id)
                .orElseThrow(
                        () -> new UsageException("there is no artifact " + id + ": GET /api/v1/artifacts lists them"));
    }
}
