package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What schema/README.md says of the database is so. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class DocumentedViewsTest {
    private static final Pattern VIEW = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\| (\\w+(?:, \\w+)+) \\|$");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\\n(.*?)```");

    private final TestDatabase place;

    DocumentedViewsTest(TestDatabase.Opener opener) {
        place = opener.open();
    }

    @AfterEach
    void close() {
        place.close();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void everyViewIsListedWithItsColumnsInOrder() throws IOException {
        var listed = new TreeMap<String, List<String>>();
        VIEW.matcher(document())
                .results()
                .forEach(row -> listed.put(row.group(1), List.of(row.group(2).split(", "))));
        Map<String, List<String>> views = new RunHistory(place.database()).views();
        views.forEach((view, columns) -> assertThat(listed.get(view))
                .as("the row of view %s in schema/README.md, where every view is listed with its columns", view)
                .isEqualTo(columns));
        assertThat(listed.keySet()).as("views in schema/README.md").isEqualTo(views.keySet());
    }

    @Test
    void everyQueryRuns() throws IOException {
        var history = new RunHistory(place.database());
        var queries = SQL.matcher(document())
                .results()
                .flatMap(block -> Arrays.stream(block.group(1).split(";")))
                .filter(query -> !query.isBlank())
                .toList();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(4).allSatisfy(query -> history.query(query));
    }
}
