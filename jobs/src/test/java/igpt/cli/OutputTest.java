package igpt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import igpt.console.Console;
import igpt.console.Csv;
import igpt.console.Json;
import igpt.console.Lines;
import igpt.console.PlainTable;
import igpt.console.Printable;
import igpt.console.Table;
import igpt.schema.UserException;
import igpt.schema.query.UserZone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What programs and people read, whatever the text in it. */
class OutputTest {
    private static final String HOSTILE = "a\u001b[2J\nigpt: run 9 completed\r\u202eb\u0085\u2028\ud800\"c,";

    @Test
    void nothingInALineSteersTheTerminalOrBeginsAnotherLine() {
        assertThat(printed(0, console -> console.out().println(HOSTILE)))
                .isEqualTo("a\\x1b[2J\\nigpt: run 9 completed\\r\\u202eb\\x85\\u2028\\ud800\"c,\n");
        assertThat(printed(0, console -> new UserException(HOSTILE).printStackTrace(console.out())))
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
        assertThat(Lines.of(Lines.of(System.err))).isInstanceOf(Lines.class);
        assertThat(Printable.of("café 日本 👍🏽 שלום")).isEqualTo("café 日本 👍🏽 שלום");
    }

    @Test
    void tablesAreAlignedByWhatIsSeenAndHaveOneLineARow() {
        var table = Table.of("name", "n").row("日本", 1).row(HOSTILE, 22).row("e\u0301", 3);
        assertThat(printed(0, console -> new PlainTable(console).print(table)).lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(Printable.width(line)).isEqualTo(Printable.width("a\\x1b[2J …") + 4))
                .noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void tablesFitTheTerminalAndAreWholeElsewhere() {
        var table = Table.of("run", "path", "reason", "loss").row(1, "p".repeat(90), "because " + "r".repeat(40), 1.25);
        var whole = printed(0, console -> new PlainTable(console).print(table));
        assertThat(whole).contains("p".repeat(90)).contains("r".repeat(40));
        for (int columns : new int[] {120, 80, 40, 20, 5}) {
            assertThat(printed(columns, console -> new PlainTable(console).print(table))
                            .lines())
                    .as("%d columns", columns)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(Printable.width(line)).isLessThanOrEqualTo(columns));
        }
        assertThat(printed(40, console -> new PlainTable(console).print(table)))
                .contains("…")
                .contains("1.25");
        assertThat(printed(20, console -> new Csv(console).print(table))).contains("p".repeat(90));
    }

    @Test
    void whatIsToBeReadIsBrokenBetweenWords() {
        var table = Table.ofProse("step", "summary")
                .row("palette", "512 colours of the training images")
                .row("b", "c");
        assertThat(printed(25, console -> new PlainTable(console).print(table)))
                .isEqualTo(
                        "step     summary\npalette  512 colours of\n         the training\n         images\nb        c\n");
    }

    @Test
    void jsonIsJsonWhateverTheText() throws Exception {
        var json = Json.of(Table.of("text", "number", "nothing", "infinite", "at", "yes")
                .row(HOSTILE.replace("\ud800", ""), 1e-7, null, Double.POSITIVE_INFINITY, Instant.EPOCH, true));
        assertThat(json).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\u0085");
        var row = new ObjectMapper().readTree(json).get(0);
        assertThat(row.get("text").asText()).isEqualTo(HOSTILE.replace("\ud800", ""));
        assertThat(row.get("number").isNumber()).isTrue();
        assertThat(row.get("number").asDouble()).isEqualTo(1e-7);
        assertThat(row.get("nothing").isNull()).isTrue();
        assertThat(row.get("infinite").isNull()).isTrue();
        assertThat(row.get("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(row.get("yes").isBoolean()).isTrue();
    }

    @Test
    void csvIsWholeToAFileAndHarmlessOnATerminal() {
        var table = Table.of("text", "n").row("a\u001b,\"b\"\nc", 2);
        assertThat(printed(0, console -> new Csv(console).print(table)))
                .isEqualTo("text,n\n\"a\u001b,\"\"b\"\"\nc\",2\n");
        assertThat(printed(80, console -> new Csv(console).print(table)))
                .isEqualTo("text,n\n\"a\\x1b,\"\"b\"\"\\nc\",2\n");
    }

    @Test
    void timesInTablesAreThoseOfTheUsersZone() {
        var local = Instant.EPOCH.atZone(UserZone.get()).toLocalDate().toString();
        assertThat(printed(0, console -> new PlainTable(console)
                        .print(Table.of("at").row(Instant.EPOCH))))
                .contains(local)
                .doesNotContain("Z");
    }

    private static String printed(int columns, Consumer<Console> printing) {
        var bytes = new ByteArrayOutputStream();
        printing.accept(new Console(new PrintStream(bytes, true, StandardCharsets.UTF_16BE), columns));
        return bytes.toString(StandardCharsets.UTF_16BE);
    }
}
