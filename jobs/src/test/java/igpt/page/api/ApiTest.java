package igpt.page.api;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.config.ConfigFolder;
import igpt.config.Project;
import igpt.launch.LaunchService;
import igpt.page.Launching;
import igpt.page.PageServer;
import igpt.page.PageSettings;
import igpt.schema.db.Database;
import igpt.schema.db.DatabaseSettings;
import igpt.testjobs.CountConfiguration;
import igpt.testjobs.TestIgpt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as a scheduler uses it: over HTTP, on loopback, with JSON. */
class ApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private Path home;
    private Launching launching;
    private PageServer page;

    @BeforeEach
    void aPage(@TempDir Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("config/presets"));
        Files.writeString(
                home.resolve("config/presets/three.yml"), "job: count\ndescription: to three\nparameters:\n  to: 3\n");
        var project = new Project(home, home.resolve("runs"), new ConfigFolder(home.resolve("config")), Map.of());
        launching = Launching.whenAsked(
                project, () -> new LaunchService(TestIgpt.CATALOGUE, List.of(CountConfiguration.class), project, null));
        page = PageServer.open(
                new PageSettings(InetAddress.getLoopbackAddress(), 0, null), TestIgpt.CATALOGUE, project, launching);
    }

    @AfterEach
    void none() {
        launching.underWay().forEach(run -> run.stop());
        page.close();
        launching.close();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + page.port() + path);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(
                request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        var answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void launch(String body) throws Exception {
        var answer = send("POST", "/api/v1/runs", body);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        assertThat(answer.headers().firstValue("Location")).contains("/api/v1/runs/1");
    }

    private void becomes(String status) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!get("/api/v1/runs/1").get("status").asString().equals(status)) {
            assertThat(System.nanoTime()).as("waiting for " + status).isLessThan(end);
            Thread.sleep(50);
        }
        while (status.equals("STOPPED") && !launching.underWay().isEmpty()) {
            Thread.sleep(10); // it is stored a moment before the run's thread ends
        }
    }

    @Test
    void aRunIsLaunchedStoppedResumedWatchedAndDeleted() throws Exception {
        launch("{\"job\": \"count\", \"parameters\": {\"to\": 40, \"pause\": 1000, \"eager\": true}}");
        becomes("STARTED");
        var listed = get("/api/v1/runs?job=count&status=started&text=TO%3D40")
                .get("runs")
                .get(0);
        assertThat(listed.get("silent").asBoolean()).isFalse();
        assertThat(listed.get("started").asString()).endsWith("Z");
        assertThat(send("DELETE", "/api/v1/runs/1", "").body()).contains("run 1 is under way");

        assertThat(send("POST", "/api/v1/runs/1/stop", "").statusCode()).isEqualTo(202);
        becomes("STOPPED");
        assertThat(send("POST", "/api/v1/runs/1/stop", "").body()).contains("run 1 is not running; it is STOPPED");

        launch("{\"job\": \"count\", \"parameters\": {\"to\": 40, \"pause\": 20}}"); // of the same run
        var events = events();
        assertThat(events).startsWith("event:run").contains("event:progress", "event:step");
        assertThat(events.get(events.size() - 1)).isEqualTo("event:outcome");
        var run = get("/api/v1/runs/1");
        assertThat(run.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(run.get("attempts")).hasSize(2);
        assertThat(run.get("progress").get(1).get("done").asLong()).isEqualTo(40);
        assertThat(run.get("parameters").toString()).contains("{\"name\":\"to\",\"value\":40,\"identifying\":true}");
        assertThat(get("/api/v1/runs/1/log").get("text").asString()).contains("attempt 2: count");
        assertThat(get("/api/v1/runs/1/curves")).isEmpty();

        assertThat(get("/api/v1/runs?text=nowhere").get("runs")).isEmpty();
        assertThat(send("DELETE", "/api/v1/runs/1", "").body()).isEqualTo("{\"deleted\":[1]}");
        assertThat(home.resolve("runs/1-count")).doesNotExist();
        assertThat(send("GET", "/api/v1/runs/1", "").statusCode()).isEqualTo(404);
    }

    /** The kinds of all until the run ends. */
    private List<String> events() throws Exception {
        var request = HttpRequest.newBuilder(uri("/api/v1/runs/1/events"))
                .timeout(PATIENCE)
                .build();
        try (var lines = client.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("event:")).toList();
        }
    }

    @Test
    void whatIsWrongIsAProblemWithTheParametersByName() throws Exception {
        var fields =
                problem(400, "POST", "/api/v1/runs", "{\"job\": \"count\", \"parameters\": {\"to\": -1, \"tu\": 2}}");
        assertThat(fields.get("errors").get("to").asString()).contains("parameter 'to' cannot be '-1'");
        assertThat(fields.get("errors").get("tu").asString()).contains("unknown parameter 'tu'");
        assertThat(problem(404, "POST", "/api/v1/runs", "{\"job\": \"cuont\"}").toString())
                .contains("count");
        problem(400, "POST", "/api/v1/runs", "{\"job\": \"count\", \"parameters\": {\"to\": [1]}}");
        problem(400, "POST", "/api/v1/runs", "{\"job\": \"count\", \"sudo\": true}");
        problem(400, "POST", "/api/v1/runs", "{\"job\": ");
        problem(400, "POST", "/api/v1/runs", "{\"job\": \"count\", \"preset\": \"../../etc/passwd\"}");
        problem(404, "GET", "/api/v1/runs/7", "");
        problem(404, "GET", "/api/v1/runs/7/events", "");
        problem(404, "POST", "/api/v1/runs/7/stop", "");
        problem(404, "POST", "/api/v1/runs/7/resume", "");
        problem(404, "DELETE", "/api/v1/runs/7", "");
        problem(404, "GET", "/api/v1/nowhere", "");
        problem(405, "PUT", "/api/v1/runs", "{}");
        problem(400, "GET", "/api/v1/runs?limit=many", "");
        problem(400, "GET", "/api/v1/runs?limit=0", "");
        problem(404, "GET", "/api/v1/runs?job=cuont", "");
        assertThat(client.send(
                                HttpRequest.newBuilder(uri("/api/v1/runs"))
                                        .header("Content-Type", "text/plain")
                                        .POST(BodyPublishers.ofString("{\"job\": \"count\"}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .as("what a form of another page can send")
                .isEqualTo(415);
        assertThat(get("/api/v1/runs").get("runs")).as("nothing was launched").isEmpty();
    }

    private JsonNode problem(int status, String method, String path, String body) throws Exception {
        var answer = send(method, path, body);
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(method + " " + path)
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).doesNotContain("\tat ", "Exception");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asString()).isNotBlank();
        return problem;
    }

    @Test
    void filesOfAnArtifactAreThoseInItsFolder() throws Exception {
        var folder = Files.createDirectories(home.resolve("runs/1-count/model"));
        Files.writeString(folder.resolve("a.txt"), "hello");
        Files.writeString(home.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("link"), home.resolve("secret"));
        Files.createDirectories(home.resolve("runs/1-count/history"));
        try (var database = Database.open(DatabaseSettings.embedded(home.resolve("runs")))) {
            rows(database);
        }
        assertThat(get("/api/v1/artifacts?kind=MODEL").get("artifacts")).hasSize(2);
        var files = get("/api/v1/artifacts/1").get("files").toString();
        assertThat(files).isEqualTo("[{\"path\":\"a.txt\",\"bytes\":5}]");
        assertThat(send("GET", "/api/v1/artifacts/1/files/a.txt", "").body()).isEqualTo("hello");
        for (var path : List.of("link", "..%2f..%2f..%2fsecret", "%2e%2e/history", "nothing", "%00", "")) {
            var answer = send("GET", "/api/v1/artifacts/1/files/" + path, "");
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.body()).as(path).doesNotContain("secret\n").doesNotContain("hello");
        }
        assertThat(send("GET", "/api/v1/artifacts/2/files/secret", "").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/v1/artifacts/2").get("files")).isEmpty();
    }

    /** An artifact of the run's, and one that lies elsewhere, as an export does. */
    private void rows(Database database) {
        var jdbc = database.jdbc();
        jdbc.sql("insert into batch_job_instance values (1, 0, 'count', 'key')").update();
        jdbc.sql(
                        """
                        insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, status)
                        values (1, 0, 1, localtimestamp, 'COMPLETED')
                        """)
                .update();
        for (var path : List.of("1-count/model", home.toString())) {
            jdbc.sql(
                            """
                            insert into artifact (kind, name, fingerprint, job_execution_id, path, created_at,
                                parameters_hash, git_commit, seed, jvm, tensorflow, device)
                            values ('MODEL', 'x', ?, 1, ?, current_timestamp, '', '', 1, '', '', '')
                            """)
                    .params(path, path)
                    .update();
        }
    }

    @Test
    void itDescribesItselfItsJobsItsHealthAndItsMetrics() throws Exception {
        var described = get("/api/v1/openapi.json");
        assertThat(described.get("openapi").asString()).isEqualTo("3.1.0");
        var paths = new TreeSet<String>();
        described.get("paths").propertyNames().forEach(paths::add);
        assertThat(paths)
                .containsExactly(
                        "/api/v1/artifacts",
                        "/api/v1/artifacts/{artifact}",
                        "/api/v1/artifacts/{artifact}/files/{path}",
                        "/api/v1/jobs",
                        "/api/v1/jobs/{name}",
                        "/api/v1/openapi.json",
                        "/api/v1/runs",
                        "/api/v1/runs/{run}",
                        "/api/v1/runs/{run}/curves",
                        "/api/v1/runs/{run}/dependents",
                        "/api/v1/runs/{run}/events",
                        "/api/v1/runs/{run}/log",
                        "/api/v1/runs/{run}/resume",
                        "/api/v1/runs/{run}/stop",
                        "/health",
                        "/metrics");
        var summary = described.get("components").get("schemas").get("RunSummary");
        assertThat(summary.get("properties").has("seconds_left")).isTrue();
        assertThat(summary.get("required").toString()).contains("\"job\"").doesNotContain("seconds_left");

        var job = get("/api/v1/jobs/count");
        var to = job.get("parameters").get(0);
        assertThat(to.get("type").asString()).isEqualTo("integer");
        assertThat(job.get("presets").get(0).get("name").asString()).isEqualTo("three");

        launch("{\"job\": \"count\", \"preset\": \"three\", \"parameters\": {\"pause\": 1000000, \"eager\": true}}");
        becomes("STARTED");
        var metrics = send("GET", "/metrics", "").body();
        assertThat(metrics)
                .contains("igpt_step_goal{job=\"count\",run=\"1\",step=\"numbers\",unit=\"numbers\"} 3.0")
                .contains("igpt_run_silent")
                .contains("spring_batch_job_active_seconds_count");
        assertThat(get("/health").toString())
                .isEqualTo(
                        "{\"status\":\"UP\",\"parts\":{\"database\":\"UP\",\"runs_folder\":\"UP\",\"disk\":\"UP\"}}");
        assertThat(new ArrayList<>(launching.underWay())).hasSize(1);
    }
}
