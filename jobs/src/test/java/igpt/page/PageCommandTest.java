package igpt.page;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.launch.LaunchService;
import igpt.testjobs.CountConfiguration;
import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a process, and next to another. */
class PageCommandTest {
    private static final Pattern PAGE = Pattern.compile("page: (http://\\S+?);");

    @TempDir
    private Path home;

    @Test
    void theEndOfThePageStopsWhatItLaunchedAndSaysHowToResume() throws Exception {
        Files.createDirectories(home.resolve("config"));
        var process = TestIgpt.start(home, "page", "port=0");
        try {
            var browser = new Browser(url(process));
            var place = Browser.place(browser.send("/launch/count", "p.to", "1000", "p.pause", "50"));
            browser.await(place + "/now", "/ 1000 numbers");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(said()).contains("run 1 count stopped; to resume: ./igpt resume 1", "page closed");
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(TestIgpt.ask(home, "runs").out()).contains("STOPPED");
    }

    private String said() throws IOException {
        var file = home.resolve("child.txt");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private String url(Process process) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120); System.nanoTime() < end; ) {
            var found = PAGE.matcher(said());
            if (found.find()) {
                return found.group(1);
            }
            assertThat(process.isAlive()).as(said()).isTrue();
            Thread.sleep(20);
        }
        throw new AssertionError(said());
    }

    @Test
    void aRunOfAnotherProcessIsSeenAndStoppedAndKeepsTheDatabaseToItself() throws Exception {
        Files.createDirectories(home.resolve("config"));
        var project = new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")), Map.of());
        var process = TestIgpt.start(home, "run", "count", "to=1000", "pause=50");
        try (var launching = Launching.whenAsked(
                        project,
                        () -> new LaunchService(TestIgpt.CATALOGUE, List.of(CountConfiguration.class), project, null));
                var server = PageServer.open(PageSettings.local(0), TestIgpt.CATALOGUE, project, launching)) {
            var browser = new Browser(server.url());
            browser.await("/", "/ 1000 numbers");
            var refused = browser.send("/launch/count", "p.to", "2");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("a run is in progress: process " + process.pid());

            assertThat(Browser.place(browser.send("/runs/1/stop"))).isEqualTo("/runs/1");
            browser.await("/runs/1", "id=\"resume\"");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Browser.place(browser.send("/launch/count", "p.to", "2")))
                    .isEqualTo("/runs/2");
            browser.await("/runs/2", "Completed");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRunIsShownWhileItLasts() throws IOException {
        Files.createDirectories(home.resolve("config"));
        var answer = TestIgpt.ask(home, "run", "count", "--page", "0", "to=3");
        assertThat(answer.out()).contains("page: http://127.0.0.1:", "completed");
        assertThat(answer.code()).isZero();
        assertThat(TestIgpt.ask(home, "run", "--page=x", "count").err()).contains("--page");
    }
}
