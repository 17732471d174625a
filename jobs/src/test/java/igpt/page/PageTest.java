package igpt.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.config.UsageException;
import igpt.launch.LaunchService;
import igpt.schema.db.Database;
import igpt.testjobs.CountConfiguration;
import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser without scripts has it. */
class PageTest {
    private static final String HOSTILE = "x\" onfocus=\"alert(2)\"><script>alert(1)</script>";

    @TempDir
    private static Path home;

    private static Project project;
    private static Launching launching;
    private static PageServer server;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        Files.createDirectories(home.resolve("config/presets"));
        Files.writeString(
                home.resolve("config/presets/far.yml"), "job: count\ndescription: far\nparameters:\n  to: 7\n");
        project = new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")), Map.of());
        launching = launching(project);
        server = PageServer.open(PageSettings.local(0), TestIgpt.CATALOGUE, project, launching);
        browser = new Browser(server.url());
    }

    private static Launching launching(Project project) {
        return Launching.whenAsked(
                project, () -> new LaunchService(TestIgpt.CATALOGUE, List.of(CountConfiguration.class), project, null));
    }

    @AfterAll
    static void close() {
        server.close();
        launching.close();
    }

    private static String launch(String... fields) throws IOException, InterruptedException {
        return Browser.place(browser.send("/launch/count", fields));
    }

    /** A run that is complete. */
    private static String complete(String... fields) throws IOException, InterruptedException {
        var place = launch(fields);
        browser.await(place, "id=\"delete\"");
        return place;
    }

    private static String number(String place) {
        return place.replaceAll("\\D", "");
    }

    @Test
    void aJobIsLaunchedFromItsFormAndTheDatabaseIsLeftToOthersAtItsEnd() throws Exception {
        assertThat(browser.see("/launch")).contains("count and add", "preset=far");
        assertThat(browser.see("/launch/count?preset=far"))
                .contains("how far to count", "a whole number from 1 to 1000", "placeholder=\"5\"", "value=\"7\"");

        var place = complete("p.to", "3", "p.seed", "1");

        assertThat(browser.see(place)).contains("numbers", "total", "3 / 3 numbers", "Run again", "Delete");
        assertThat(home.resolve("runs/" + number(place) + "-count/total.txt")).hasContent("6");
        assertThat(browser.get(place + "/log").body()).contains("Executing step: [numbers]");
        openAsAnotherProcessWould();
        assertThat(browser.get(Browser.place(browser.send("/launch/count", "p.to", "3", "p.seed", "1"))
                                + "?said=unchanged")
                        .body())
                .contains("complete already");
    }

    /** In the end nobody has it. */
    private static void openAsAnotherProcessWould() throws InterruptedException {
        for (long end = System.nanoTime() + 60_000_000_000L; ; Thread.sleep(20)) {
            try (var database = Database.forJob(project.database())) {
                assertThat(database.jdbc()).isNotNull();
                return;
            } catch (IllegalStateException ours) {
                assertThat(System.nanoTime()).as(ours.getMessage()).isLessThan(end);
            }
        }
    }

    @Test
    void aRunIsStoppedAndResumed() throws Exception {
        var place = launch("p.to", "40", "p.pause", "100", "p.seed", "2");
        var seen = browser.await(place + "/now", "/ 40 numbers");
        assertThat(seen).contains("Running", "<progress max=\"40\"", "hx-trigger=\"every 2s\"");
        assertThat(browser.see("/")).contains("hx-trigger=\"every 2s\"");

        assertThat(Browser.place(browser.send(place + "/stop"))).isEqualTo(place);
        assertThat(browser.await(place, "id=\"resume\"")).contains("Stopped").doesNotContain("hx-trigger");
        var again = browser.send(place + "/stop");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("run " + number(place) + " is not running; it is STOPPED");

        assertThat(Browser.place(browser.send(place + "/resume"))).isEqualTo(place);
        assertThat(browser.await(place, "id=\"delete\"")).contains("2 attempts");
        assertThat(Files.readAllLines(home.resolve("runs/" + number(place) + "-count/numbers.txt")))
                .hasSize(40)
                .doesNotHaveDuplicates();
    }

    @Test
    void aFailedRunTellsItsReasonInOneLine() throws Exception {
        var place = launch("p.to", "4", "p.fail_at", "2", "p.seed", "3");
        assertThat(browser.await(place, "id=\"resume\"")).contains("Failed", "no luck at 2");
        assertThat(browser.see(place).replaceAll("(?s)<pre.*?</pre>", "")).doesNotContain("\tat ", "IOException.java");
    }

    @Test
    void whatIsWrongStandsNextToItsField() throws Exception {
        var answer = browser.send("/launch/count", "p.to", "0", "p.pause", "soon");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("id=\"field-to-fault\"", "id=\"field-pause-fault\"", "value=\"soon\"")
                .contains("parameter 'to' cannot be '0'");
        var dry = browser.send("/launch/count", "p.to", "9", "p.seed", "4", "dry", "true");
        assertThat(dry.body()).contains("would start a new run", "steps: numbers (-), total (-)", "value=\"9\"");
        assertThat(browser.see("/?text=seed%3D4")).contains("No run is like that");
    }

    @Test
    void runsAreFoundByJobStatusAndParameters() throws Exception {
        var one = complete("p.to", "2", "p.seed", "5");
        var two = complete("p.to", "1", "p.seed", "6");
        assertThat(browser.see("/?text=SEED%3D5&job=count&status=completed"))
                .contains("href=\"" + one + "\"")
                .doesNotContain("href=\"" + two + "\"");
        assertThat(browser.see("/?name=nothing")).contains("No run is like that");
        assertThat(browser.see("/?text=%25")).contains("No run is like that"); // as it is, and not as SQL has it
        var all = browser.see("/");
        assertThat(all.indexOf("href=\"" + two))
                .isLessThan(all.indexOf("href=\"" + one))
                .isPositive();
    }

    @Test
    void runsAreComparedAndRunAgain() throws Exception {
        var one = complete("p.to", "2", "p.seed", "7");
        var two = complete("p.to", "3", "p.seed", "7");
        assertThat(browser.see("/compare?run=%s&run=%s".formatted(number(one), number(two))))
                .contains("<th scope=\"row\">to</th>")
                .doesNotContain("<th scope=\"row\">seed</th>");
        assertThat(browser.get("/compare?run=" + number(one)).body()).contains("choose from two to six");
        assertThat(browser.see("/launch/count?from=" + number(one)))
                .contains("name=\"p.seed\" value=\"7\"")
                .containsPattern("name=\"again\"[^>]* checked");
    }

    @Test
    void aRunIsDeletedAfterItsReaderHasSeenWhatGoesWithIt() throws Exception {
        var place = complete("p.to", "2", "p.seed", "8");
        assertThat(browser.see(place + "/delete")).contains("Nothing depends on it");
        var unseen = browser.send(place + "/delete", "runs", number(place), "runs", "1");
        assertThat(unseen.statusCode()).isEqualTo(409);
        assertThat(unseen.body()).contains("has changed: look again");
        assertThat(Browser.place(browser.send(place + "/delete", "runs", number(place))))
                .isEqualTo("/");
        assertThat(browser.get(place).statusCode()).isEqualTo(404);
        assertThat(home.resolve("runs/" + number(place) + "-count")).doesNotExist();
    }

    @Test
    void hostileTextsAreShownAsText() throws Exception {
        var place = Browser.place(browser.send("/launch/note", "p.note", HOSTILE, "p.to", "1"));
        browser.await(place, "id=\"delete\"");
        var other = complete("p.to", "1", "p.seed", "9");
        for (var path : List.of(
                place,
                "/launch/note?from=" + number(place),
                "/compare?run=%s&run=%s".formatted(number(place), number(other)),
                "/?text=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22",
                "/launch/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/?status=%3Cscript%3Ealert(1)",
                "/?job=%22%20onfocus=%22alert(2)")) {
            assertThat(browser.get(path).body())
                    .as(path)
                    .doesNotContain("<script>alert", "what <b>anybody")
                    .doesNotContainPattern("<[a-z][^<>]*\" onfocus=\"");
        }
        assertThat(browser.see("/?text=%3Cscript%3E")).contains("href=\"" + place + "\"");
    }

    @Test
    void nobodyElsesPageCanUseIt() throws Exception {
        var before = browser.see("/");
        var bare = browser.sendBare("/launch/count", List.of(), "p.to", "1", "p.seed", "99");
        assertThat(bare.statusCode()).isEqualTo(403);
        assertThat(bare.body()).contains("That was not allowed").doesNotContain("Exception");
        var elsewhere = browser.sendBare("/api/v1/runs", List.of("Origin", "http://evil.example"), "job", "count");
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(browser.raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .doesNotContain("Runs");
        assertThat(browser.raw("GET / HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(browser.see("/")).isEqualTo(before);
    }

    @Test
    void theBrowserIsToldToRunNothingButThePagesOwnScripts() throws Exception {
        var answer = browser.get("/");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).doesNotContain(" style=", "<style", "javascript:");
        for (var asset : List.of("page.js", "htmx.js", "uplot.js", "style.css", "colours.css", "uplot.css")) {
            assertThat(answer.body()).contains("/assets/" + asset);
            var got = browser.get("/assets/" + asset);
            assertThat(got.body()).as(asset).isNotEmpty();
            var tag = got.headers().firstValue("ETag").orElseThrow();
            assertThat(browser.get("/assets/" + asset, "If-None-Match", tag).statusCode())
                    .isEqualTo(304);
        }
    }

    @Test
    void filesAreThoseOfTheRunsAndNoOthers() throws Exception {
        var place = complete("p.to", "2", "p.seed", "10");
        var folder = number(place) + "-count";
        Files.writeString(home.resolve("secret.txt"), "secret");
        Files.writeString(home.resolve("runs/" + folder + "/page.html"), "<script>alert(1)</script>");
        Files.createSymbolicLink(home.resolve("runs/" + folder + "/out.txt"), home.resolve("secret.txt"));
        Files.createSymbolicLink(home.resolve("runs/" + folder + "/up"), home);

        assertThat(browser.see("/files/" + folder + "/numbers.txt")).isEqualTo("1\n2\n");
        var html = browser.get("/files/" + folder + "/page.html").headers();
        assertThat(html.firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
        for (var path : List.of(
                folder + "/out.txt",
                folder + "/up/secret.txt",
                folder + "/none.txt",
                folder,
                folder + "/",
                "igpt.mv.db",
                folder + "/%2e%2e/igpt.mv.db",
                folder + "/..%2figpt.mv.db",
                "%2e%2e/secret.txt",
                "%2fetc/passwd",
                "")) {
            var answer = browser.get("/files/" + path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).doesNotContain("secret\n", "root:");
        }
        assertThat(browser.raw("GET /files/%s/../../secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .formatted(folder)))
                .containsPattern("HTTP/1.1 4\\d\\d");
    }

    @Test
    void whatCannotBeAnsweredGetsOneLine() throws Exception {
        for (var path : List.of(
                "/nothing",
                "/runs/123456",
                "/runs/99999999999999999999",
                "/runs/x",
                "/launch/nothing",
                "/launch/count?preset=nothing",
                "/launch/count?from=x",
                "/compare?run=x",
                "/?before=x")) {
            var answer = browser.get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).contains("class=\"reason\"").doesNotContain("Exception", "\tat ");
        }
        assertThat(browser.raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception", "Tomcat");
    }

    @Test
    void aPageForOthersAsksForItsPassword() throws Exception {
        var hash = PageSettings.hash("correct horse");
        var file = Files.writeString(home.resolve("page.password"), hash + "\n");
        var settings = PageSettings.of(Map.of("port", "0", "password", file.toString()), null);
        try (var own = launching(project);
                var page = PageServer.open(settings, TestIgpt.CATALOGUE, project, own)) {
            var visitor = new Browser(page.url());
            assertThat(Browser.place(visitor.get("/"))).isEqualTo("/login");
            assertThat(visitor.get("/files/1-count/numbers.txt").statusCode()).isEqualTo(302);
            assertThat(visitor.raw("GET / HTTP/1.1\r\nHost: page.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 302"); // as a proxy in front of it is asked
            assertThat(visitor.get("/runs/1/now", "HX-Request", "true").body()).isEmpty();
            assertThat(login(visitor, "wrong").headers().firstValue("Location").orElseThrow())
                    .contains("/login?error");
            assertThat(visitor.get("/login?error").body()).contains("not the password");
            assertThat(Browser.place(login(visitor, "correct horse"))).isEqualTo("/files/1-count/numbers.txt");
            assertThat(visitor.see("/")).contains("Log out", "Runs");

            assertThat(new Browser(page.url()).get("/api/v1/runs").statusCode()).isEqualTo(401);
            var basic = "Basic " + Base64.getEncoder().encodeToString("igpt:correct horse".getBytes());
            assertThat(new Browser(page.url()).get("/", "Authorization", basic).body())
                    .contains("Runs");
        }
    }

    private static HttpResponse<String> login(Browser visitor, String password) throws Exception {
        var form = visitor.see("/login");
        var token = form.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        return visitor.sendBare("/login", List.of(), "_csrf", token, "username", "igpt", "password", password);
    }

    @Test
    void nobodyIsLetInWithoutAPassword() {
        assertThatThrownBy(() -> PageSettings.of(Map.of("address", "0.0.0.0"), null))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a password is needed: ./igpt page --password");
        assertThatThrownBy(() -> PageSettings.of(Map.of(), "plain text"))
                .hasMessageContaining("IGPT_PAGE_PASSWORD holds no password as bcrypt");
        assertThatThrownBy(() -> PageSettings.hash("short")).hasMessageContaining("from 8 to 72");
        assertThatThrownBy(() -> PageSettings.of(Map.of("prot", "1"), null))
                .hasMessageContaining("did you mean 'port'?");
        assertThatThrownBy(() -> PageSettings.of(Map.of("port", "70000"), null)).hasMessageContaining("0 to 65535");
        assertThatThrownBy(() ->
                        PageServer.open(PageSettings.local(server.port()), TestIgpt.CATALOGUE, project, launching))
                .hasMessageContaining("port " + server.port() + " is in use");
    }
}
