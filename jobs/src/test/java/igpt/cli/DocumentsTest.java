package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.bench.Bench;
import igpt.bench.BenchParameters;
import igpt.config.ConfigFolder;
import igpt.config.ParameterSchema;
import igpt.config.Settings;
import igpt.launch.JobCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there, and can be typed as they say. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern OUR_CLASS = Pattern.compile("(?!Xxx|Name)(?:[A-Z][a-z0-9]+){2,}");
    /** The database's files are called alike. */
    private static final Pattern OUR_PACKAGE = Pattern.compile("igpt(?!\\.(?:mv\\.db|id|backup\\.zip)$)(?:\\.[a-z]+)+");

    /** Those of others. */
    private static final Set<String> FOREIGN = Set.of("ExecutionContext");

    static List<Path> documents() throws IOException {
        var documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve(".github/CONTRIBUTING.md")));
        try (var folders = Files.list(ROOT)) {
            folders.map(folder -> folder.resolve("README.md"))
                    .filter(Files::isRegularFile)
                    .forEach(documents::add);
        }
        return documents;
    }

    @Test
    void theFirstPageIsReadInTwoMinutes() throws IOException {
        assertThat(Files.size(ROOT.resolve("README.md")))
                .as("bytes of README.md, which is read in two minutes: what does not fit goes into jobs/README.md")
                .isLessThanOrEqualTo(9 * 1024);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        for (var link : LINK.matcher(Files.readString(document)).results().toList()) {
            var target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
            assertThat(target).exists();
            if (link.group(2) != null) assertThat(anchors(target)).contains(link.group(2));
        }
    }

    /** As GitHub makes them of the headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyClassAndPackageThatIsNamedIsThere(Path document) throws IOException {
        var sources = sources();
        var classes = sources.stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        var packages = sources.stream()
                .map(file ->
                        file.toString().replaceFirst(".*/java/(.*)/[^/]*", "$1").replace('/', '.'))
                .collect(Collectors.toSet());
        for (var code : CODE.matcher(Files.readString(document)).results().toList()) {
            var name = code.group(1);
            if (OUR_PACKAGE.matcher(name).matches()) assertThat(packages).contains(name);
            if (OUR_CLASS.matcher(name).matches() && !FOREIGN.contains(name))
                assertThat(classes).contains(name);
        }
    }

    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        for (var module : List.of("schema", "steps", "jobs")) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandCanBeTyped(Path document) throws IOException {
        for (var words : commands(document)) {
            assertThat(ROOT.resolve("jobs/src/main/java/igpt/cli/%sCommand.java".formatted(capitalized(words.get(0)))))
                    .exists();
            var arguments = words.subList(1, words.size()).stream()
                    .filter(word -> !word.startsWith("-"))
                    .toList();
            switch (words.get(0)) {
                case "run" -> checkRun(arguments);
                case "bench" -> checkBench(arguments);
                case "jobs" -> arguments.forEach(JobCatalogue.standard()::named);
                default -> {
                    // numbers of runs, SQL
                }
            }
        }
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static void checkRun(List<String> arguments) {
        var job = JobCatalogue.standard().named(arguments.get(0));
        var given = Settings.parse(arguments.subList(1, arguments.size()));
        var preset = given.remove("preset");
        var parameters = preset == null
                ? Map.<String, String>of()
                : new ConfigFolder(ROOT.resolve("config")).preset(preset).parameters();
        job.parameters().resolve(parameters, given);
    }

    private static void checkBench(List<String> arguments) {
        boolean named = !arguments.isEmpty() && !arguments.get(0).contains("=");
        if (named) Bench.check(arguments.get(0));
        var given = Settings.parse(arguments.subList(named ? 1 : 0, arguments.size()));
        ParameterSchema.of(BenchParameters.class).resolve(Map.of(), given);
    }

    /** The words after {@code ./igpt}, without the comment at the line's end; placeholders are in capitals. */
    private static List<List<String>> commands(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.contains("./igpt ") && !line.contains("…\" "))
                .map(line -> line.replaceFirst(".*\\./igpt (--gpu )?", "").replaceFirst("\\s+#.*", ""))
                .map(line -> Stream.of(line.split(" "))
                        .filter(word -> !word.isBlank())
                        .toList())
                .filter(words -> words.get(0).matches("[a-z]+"))
                .toList();
    }
}
