package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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

/** The script {@code igpt} in a folder of its own, with a Java and a Maven that only tell what they were asked. */
class LauncherScriptTest {
    private static final String JAVA =
            """
            #!/bin/sh
            case "$*" in
                *XshowSettings*) echo "    java.specification.version = ${STUB_JAVA:-17}" >&2 ;;
                *DumpLoadedClassList* | *Xshare:dump*) ;;
                *) for word; do last=$word; done; echo "java ran $last, libraries ${LD_LIBRARY_PATH:-none}"
                    echo "$LC_ALL, $XLA_FLAGS, runs in $IGPT_RUNS"
                    for word; do case $word in -Digpt.compilations=*) echo "$word" ;; esac; done
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
            touch "$target/igpt-jobs-1.jar"
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void aProject() throws IOException {
        Path script = Path.of("igpt");
        Files.copy(Files.exists(script) ? script : Path.of("..").resolve(script), home.resolve("igpt"));
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
                .contains("igpt: the sources have changed, but another process runs the last build")
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
        assertThat(end(waiting).output()).doesNotContain("igpt").contains("java ran show");
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
        assertThat(run("runs", "STUB_JAVA=11").output()).contains("Java 11 is too old: JDK 17 or newer is needed");
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
    void xlaIsToldAFolderThatMayHaveASpace() throws Exception {
        assertThat(run("--gpu runs").output())
                .contains("--xla_gpu_cuda_data_dir='" + home.resolve("steps/target/gpu/cuda") + "' ");
    }

    @Test
    void theRunsFolderIsTakenFromWhereTheUserStands() throws Exception {
        assertThat(run("runs", "IGPT_RUNS=elsewhere").output()).contains("runs in " + home.resolve("elsewhere"));
        assertThat(run("runs", "IGPT_RUNS=/elsewhere").output()).contains("runs in /elsewhere");
    }

    @Test
    void namesOfFilesAreUtf8WhateverTheLocale() throws Exception {
        assertThat(run("runs", "LC_ALL=C").output()).contains("\nC.UTF-8, ");
    }

    @Test
    void whatARunCompilesIsKeptInAFolderThatTheProgramIsTold() throws Exception {
        assumeThat(Files.getFileStore(home).getUsableSpace()).isGreaterThan(3_000_000_000L);
        assertThat(run("run prepare").output()).contains("-Digpt.compilations=" + home.resolve("jobs/target/xla"));
        assertThat(run("runs").output()).doesNotContain("compilations");
    }

    private void changeASource() throws IOException {
        Files.setLastModifiedTime(
                home.resolve("steps/src/main/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
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
        ProcessBuilder builder = new ProcessBuilder(("bash igpt " + arguments).split(" "))
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .put("PATH", home.resolve("bin") + ":" + builder.environment().get("PATH"));
        builder.environment().put("STUB_HOME", home.toString());
        List.of("JAVA_HOME", "IGPT_BUILT", "IGPT_HOME", "IGPT_RUNS", "LD_LIBRARY_PATH", "TF_XLA_FLAGS", "XLA_FLAGS")
                .forEach(builder.environment()::remove);
        for (String setting : settings) {
            builder.environment().put(setting.split("=")[0], setting.split("=")[1]);
        }
        return builder.start();
    }

    private int builds() throws IOException {
        Path builds = home.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }
}
