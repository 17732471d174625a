package igpt.page.view;

import igpt.config.Project;
import igpt.config.UsageException;
import igpt.page.RunReader;
import igpt.recipe.RunContext;
import igpt.schema.run.RunHistory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/** Files of runs: what lies in their folders, and nothing that a link there leads to elsewhere. */
@RestController
final class FilesController {
    private static final String PLACE = "/files/";
    private static final Pattern RUN = Pattern.compile("\\d+-[a-z]+");
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    /** What a browser may show; it saves the rest. */
    private static final Map<String, MediaType> SHOWN =
            Map.of("png", MediaType.IMAGE_PNG, "txt", TEXT, "json", TEXT, "csv", TEXT, "yml", TEXT, "md", TEXT);

    private final RunReader reader;
    private final Project project;

    FilesController(RunReader reader, Project project) {
        this.reader = reader;
        this.project = project;
    }

    @GetMapping(PLACE + "**")
    ResponseEntity<Resource> file(HttpServletRequest request) {
        var path =
                UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8).substring(PLACE.length());
        return send(inside(path));
    }

    @GetMapping(RunController.PATH + "/log")
    ResponseEntity<Resource> log(@PathVariable("run") long run) {
        var newest = reader.read(database -> new RunHistory(database)
                .run(run)
                .orElseThrow(() -> UsageException.noRun(run))
                .newest());
        return send(inside(RunContext.folder(project.runs(), run, newest.job()).getFileName() + "/log.txt"));
    }

    /** The file that is meant, if it truly lies in a run's folder. */
    private Path inside(String path) {
        try {
            var asked = Path.of(path).normalize();
            if (asked.isAbsolute()
                    || asked.getNameCount() < 2
                    || !RUN.matcher(asked.getName(0).toString()).matches()) {
                throw nothing();
            }
            var runs = project.runs().toRealPath();
            var file = runs.resolve(asked).toRealPath();
            if (!file.startsWith(runs.resolve(asked.getName(0))) || !Files.isRegularFile(file)) {
                throw nothing();
            }
            return file;
        } catch (IOException | InvalidPathException e) {
            throw nothing();
        }
    }

    private static ResponseStatusException nothing() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private static ResponseEntity<Resource> send(Path file) {
        var name = String.valueOf(file.getFileName());
        var type = SHOWN.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        var answer = ResponseEntity.ok().cacheControl(CacheControl.noCache());
        if (type == null) {
            var saved = ContentDisposition.attachment()
                    .filename(name, StandardCharsets.UTF_8)
                    .build();
            answer.header("Content-Disposition", saved.toString());
        }
        return answer.contentType(type == null ? MediaType.APPLICATION_OCTET_STREAM : type)
                .body(new FileSystemResource(file));
    }
}
