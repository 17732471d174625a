package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive that {@code mvn package} makes, unpacked and run with each Java that this machine has. */
class DistributionIT {
    private static final Path JAVAS = Path.of("/usr/lib/jvm"); // Debian's place
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    @TempDir
    private static Path place;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        var archive = System.getProperty("igpt.archive");
        var said = end(new ProcessBuilder("tar", "-xzf", archive, "-C", place.toString()), "");
        assertThat(said).isEmpty();
        home = place.resolve(Path.of(archive).getFileName().toString().replace(".tar.gz", ""));
    }

    /** This process's own, and the newest of each version from 17 on. */
    static Iterable<Path> javas() throws IOException {
        var javas = new TreeMap<Integer, Path>();
        if (Files.isDirectory(JAVAS)) {
            try (var folders = Files.list(JAVAS)) {
                for (var folder : folders.sorted().toList()) {
                    var release = folder.resolve("release");
                    if (!Files.isExecutable(folder.resolve("bin/java")) || !Files.exists(release)) continue;
                    var version = VERSION.matcher(Files.readString(release));
                    if (version.find()) javas.put(Integer.parseInt(version.group(1)), folder);
                }
            }
        }
        javas.put(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        return new ArrayList<>(javas.tailMap(17).values());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void itNeedsNothingButAJava(Path java) throws Exception {
        assertThat(igpt(java, "jobs")).contains("reproduce");
        var ran = igpt(java, "run", "prepare", "images=20", "resolution=4", "colours=4", "--again");
        assertThat(ran).contains("prepare completed").doesNotContainIgnoringCase("warning");
        assertThat(igpt(java, "runs", "--limit", "1")).contains("COMPLETED").doesNotContainIgnoringCase("warning");
        assertThat(igpt(java, "report", "1", "--html", "page.html", "--figures", "figures"))
                .contains("kB", "lineage")
                .doesNotContainIgnoringCase("warning");
        assertThat(place.resolve("page.html")).isNotEmptyFile();
        assertThat(home.resolve("runs/igpt.mv.db")).exists();
        try (var kept = Files.list(place.resolve("cache").resolve(home.getFileName()))) {
            assertThat(kept.filter(file -> file.toString().endsWith(".jsa"))
                            .map(file -> file.toFile().length()))
                    .isNotEmpty()
                    .allMatch(length -> length > 0);
        }
    }

    /** The program that jobs/README.md shows, with the archive's jars and nothing else. */
    @Test
    void theDocumentedProgramUsesAModel() throws Exception {
        var java = Path.of(System.getProperty("java.home"));
        igpt(
                java,
                "run",
                "reproduce",
                "images=40",
                "resolution=4",
                "colours=4",
                "batch=8",
                "iterations=4",
                "untrained=false",
                "pixels=false");
        igpt(java, "run", "export", "to=" + place.resolve("model"));
        var picture = place.resolve("picture.png");
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        var shown = Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(Path.of("README.md")));
        assertThat(shown.find()).isTrue();
        var source = Files.writeString(place.resolve("Example.java"), shown.group(1));
        var said = end(
                new ProcessBuilder(
                        java.resolve("bin/java").toString(),
                        "-cp",
                        home.resolve("igpt.jar") + ":" + home.resolve("lib") + "/*",
                        source.toString(),
                        place.resolve("model").toString(),
                        picture.toString()),
                java.toString());
        assertThat(said.lines())
                .anyMatch(line -> line.matches("64 features, of layer [0-4]"))
                .anyMatch(line -> line.matches("[a-z ]+ 0\\.\\d+"))
                .anyMatch(line -> line.startsWith("Provenance[model=nano, run="))
                .noneMatch(line -> line.contains("DEBUG"));
    }

    private static String igpt(Path java, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(home.resolve("igpt").toString()));
        command.addAll(List.of(arguments));
        return end(new ProcessBuilder(command), java.toString());
    }

    private static String end(ProcessBuilder builder, String java) throws IOException, InterruptedException {
        var environment =
                builder.directory(place.toFile()).redirectErrorStream(true).environment();
        environment.keySet().removeIf(name -> name.startsWith("IGPT_") || name.endsWith("XLA_FLAGS"));
        environment.put("JAVA_HOME", java);
        environment.put("XDG_CACHE_HOME", place.resolve("cache").toString());
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
