package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts {@code igpt} in a folder of their own, with a Java and a Maven that only tell what they were asked. */
class LauncherScriptTest {
    private static final String JAVA =
            """
            #!/bin/sh
            case "$*" in
                -version) echo 'openjdk version "'"${STUB_JAVA:-17.0.15}"'"' >&2 ;;
                *" prime "*) for word; do last=$word; done; echo primed >>"$STUB_HOME/primed"; echo classes >"$last" ;;
                *) for word; do last=$word; done; echo "java ran $last, libraries ${LD_LIBRARY_PATH:-none}"
                    echo "$LC_ALL, $*" ;;
            esac
            case "$*" in
                *-jar*)
                    while [ -e "$STUB_HOME/$last-goes-on" ]; do sleep 0.1; done ;;
            esac
            """;

    private static final String MAVEN =
            """
            #!/bin/sh
            case "$*" in
                *-v*) echo "Apache Maven ${STUB_MAVEN:-3.8.7}"; exit ;;
            esac
            echo built >>"$STUB_HOME/builds"
            [ -z "$STUB_FAILS" ] || exit 1
            while [ -e "$STUB_HOME/build-goes-on" ]; do sleep 0.1; done
            case "$*" in
                *-Pgpu*) target=$STUB_HOME/jobs/target/gpu ;;
                *) target=$STUB_HOME/jobs/target ;;
            esac
            mkdir -p "$target/lib"
            touch "$target/igpt.jar" "$target/lib/other.jar"
            """;

    private static final String START = "jobs/src/main/dist/bin/igpt";

    @TempDir
    private Path home;

    @BeforeEach
    void aProject() throws IOException {
        copy("igpt");
        copy(START);
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String module : List.of("schema", "steps", "jobs")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.writeString(home.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(home.resolve(module).resolve("src/main/A.java"), "class A {}");
        }
        Files.createDirectories(home.resolve("bin"));
        program("java", JAVA);
        program("javac", "#!/bin/sh\n");
        program("mvn", MAVEN);
    }

    @Test
    void itBuildsOnceAndThenOnlyWhatHasChanged() throws Exception {
        assertThat(run("runs").output()).contains("igpt: building").contains("java ran runs");
        assertThat(run("runs").output()).doesNotContain("building").contains("java ran runs");
        assertThat(builds()).isEqualTo(1);
        changeASource();
        assertThat(run("runs").output()).contains("igpt: building");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aBuildIsNotReplacedWhileAProcessRunsIt() throws Exception {
        run("runs");
        var goesOn = Files.createFile(home.resolve("prepare-goes-on"));
        var running = start("run prepare");
        assertThat(running.inputReader().readLine()).contains("java ran prepare");
        changeASource();
        assertThat(run("runs").output())
                .doesNotContain("building")
                .contains("igpt: the sources have changed, but another process runs the last build: using that")
                .contains("java ran runs");
        Files.delete(goesOn);
        end(running);
        assertThat(run("runs").output()).contains("igpt: building");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void whoComesWhileAnotherBuildsWaitsAndFindsItBuilt() throws Exception {
        var goesOn = Files.createFile(home.resolve("build-goes-on"));
        var building = start("runs");
        assertThat(building.inputReader().readLine()).contains("igpt: building");
        var waiting = start("show");
        assertThat(waiting.waitFor(1, TimeUnit.SECONDS)).isFalse();
        Files.delete(goesOn);
        assertThat(end(building).output()).contains("java ran runs");
        assertThat(end(waiting).output()).doesNotContain("igpt:").contains("java ran show");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void whereLocksCannotBeHadItBuildsAllTheSame() throws Exception {
        program("flock", "#!/bin/sh\necho 'flock: 9: No locks available' >&2\nexit 71\n");
        assertThat(run("runs").output()).contains("igpt: building").contains("java ran runs");
        changeASource();
        assertThat(run("runs").output()).contains("igpt: building").doesNotContain("flock");
    }

    @Test
    void aBuildThatFailsIsSaidAndTriedAgain() throws Exception {
        assertThat(run("runs", "STUB_FAILS=1")).satisfies(done -> {
            assertThat(done.exit()).isEqualTo(1);
            assertThat(done.output())
                    .contains("igpt: the build failed, see above")
                    .doesNotContain("java ran");
        });
        assertThat(run("runs").output()).contains("java ran runs");
    }

    @Test
    void whatIsMissingOrTooOldIsSaidInOneLine() throws Exception {
        assertThat(run("runs", "STUB_JAVA=11.0.2").output()).contains("Java 11.0.2 is too old: 17 or newer is needed");
        assertThat(run("runs", "STUB_MAVEN=3.6.3").output()).contains("Maven 3.6.3 is too old: 3.8 or newer is needed");
        assertThat(builds()).isZero();
    }

    @Test
    void theBuildForGpusStandsBesideThePlainOne() throws Exception {
        assertThat(run("runs").output()).contains("igpt: building").contains("java ran runs, libraries none");
        assertThat(run("--gpu runs").output())
                .contains("igpt: building")
                .contains("java ran runs, libraries " + home.resolve("steps/target/gpu/cuda/lib"));
        assertThat(run("--gpu runs").output()).doesNotContain("building");
        assertThat(run("runs").output()).doesNotContain("building");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void namesOfFilesAreUtf8WhateverTheLocale() throws Exception {
        assertThat(run("runs", "LC_ALL=C").output()).contains("\nC.UTF-8, ");
    }

    @Test
    void theProgramIsToldWhereThingsLie() throws Exception {
        assertThat(run("--gpu runs").output())
                .contains("-Digpt.home=" + home + " ")
                .contains("-Digpt.cuda=" + home.resolve("steps/target/gpu/cuda") + " ")
                .contains("-Digpt.compilations=" + home.resolve("jobs/target/gpu/xla") + " ");
        assertThat(run("runs").output()).doesNotContain("igpt.cuda");
    }

    @Test
    void classDataIsArchivedOnceForABuildAndAJava() throws Exception {
        assertThat(run("runs").output()).contains("-XX:SharedArchiveFile=" + home.resolve("jobs/target/igpt"));
        run("runs");
        assertThat(lines("primed")).isEqualTo(1);
        changeASource();
        run("runs");
        assertThat(lines("primed")).isEqualTo(2);
    }

    @Test
    void aDistributionStartsWhatItHas() throws Exception {
        Path unpacked = Files.createDirectories(home.resolve("opt/igpt 1"));
        Files.createDirectories(unpacked.resolve("bin"));
        Files.copy(home.resolve(START), unpacked.resolve("bin/igpt"));
        Files.createDirectories(unpacked.resolve("lib"));
        Files.createFile(unpacked.resolve("igpt.jar"));
        Files.createFile(unpacked.resolve("lib/other.jar"));
        Path command = Files.createSymbolicLink(home.resolve("linked"), unpacked.resolve("bin/igpt"));
        String cache = "XDG_CACHE_HOME=" + home.resolve("cache");

        assertThat(end(start(command, "runs", cache, "STUB_JAVA=11.0.2")).output())
                .isEqualTo("igpt: Java 11.0.2 is too old: 17 or newer is needed\n");
        assertThat(end(start(command, "runs", cache)).output())
                .contains("java ran runs, libraries none")
                .contains("-Digpt.home=" + unpacked + " ")
                .contains("-Digpt.compilations=" + home.resolve("cache/igpt 1/xla") + " ");
        assertThat(end(start(command, "--gpu runs", cache)))
                .satisfies(done -> assertThat(done.exit()).isEqualTo(1))
                .satisfies(
                        done -> assertThat(done.output()).hasLineCount(1).contains("this is the program for the CPU"));
        Files.createDirectories(unpacked.resolve("cuda/lib"));
        assertThat(end(start(command, "--gpu runs", cache)).output())
                .contains("java ran runs, libraries " + unpacked.resolve("cuda/lib"));
        assertThat(builds()).isZero();
        assertThat(lines("primed")).isEqualTo(1);
    }

    private void changeASource() throws IOException {
        Files.setLastModifiedTime(
                home.resolve("steps/src/main/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
    }

    private void copy(String script) throws IOException {
        Path copy = home.resolve(script);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of("..").resolve(script), copy);
    }

    private void program(String name, String text) throws IOException {
        Path file = home.resolve("bin").resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Done(int exit, String output) {}

    private Done run(String arguments, String... settings) throws IOException, InterruptedException {
        return end(start(arguments, settings));
    }

    private static Done end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Done(process.exitValue(), output);
    }

    private Process start(String arguments, String... settings) throws IOException {
        return start(Path.of("igpt"), arguments, settings);
    }

    private Process start(Path script, String arguments, String... settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(("bash " + script + " " + arguments).split(" "))
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .put("PATH", home.resolve("bin") + ":" + builder.environment().get("PATH"));
        builder.environment().put("STUB_HOME", home.toString());
        List.of("JAVA_HOME", "IGPT_BUILT", "IGPT_HOME", "IGPT_RUNS", "LD_LIBRARY_PATH")
                .forEach(builder.environment()::remove);
        for (String setting : settings) {
            builder.environment().put(setting.split("=")[0], setting.split("=")[1]);
        }
        return builder.start();
    }

    private int builds() throws IOException {
        return lines("builds");
    }

    private int lines(String name) throws IOException {
        Path file = home.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
