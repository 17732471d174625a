package igpt.cli;

import igpt.config.Nearest;
import igpt.config.UsageException;
import igpt.console.Table;
import igpt.schema.UserException;
import igpt.schema.query.QueryLimits;
import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = {
            "Query the database, even while a run is at work, without disturbing it. Only a select is allowed.",
            "",
            "Views and their columns: igpt query --tables",
            "Example: igpt query \"select layer, test_accuracy from probe_by_layer where run = 3 order by layer\""
        })
final class QueryCommand implements Callable<Integer> {
    /** Of a name that the database does not know: quoted, or as PostgreSQL has it of a column of a table. */
    private static final Pattern UNKNOWN = Pattern.compile(
            "(?:relation|table|view|column) \"?(?:\\w+\\.)?(\\w+)\"? (?:not found|does not exist)",
            Pattern.CASE_INSENSITIVE);

    private static final String STANDARD_INPUT = "-";

    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "In quotes; - reads it from the standard input.")
    private @Nullable String sql;

    @Option(names = "--file", paramLabel = "FILE", description = "Read it from this file.")
    private @Nullable Path file;

    @Option(names = "--tables", description = "List the views and their columns.")
    private boolean tables;

    @Option(names = "--limit", paramLabel = "ROWS", description = "At most this many rows (default: 100000).")
    private int limit = QueryLimits.DEFAULT.rows();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Give up after that (default: 60).")
    private long seconds = QueryLimits.DEFAULT.time().toSeconds();

    @Mixin
    private FormatOption output = new FormatOption();

    QueryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (Stream.of(sql != null, file != null, tables).filter(given -> given).count() != 1) {
            throw new UsageException(
                    "give one of: a select in quotes, --file FILE, - for the standard input, --tables");
        }
        if (limit < 1) {
            throw new UsageException("--limit cannot be " + limit + ": it must be at least 1");
        }
        if (seconds < 1) {
            throw new UsageException("--timeout cannot be " + seconds + ": it must be at least 1");
        }
        var wanted = tables ? "" : wanted();
        try (var database = session.database()) {
            var history = new RunHistory(database);
            if (tables) {
                output.format.print(output.format == Format.TABLE ? views(history) : columns(history), session);
            } else {
                ask(history, wanted);
            }
        }
        return 0;
    }

    private void ask(RunHistory history, String wanted) {
        try {
            var answer = history.query(wanted, new QueryLimits(limit, Duration.ofSeconds(seconds)));
            output.format.print(Table.of(answer), session);
            if (answer.more()) {
                session.err()
                        .println("igpt: only the first " + (limit == 1 ? "row" : limit + " rows")
                                + ": more with --limit");
            }
        } catch (UserException refused) {
            throw new UserException(refused.getMessage() + hint(refused.getMessage(), history), refused);
        }
    }

    private String wanted() {
        try {
            if (file != null) {
                return Files.readString(file);
            }
            return STANDARD_INPUT.equals(sql)
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : String.valueOf(sql);
        } catch (IOException e) {
            throw new UsageException(
                    "cannot read " + (file == null ? "the standard input" : file) + ": it is "
                            + (file != null && !Files.exists(file)
                                    ? "not there"
                                    : "no text in UTF-8, or not to be read"),
                    e);
        }
    }

    /** The views are asked for only where a name is unknown: a query that took all memory has ended H2. */
    private static String hint(String message, RunHistory history) {
        var unknown = UNKNOWN.matcher(message);
        if (!unknown.find()) {
            return "";
        }
        var views = history.views();
        Collection<String> names = unknown.group().toLowerCase(Locale.ROOT).startsWith("column")
                ? views.values().stream().flatMap(List::stream).distinct().toList()
                : views.keySet();
        return Nearest.to(unknown.group(1).toLowerCase(Locale.ROOT), names)
                .map(near -> ": did you mean '" + near + "'?")
                .orElse("; igpt query --tables lists what there is");
    }

    private static Table views(RunHistory history) {
        var table = Table.ofProse("view", "columns");
        history.views().forEach((view, columns) -> table.row(view, String.join(", ", columns)));
        return table;
    }

    private static Table columns(RunHistory history) {
        var table = Table.of("view", "column");
        history.views().forEach((view, columns) -> columns.forEach(column -> table.row(view, column)));
        return table;
    }
}
