package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final String SNAKE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

    private Path home;

    @BeforeEach
    void emptyProject(@TempDir Path home) {
        this.home = home;
    }

    private Answer igpt(String... arguments) {
        return TestIgpt.ask(home, arguments);
    }

    @Test
    void aJobRunsToItsEnd() throws IOException {
        var answer = igpt("run", "count", "to=4");
        assertThat(answer.code()).as(answer.toString()).isZero();
        assertThat(answer.out())
                .contains("run 1 count")
                .contains("run 1 count completed in")
                .contains("./igpt show 1");
        assertThat(home.resolve("runs/1-count/total.txt")).hasContent("10");
        assertThat(Files.readString(home.resolve("runs/1-count/log.txt"))).contains("numbers");
    }

    @Test
    void whatIsCompleteIsNotDoneAgain() {
        igpt("run", "count");
        var second = igpt("run", "count", "pause=1"); // does not identify the run
        assertThat(second.code()).isZero();
        assertThat(second.out()).contains("run 1 count is complete already");
        assertThat(igpt("resume", "1").out()).contains("complete already");
        assertThat(igpt("run", "count", "seed=1").out()).contains("run 2 count completed");
    }

    @Test
    void againStartsANewRunEachTime() {
        igpt("run", "count");
        assertThat(igpt("run", "count", "--again").out()).contains("run 2 count completed");
        assertThat(igpt("run", "count", "--again").out()).contains("run 3 count completed");
        assertThat(igpt("run", "count").out()).contains("run 1 count is complete already");
    }

    @Test
    void aStepThatThrowsLeavesTheReasonAndIsResumed() throws IOException {
        var failed = igpt("run", "count", "fail_at=3");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err())
                .contains("igpt: run 1 count failed: IOException: no luck at 3")
                .contains("./igpt show 1")
                .contains("./igpt resume 1")
                .doesNotContain("\tat ");
        assertThat(Files.readString(home.resolve("runs/1-count/log.txt"))).contains("\tat ");
        assertThat(igpt("show", "1").out()).contains("FAILED").contains("reason: IOException: no luck at 3");
        assertThat(igpt("runs", "--status", "failed").out()).contains("3 / 5 numbers");

        var resumed = igpt("resume");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.out()).contains("run 1 count resumes; it was FAILED").contains("completed");
        assertThat(home.resolve("runs/1-count/numbers.txt")).hasContent("1\n2\n3\n4\n5");
        assertThat(igpt("resume").err()).contains("there is no failed or stopped run to resume");
    }

    @Test
    void aJobThatCannotBeMadeFailsAsARun() {
        var failed = igpt("run", "unready");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("this job cannot be made");
        assertThat(igpt("show", "1").out()).contains("FAILED");
    }

    @Test
    void badUsageIsOneLineAndCodeTwo() {
        assertThat(igpt("rnu")).isEqualTo(bad("unknown command 'rnu': did you mean 'run'?"));
        assertThat(igpt("run", "cuont")).isEqualTo(bad("unknown job 'cuont': did you mean 'count'?"));
        assertThat(igpt("run", "count", "pauze=1")).isEqualTo(bad("unknown parameter 'pauze': did you mean 'pause'?"));
        assertThat(igpt("run", "count", "to=0"))
                .isEqualTo(bad("parameter 'to' cannot be '0': it must be a whole number from 1 to 1000"));
        assertThat(igpt("run", "count", "to")).isEqualTo(bad("'to' is not name=value"));
        assertThat(igpt("run", "count", "to=1", "to=2")).isEqualTo(bad("parameter 'to' is given twice"));
        assertThat(igpt("runs", "--fromat", "csv"))
                .isEqualTo(bad("unknown option '--fromat': did you mean '--format'?"));
        assertThat(igpt("runs", "--status", "dead").err()).contains("unknown status 'DEAD'");
        assertThat(igpt("runs", "--since", "tuesday").code()).isEqualTo(2);
        assertThat(igpt("show", "9")).isEqualTo(bad("there is no run 9: ./igpt runs lists them"));
        assertThat(igpt("resume", "9")).isEqualTo(bad("there is no run 9: ./igpt runs lists them"));
        assertThat(igpt("stop", "9")).isEqualTo(bad("there is no run 9: ./igpt runs lists them"));
        assertThat(igpt("run", "count", "preset=none").err()).contains("unknown preset 'none'");
    }

    @Test
    void whatCannotBeAValueIsSaidWithWhatCan() {
        assertThat(igpt("count")).isEqualTo(bad("'count' is a job: ./igpt run count"));
        assertThat(igpt("runs", "--limit", "x"))
                .isEqualTo(bad("--limit cannot be 'x': it must be a whole number from 1 to 2147483647"));
        assertThat(igpt("runs", "--limit"))
                .isEqualTo(bad("--limit needs a value: a whole number from 1 to 2147483647"));
        assertThat(igpt("runs", "--limit=1", "--limit=2")).isEqualTo(bad("--limit is given twice"));
        assertThat(igpt("runs", "--format", "xml"))
                .isEqualTo(bad("--format cannot be 'xml': it must be table or csv or json"));
        assertThat(igpt("delete", "1", "--yes=maybe")).isEqualTo(bad("--yes takes no value"));
        assertThat(igpt("run")).isEqualTo(bad("run needs JOB, the name of a job: ./igpt jobs lists them"));
        for (var command : List.of("show", "stop", "resume", "delete", "report")) {
            assertThat(igpt(command, "1.5"))
                    .isEqualTo(bad("RUN cannot be '1.5': it must be a run's number: ./igpt runs lists them"));
            assertThat(igpt(command, "-1")).isEqualTo(bad("there is no run -1: ./igpt runs lists them"));
        }
        assertThat(igpt("show")).isEqualTo(bad("show needs RUN, a run's number: ./igpt runs lists them"));
        for (var arguments : List.of(
                List.of("fetch"),
                List.of("query", "--timeout", "1 min", "select 1"),
                List.of("query", "--file"),
                List.of("show", "1", "2"),
                List.of("run", "count", "to="),
                List.of("run", "count", "=5"),
                List.of("run", "count", ""))) {
            var answer = igpt(arguments.toArray(String[]::new));
            assertThat(answer.code()).as(answer.toString()).isEqualTo(2);
            assertThat(answer.err()).startsWith("igpt: ").hasLineCount(1).doesNotContain("Invalid value", "Missing");
        }
    }

    @Test
    void aRunThatIsNotThereMadeNothingAndIsSaidNotToBeThere() throws IOException {
        TestIgpt.writeTinyModel(home);
        for (var arguments : List.of(
                List.of("run", "pretrain", "model=tiny", "dataset=99"),
                List.of("run", "sweep", "model=tiny", "dataset=99"),
                List.of("run", "sweep", "of=finetune", "checkpoint=99"),
                List.of("run", "probe", "checkpoint=99"),
                List.of("run", "lowdata", "checkpoint=99@5"),
                List.of("run", "finetune", "checkpoint=99"))) {
            assertThat(TestIgpt.askIgpt(home, arguments.toArray(String[]::new)))
                    .isEqualTo(bad("there is no run 99: ./igpt runs lists them"));
        }
    }

    private static Answer bad(String line) {
        return new Answer(2, "", "igpt: " + line + "\n");
    }

    @Test
    void aPresetGivesWhatTheCommandLineDoesNot() throws IOException {
        Files.createDirectories(home.resolve("config/presets"));
        Files.writeString(home.resolve("config/presets/far.yml"), "job: count\nparameters:\n  to: 7\n  seed: 3\n");
        Files.writeString(home.resolve("config/presets/other.yml"), "job: probe\n");
        igpt("run", "count", "preset=far", "seed=4");
        assertThat(igpt("query", "--format", "csv", "select parameters from run_history")
                        .out())
                .contains("eager=false fail_at=-1 pause=0 seed=4 to=7");
        assertThat(igpt("jobs").out()).contains("far");
        assertThat(igpt("run", "count", "preset=other").err()).contains("preset 'other' is of job probe");
    }

    @Test
    void aDryRunTellsAndDoesNothing() {
        var dry = igpt("run", "count", "to=3", "--dry-run");
        assertThat(dry.code()).isZero();
        assertThat(dry.out())
                .contains("would start a new run")
                .contains("numbers")
                .containsPattern("to +3");
        assertThat(home.resolve("runs")).doesNotExist();
        igpt("run", "count", "to=3", "fail_at=1");
        assertThat(igpt("run", "count", "to=3", "fail_at=1", "--dry-run").out())
                .contains("would resume run 1")
                .containsPattern("numbers .*FAILED");
    }

    @Test
    void tablesComeInThreeFormats() {
        assertThat(igpt("runs").out()).isEqualTo("no runs\n");
        assertThat(igpt("runs", "--format", "json").out()).isEqualTo("[]\n");
        igpt("run", "count");
        assertThat(igpt("runs").out()).containsPattern("1 +count +COMPLETED");
        assertThat(igpt("runs", "--format", "csv").out())
                .startsWith("run,attempt,job,status,step,")
                .contains("\n1,1,count,");
        assertThat(igpt("runs", "--format", "json").out()).contains("\"run\": 1, \"attempt\": 1, \"job\": \"count\"");
        assertThat(igpt("show", "1", "--format", "json").out())
                .contains("\"attempts\": [")
                .contains("{\"parameter\": \"to\", \"value\": \"5\", \"identifying\": true}");
        assertThat(igpt("show", "1").out())
                .startsWith("run 1 count COMPLETED")
                .endsWith("all parameters are at their defaults: ./igpt show 1 --all\n")
                .doesNotContain("PARAMETERS");
        assertThat(igpt("show", "1", "--all").out()).containsPattern("(?s)ATTEMPTS.*PARAMETERS.*to +5 +true");
        igpt("run", "count", "to=4");
        assertThat(igpt("show", "2").out())
                .containsPattern(
                        "(?s)ATTEMPTS.*PARAMETERS\nparameter +value +default\nto +4 +5\n\nall other parameters");
        assertThat(igpt("query", "select 'a,\"b' as x, 1.5 as y, null as z", "--format", "csv")
                        .out())
                .isEqualTo("x,y,z\n\"a,\"\"b\",1.5,\n");
        assertThat(igpt("query", "select cast(20 as double precision) as x").out())
                .isEqualTo(" x\n20\n");
        assertThat(igpt("runs", "--since", "1h", "--job", "count", "--limit", "1")
                        .out())
                .contains("count");
        assertThat(igpt("runs", "--since", "2999-01-01").out()).isEqualTo("no runs\n");
    }

    @Test
    void aQueryOnlyReads() {
        igpt("run", "count");
        assertThat(igpt("query", "delete from progress").code()).isEqualTo(1);
        assertThat(igpt("query", "select nothing from run_history").err())
                .startsWith("igpt: ")
                .hasLineCount(1);
    }

    @Test
    void jobsTellTheirParameters() {
        assertThat(igpt("jobs", "count").out())
                .contains("count: count and add")
                .containsPattern("to +5 +a whole number from 1 to 1000 +how far to count")
                .contains("pause *");
    }

    @Test
    void whatCannotBeFetchedIsSaidInOneLine() {
        var unknown = igpt("fetch", "cifar1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'cifar10'").hasLineCount(1);
        for (var address : new String[] {"ftp://host/file", "http://host", "http://host/", "a b", "file"}) {
            var answer = igpt("fetch", "cifar10", "--from", address);
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err())
                    .contains("--from cannot be '" + address + "'")
                    .hasLineCount(1);
        }
    }

    @Test
    void everyCommandHasHelp() {
        for (var command :
                List.of("fetch", "jobs", "run", "resume", "stop", "runs", "show", "report", "query", "bench")) {
            assertThat(igpt(command, "--help").out()).startsWith("Usage: igpt " + command);
        }
    }

    @Test
    void primingAsksNoDatabaseOfTheUsers() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/application.yml"), "database:\n  url: jdbc:postgresql://127.0.0.1:1/none\n");
        assertThat(TestIgpt.askIgpt(home, "prime").code()).isZero();
    }

    @Test
    void queryListsTheViewsAndTheirColumnsAndKnowsANearMiss() throws IOException {
        igpt("run", "count");
        assertThat(igpt("query", "--tables").out()).containsPattern("loss_curve +run, model, iteration, train_nats,");
        assertThat(igpt("query", "--tables", "--format", "csv").out())
                .startsWith("view,column\n")
                .contains("\nlineage,git_commit\n");
        assertThat(igpt("query", "select * from run_histry").err()).contains("did you mean 'run_history'?");
        assertThat(igpt("query", "select h.jbo from run_history h").err()).contains("did you mean 'job'?");
        assertThat(igpt("query", "select * from entirely_elsewhere").err())
                .contains("query --tables")
                .hasLineCount(1);

        Files.writeString(home.resolve("q.sql"), "-- which?\nselect job\nfrom run_history;\n");
        assertThat(igpt("query", "--file", home.resolve("q.sql").toString()).out())
                .isEqualTo("job\ncount\n");
        var missing = igpt("query", "--file", home.resolve("none.sql").toString());
        assertThat(missing.err()).contains("cannot read").hasLineCount(1);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(igpt("query").code()).isEqualTo(2);
        assertThat(igpt("query", "select 1", "--tables").code()).isEqualTo(2);

        var input = System.in;
        try {
            System.setIn(new ByteArrayInputStream("select 7 as x".getBytes(StandardCharsets.UTF_8)));
            assertThat(igpt("query", "-", "--format", "csv").out()).isEqualTo("x\n7\n");
        } finally {
            System.setIn(input);
        }
    }

    @Test
    void aQueryIsCutAtItsLimitAndSaysSo() {
        var answer = igpt("query", "values (1), (2), (3)", "--limit", "2", "--format", "csv");
        assertThat(answer.out()).hasLineCount(3);
        assertThat(answer.err()).isEqualTo("igpt: only the first 2 rows: more with --limit\n");
    }

    @Test
    void programsFindTheSameNamesEverywhere() throws IOException {
        igpt("run", "count");
        var json = new ObjectMapper();
        for (var command : List.of(
                List.of("runs"),
                List.of("jobs"),
                List.of("query", "select * from run_history"),
                List.of("query", "--tables"))) {
            sameNames(json.readTree(format(command, "json")), format(command, "csv"));
        }
        for (var command : List.of(List.of("show", "1"), List.of("jobs", "count"))) {
            var whole = igpt(command.get(0), command.get(1), "--format", "csv");
            assertThat(whole.code()).isEqualTo(2);
            assertThat(whole.err())
                    .contains("CSV is one table: name it, --table ")
                    .hasLineCount(1);
            for (var section : json.readTree(format(command, "json")).properties()) {
                assertThat(section.getKey()).matches(SNAKE);
                sameNames(section.getValue(), format(command, "csv", "--table", section.getKey()));
            }
        }
        assertThat(igpt("show", "1", "--table", "stps").err()).contains("did you mean 'steps'?");
        assertThat(igpt("show", "1", "--table", "steps").out()).startsWith("attempt  step");
        assertThat(format(List.of("show", "1"), "csv", "--table", "steps"))
                .containsPattern("1,numbers,COMPLETED,[^,]*,\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z,[^,]+Z,\\d+\\.\\d+,\\d+,");
    }

    private String format(List<String> command, String format, String... more) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--format", format));
        arguments.addAll(List.of(more));
        var answer = igpt(arguments.toArray(String[]::new));
        assertThat(answer.code()).as(answer.toString()).isZero();
        return answer.out();
    }

    private static void sameNames(JsonNode rows, String csv) {
        if (rows.isEmpty()) return;
        var names = new ArrayList<String>();
        rows.get(0).fieldNames().forEachRemaining(names::add);
        assertThat(names).allMatch(name -> name.matches(SNAKE));
        assertThat(csv).startsWith(String.join(",", names) + "\n");
    }

    @Test
    void whatAUserTypesCannotForgeALine() {
        for (var arguments : new String[][] {
            {"run", "count", "to=\u001b[2J\nigpt: run 9 completed"},
            {"run", "\u001b]0;title\u0007\n"},
            {"query", "select \u001b[31m\nigpt: run 9 completed"},
            {"show", "1\n\u001b"},
            {"runs", "--status", "\r\u202ecompleted"}
        }) {
            var answer = igpt(arguments);
            assertThat(answer.code()).isNotZero();
            assertThat(answer.err()).startsWith("igpt: ").hasLineCount(1).doesNotContain("\u001b", "\r", "\u202e");
        }
    }
}
