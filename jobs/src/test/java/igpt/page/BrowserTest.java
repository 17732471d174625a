package igpt.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igpt.batch.PipelineConfiguration;
import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.launch.JobCatalogue;
import igpt.launch.LaunchService;
import igpt.launch.RunRequest;
import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in a browser with its scripts: Chromium, as Debian has it. */
class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path home;

    private Launching launching;
    private PageServer server;
    private ChromeDriver driver;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(
                Stream.of(CHROMIUM, DRIVER).allMatch(Files::isExecutable),
                "not tried in a browser: there is no chromium with chromium-driver, which .ci/run installs");
        TestIgpt.writeTinyModel(home);
        var project = new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")), Map.of());
        var catalogue = JobCatalogue.standard();
        launching = Launching.whenAsked(
                project, () -> new LaunchService(catalogue, List.of(PipelineConfiguration.class), project, null));
        server = PageServer.open(PageSettings.local(0), catalogue, project, launching);
        var job = catalogue.named("prepare");
        var images = Map.of("data", "shapes", "images", "40", "resolution", "8", "colours", "8", "name", HOSTILE);
        launching
                .start(new RunRequest(job, job.parameters().resolve(Map.of(), images), false))
                .await();

        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments("--window-size=1280,1600", "--user-data-dir=" + home.resolve("chromium"));
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.quit();
        }
        if (server != null) {
            server.close();
            launching.close();
        }
    }

    @Test
    void aTrainingIsLaunchedWatchedStoppedResumedAndCompared() throws Exception {
        driver.get(server.url() + "/launch");
        driver.findElement(By.linkText("pretrain")).click();
        type("field-model", "tiny");
        type("field-batch", "8");
        type("field-iterations", "1000000");
        type("field-save_every", "10");
        type("field-validation_images", "8");
        click("run");

        await(
                "a curve is drawn",
                () -> driver.findElements(By.cssSelector(".uplot canvas")).size() == 2);
        int first = points();
        await("the curve grows", () -> points() > first);

        click("stop");
        await("it is stopped", () -> is("resume"));
        int stopped = points();
        click("resume");
        await("it is resumed", () -> is("stop"));
        await("the curve grows again", () -> points() > stopped);
        click("stop");
        await("it is stopped again", () -> is("resume"));
        assertThat(driver.findElement(By.cssSelector("h1 + .subtitle")).getText())
                .contains("2 attempts");
        assertThat(iterations()).isSorted().doesNotHaveDuplicates();

        driver.findElement(By.linkText("Runs")).click();
        driver.findElement(By.id("compare-1")).click();
        driver.findElement(By.id("compare-2")).click();
        driver.findElement(By.cssSelector("button[form=compare]")).click();
        await("the curves are drawn", () -> !driver.findElements(By.cssSelector("#curves .uplot canvas"))
                .isEmpty());
        assertThat(driver.findElement(By.id("parameters")).getText()).contains(HOSTILE);

        driver.get(server.url() + "/runs/2");
        assertThat(driver.findElement(By.id("lineage")).getText()).contains("<script>");
        driver.findElement(By.cssSelector("#lineage a[href='/runs/1']")).click();
        assertThat(driver.findElement(By.tagName("h1")).getText()).isEqualTo("Run 1 prepare");
        assertThat(driver.findElement(By.id("parameters")).getText()).contains(HOSTILE);

        var complaints = driver.manage().logs().get(LogType.BROWSER).getAll(); // of the policy, and of scripts
        assertThat(complaints).isEmpty();
    }

    private void type(String field, String text) {
        driver.findElement(By.id(field)).sendKeys(text);
    }

    private void click(String id) {
        driver.findElement(By.id(id)).click();
    }

    private boolean is(String id) {
        return !driver.findElements(By.id(id)).isEmpty();
    }

    private int points() {
        var charts = driver.findElements(By.cssSelector("figure.chart[data-points]"));
        return charts.isEmpty() ? 0 : Integer.parseInt(charts.get(0).getDomAttribute("data-points"));
    }

    /** Of all points that the browser was sent. */
    private List<Double> iterations() {
        var numbers = (List<?>) driver.executeAsyncScript(
                "fetch('/runs/2/charts').then(r => r.json()).then(charts => arguments[0](charts[0].plots[0].x))");
        return numbers.stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (StaleElementReferenceException changed) { // meanwhile: look again
            }
        }
        throw new AssertionError("never: " + what + ": " + driver.getPageSource());
    }
}
